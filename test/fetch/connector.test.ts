// Against the mock of the Connector API, which is as strict as the real one is documented to be.
import { afterEach, expect, test } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import {
  type ConnectorMock,
  type ConnectorMockOptions,
  startConnectorMock,
} from '../../src/testing/index.js';
import { eventOf, numbered, payments, webhookOf } from './webhooks.js';

const started: ConnectorMock[] = [];
afterEach(async () => {
  for (const mock of started.splice(0)) await mock.close();
});

async function start(options: ConnectorMockOptions = {}): Promise<ConnectorMock> {
  const mock = await startConnectorMock({
    integrations: [{ integrationId: 'i', enterpriseIds: ['e'] }],
    ...options,
  });
  started.push(mock);
  return mock;
}

test('fetches every kind, inactive and deleted ones too, with one accepted request each', async () => {
  const mock = await start();
  const kinds = [
    ['ServiceOrder', 'ServiceOrderUpdated'],
    ['Resource', 'ResourceUpdated'],
    ['Message', 'MessageAdded'],
    ['ResourceBlock', 'ResourceBlockUpdated'],
    ['Customer', 'CustomerAdded'],
    ['Payment', 'PaymentUpdated'],
  ] as const;
  for (const [entity] of kinds) {
    await mock.put(entity, { Id: entity, MessageThreadId: 't' });
    if (['Resource', 'ResourceBlock', 'Customer'].includes(entity))
      await mock.remove(entity, entity);
  }
  const webhook = webhookOf(kinds.map(([id, discriminator]) => eventOf(discriminator, id)));
  const { entities, retries, rejections } = await fetchEntities(webhook, {
    connectionOf: mock.connectionOf,
    messageThreadIdsOf: () => ['t'],
  });
  expect([retries, rejections]).toEqual([[], []]);
  expect(entities.map(({ entity, Id }) => [entity, Id])).toEqual(kinds.map(([id]) => [id, id]));
  for (const { version } of entities) expect(version).toMatch(/^20\d\d-/);
  expect(mock.requests.map(({ status }) => status)).toEqual(Array(6).fill(200));
});

test('turns the pages of messages, within the window that the API allows', async () => {
  const mock = await start();
  for (const Id of numbered(2500)) await mock.put('Message', { Id, MessageThreadId: 't' });
  const outcome = await fetchEntities(webhookOf([eventOf('MessageAdded', 'id1500')]), {
    connectionOf: mock.connectionOf,
    messageThreadIdsOf: () => ['t'],
  });
  expect(outcome.entities.map(({ Id }) => Id)).toEqual(['id1500']);
  expect(mock.requests.map(({ status }) => status)).toEqual([200, 200]);
});

test('asks for less after 408, and finds the malformed id', async () => {
  const mock = await start({ heavyAbove: 100, isMalformedId: (id) => id === 'id7' });
  for (const Id of numbered(300)) await mock.put('Payment', { Id });
  const { entities, retries, rejections } = await fetchEntities(
    webhookOf(payments(...numbered(300))),
    { connectionOf: mock.connectionOf },
  );
  expect(entities).toHaveLength(299);
  expect(retries).toEqual([]);
  expect(rejections).toMatchObject([
    { webhook: webhookOf(payments('id7')), reason: 'invalid_request', status: 400 },
  ]);
  expect(rejections[0]?.detail).not.toBeNull();
  expect(rejections[0]?.requestId).not.toBeNull();
});

test('comes back after an outage, a lag and the limit, until everything was fetched', async () => {
  // A clock of its own: on a busy machine the lag would be over before the first request.
  let time = Date.now();
  const mock = await start({ limit: { requests: 4, windowMs: 200 }, now: () => time });
  await mock.put('Payment', { Id: 'p' });
  await mock.put('Payment', { Id: 'late' }, { lagMs: 100 });
  await mock.put('Customer', { Id: 'c', LastName: 'Novak' });
  mock.fail({ status: 503 }, { times: 2 });
  mock.fail('disconnect', { times: 2 });
  const fetched: string[] = [];
  const reasons = new Set<string>();
  let webhooks = [webhookOf([...payments('p', 'late'), eventOf('CustomerUpdated', 'c')])];
  for (let attempt = 1; webhooks.length > 0 && attempt < 50; attempt++) {
    const { entities, retries } = await fetchEntities(webhooks, {
      connectionOf: mock.connectionOf,
      attempt,
    });
    fetched.push(...entities.map(({ Id }) => Id));
    for (const { reason } of retries) reasons.add(reason);
    webhooks = retries.map(({ webhook }) => webhook);
    time += 20;
  }
  expect(fetched.sort()).toEqual(['c', 'late', 'p']);
  expect([...reasons].sort()).toEqual([
    'network_error',
    'not_found',
    'rate_limited',
    'server_error',
  ]);
});
