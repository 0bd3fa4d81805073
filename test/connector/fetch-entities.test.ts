import { afterEach, expect, it, vi } from 'vitest';
import { FetchError, fetchEntities } from '../../examples/fetch-entities.js';
import { fetchBatch } from '../../examples/queue-batch.js';
import { Connector, type ConnectorOptions, type Entity } from './connector.js';
import { type ConnectorServer, startConnector } from './server.js';

const servers: ConnectorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options: Partial<ConnectorOptions> = {}) {
  const connector = new Connector({ accessTokens: { a: 'e' }, ...options });
  const server = await startConnector(connector);
  servers.push(server);
  const { platformAddress } = server;
  const settings = {
    connection: { platformAddress, clientToken: 'c', accessToken: 'a', client: 'Test 1.0' },
    threadsOf: async () => ['t'],
    backOffMs: 1,
    lagMs: 300,
  };
  return { connector, server, settings };
}

const events = [
  ['ServiceOrder', 'ServiceOrderUpdated'],
  ['Resource', 'ResourceUpdated'],
  ['Message', 'MessageAdded'],
  ['ResourceBlock', 'ResourceBlockUpdated'],
  ['Customer', 'CustomerAdded'],
  ['Payment', 'PaymentUpdated'],
] as const;

const webhookOf = (
  Events: readonly { Discriminator: (typeof events)[number][1]; id: string }[],
) => ({
  EnterpriseId: 'e',
  IntegrationId: 'i',
  Events: Events.map(({ Discriminator, id }) => ({ Discriminator, Value: { Id: id } })),
  UnknownEvents: [],
});

const paymentsOf = (...ids: string[]) =>
  webhookOf(ids.map((id) => ({ Discriminator: 'PaymentUpdated', id })));

it('fetches inactive entities of every kind, with one request each', async () => {
  const { connector, settings } = await start();
  for (const [entity] of events) {
    connector.change({ enterpriseId: 'e', entity, id: entity, active: false, threadId: 't' });
  }
  const webhook = webhookOf(events.map(([id, Discriminator]) => ({ Discriminator, id })));
  const { rows, missing } = await fetchEntities(webhook, settings);
  const fetched: Entity[] = events.map(([entity]) => entity);
  expect(rows.map(({ entity, row }) => [entity, row.Id])).toEqual(fetched.map((id) => [id, id]));
  expect(missing).toEqual([]);
  expect([...connector.answers]).toEqual([[200, 6]]);
});

it('turns the pages of messages until it has those that it looks for', async () => {
  const { connector, settings } = await start();
  for (let id = 0; id < 2500; id++) {
    connector.change({ enterpriseId: 'e', entity: 'Message', id: String(id), threadId: 't' });
  }
  const webhook = webhookOf([{ Discriminator: 'MessageAdded', id: '1500' }]);
  const { rows } = await fetchEntities(webhook, settings);
  expect(rows.map(({ row }) => row.Id)).toEqual(['1500']);
  expect(connector.answers.get(200)).toBe(2);
});

it('asks once more for a row that lags, and tells which did not come', async () => {
  const { connector, settings } = await start();
  connector.change({ enterpriseId: 'e', entity: 'Payment', id: 'there' });
  connector.change({ enterpriseId: 'e', entity: 'Payment', id: 'late', lag: 150 });
  const { rows, missing } = await fetchEntities(paymentsOf('there', 'late', 'never'), settings);
  expect(rows.map(({ row }) => row.Id)).toEqual(['there', 'late']);
  expect(missing).toEqual([{ Discriminator: 'PaymentUpdated', Value: { Id: 'never' } }]);
  expect(connector.answers.get(200)).toBe(2);
});

it.each([
  ['408', { requestTimeout: 0.5 }, 2],
  // A request that is not too heavy takes two random numbers.
  ['500', { serverError: 0.5 }, 4],
])('backs off after %s and goes on', async (status, faults, low) => {
  let count = 0;
  const { connector, settings } = await start({
    faults,
    random: () => (count++ < low ? 0.1 : 0.9),
  });
  connector.change({ enterpriseId: 'e', entity: 'Payment', id: 'p' });
  expect((await fetchEntities(paymentsOf('p'), settings)).rows).toHaveLength(1);
  expect(connector.answers.get(Number(status))).toBe(2);
});

it.each([
  ['as long as Retry-After says', 0.1, 1000],
  ['a back-off without Retry-After', 0.9, 0],
])('after 429 waits %s', async (_, random, leastMs) => {
  let now = 0;
  const { connector, settings } = await start({ now: () => now, random: () => random });
  const ask = () => {
    const body = { PaymentIds: ['p'], Limitation: { Count: 1 } };
    const credentials = { ClientToken: 'c', AccessToken: 'a', Client: 'Test 1.0' };
    const text = JSON.stringify({ ...credentials, ...body });
    return connector.answer('POST', '/api/connector/v1/payments/getAll', text).status;
  };
  while (ask() === 200);
  const start429 = performance.now();
  // The window ends once the loop was refused; the header counts whole seconds.
  const answer = connector.answer.bind(connector);
  vi.spyOn(connector, 'answer').mockImplementation((...args) => {
    now = connector.answers.get(429) === 1 ? 29_500 : 30_001;
    return answer(...args);
  });
  await fetchEntities(paymentsOf('p'), { ...settings, lagMs: 0 });
  expect(connector.answers.get(429)).toBe(2);
  expect(connector.answers.get(200)).toBe(202);
  expect(performance.now() - start429).toBeGreaterThanOrEqual(leastMs - 1);
});

it('gives up on what no attempt can help, and says so without a token', async () => {
  const { settings } = await start();
  const connection = { ...settings.connection, accessToken: 'top-secret' };
  const error = await fetchEntities(paymentsOf('p'), { ...settings, connection }).catch((e) => e);
  expect(error).toBeInstanceOf(FetchError);
  expect(error.message).toBe('/api/connector/v1/payments/getAll: answered 401');
});

it('gives up after the last attempt', async () => {
  const { connector, settings } = await start({ faults: { serverError: 1 } });
  const error = await fetchEntities(paymentsOf('p'), { ...settings, attempts: 3 }).catch((e) => e);
  expect(error.status).toBe(500);
  expect(connector.answers.get(500)).toBe(3);
});

it('does the others of a batch when one id is poisonous or has no access token', async () => {
  const { connector, settings } = await start({ isMalformed: (id) => id === 'bad' });
  const ids = Array.from({ length: 9 }, (_, index) => `p${index}`);
  for (const id of ids) connector.change({ enterpriseId: 'e', entity: 'Payment', id });
  const stranger = { ...paymentsOf('x'), IntegrationId: 'stranger' };
  const batch = [paymentsOf(...ids, 'bad'), stranger].map((webhook) => ({ webhook, attempts: 3 }));
  const outcome = await fetchBatch(batch, (id) => (id === 'i' ? settings : undefined));
  expect(outcome.rows.map(({ row }) => row.Id).sort()).toEqual(ids);
  expect(outcome.again).toEqual([]);
  expect(outcome.aside).toEqual([
    { reason: 'no access token for this integration', webhook: stranger },
    {
      reason: '/api/connector/v1/payments/getAll: answered 400',
      webhook: paymentsOf('bad'),
    },
  ]);
});
