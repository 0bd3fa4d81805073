import { connect } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { parseWebhook, planFetches, toHttpRequest } from '../../../src/index.js';
import {
  type ConnectorFault,
  type ConnectorMock,
  type ConnectorMockOptions,
  startConnectorMock,
} from '../../../src/testing/index.js';
import { type Seen, startReceiver, stopReceivers } from '../receivers.js';

const running: ConnectorMock[] = [];
afterEach(async () => {
  stopReceivers();
  for (const mock of running.splice(0)) await mock.close();
});

const integrations = [
  { integrationId: 'a', enterpriseIds: ['hotel-a'], accessToken: 'token-a' },
  { integrationId: 'b', enterpriseIds: ['hotel-b'], accessToken: 'token-b' },
  { integrationId: 'chain', enterpriseIds: ['hotel-a', 'hotel-c'], accessToken: 'token-chain' },
];

async function start(options: ConnectorMockOptions = {}) {
  const mock = await startConnectorMock({ integrations, clientToken: 'client-token', ...options });
  running.push(mock);
  const send = async (path: string, text: string, init: RequestInit = {}) => {
    const url = `${mock.platformAddress}/api/connector/v1/${path}`;
    const response = await fetch(url, { method: 'POST', body: text, ...init });
    const body = await response.text();
    return { status: response.status, headers: response.headers, text: body };
  };
  const ask = async (path: string, body: object, limitation: object = { Count: 10 }) => {
    const credentials = { ClientToken: 'client-token', AccessToken: 'token-a', Client: 'Test 1.0' };
    const text = JSON.stringify({ ...credentials, Limitation: limitation, ...body });
    const response = await send(path, text);
    return { ...response, body: JSON.parse(response.text) };
  };
  return { mock, send, ask };
}

const payments = 'payments/getAll';
const extent = { Extent: { Customers: true } };

describe('what it refuses', () => {
  it.each([
    ['an empty id array', payments, { PaymentIds: [] }],
    ['an oversized id array', payments, { PaymentIds: Array(1001).fill('x') }],
    ['ids that are no strings', payments, { PaymentIds: [1] }],
    ['an unknown property', payments, { PaymentIds: ['x'], Unknown: 1 }],
    ['an unknown state of activity', 'resourceBlocks/getAll', { ActivityStates: ['Inactive'] }],
    ['an unknown extent', 'customers/getAll', { Extent: { Customers: true, All: true } }],
    ['a missing extent', 'resources/getAll', { ResourceIds: ['x'] }],
    ['missing threads', 'messages/getAll', {}],
    ['a message filter by id', 'messages/getAll', { MessageThreadIds: ['t'], MessageIds: ['x'] }],
    ['customers of an enterprise', 'customers/getAll', { Extent: {}, EnterpriseIds: ['a'] }],
    ['customers of a portfolio', 'customers/getAll', { ...extent, AccessToken: 'token-chain' }],
    ['a missing client', payments, { PaymentIds: ['x'], Client: undefined }],
    ['a missing limitation', payments, { PaymentIds: ['x'], Limitation: undefined }],
    ['a missing count', payments, { PaymentIds: ['x'], Limitation: {} }],
    ['a count of 0', payments, { PaymentIds: ['x'], Limitation: { Count: 0 } }],
    ['a count above 1000', payments, { PaymentIds: ['x'], Limitation: { Count: 1001 } }],
    ['half an interval', payments, { UpdatedUtc: { StartUtc: '2026-01-01T00:00:00Z' } }],
    ['a time that is none', payments, { UpdatedUtc: { StartUtc: 'now', EndUtc: 'then' } }],
    [
      'more than a month',
      'messages/getAll',
      {
        MessageThreadIds: ['t'],
        CreatedUtc: { StartUtc: '2026-01-01T00:00:00Z', EndUtc: '2026-02-03T00:00:00Z' },
      },
    ],
  ])('%s', async (_, path, body) => {
    const { ask } = await start();
    const response = await ask(path, body);
    expect(response.status).toBe(400);
    expect(response.body).toEqual({
      Message: expect.stringMatching(/^(Unknown|Invalid|Missing|CreatedUtc spans)/),
      Details: null,
      RequestId: response.headers.get('request-id'),
    });
  });

  it('a malformed id, among good ones', async () => {
    const { ask } = await start({ isMalformedId: (id) => id === 'bad' });
    expect((await ask(payments, { PaymentIds: ['x', 'bad'] })).status).toBe(400);
    expect((await ask(payments, { PaymentIds: ['x'] })).status).toBe(200);
  });

  it('a request that is too heavy', async () => {
    const { ask } = await start({ heavyAbove: 1 });
    expect((await ask(payments, { PaymentIds: ['x', 'y'] })).status).toBe(408);
    expect((await ask(payments, { PaymentIds: ['x'] })).status).toBe(200);
  });

  it('tokens that it does not know, another method, another path, other bodies', async () => {
    const { ask, send, mock } = await start();
    expect((await ask(payments, { AccessToken: 'other' })).status).toBe(401);
    expect((await ask(payments, { ClientToken: 'other' })).status).toBe(401);
    expect((await ask('payments/getall', {})).status).toBe(404);
    expect((await ask('payments/getAll/', {})).status).toBe(404);
    expect((await ask('constructor', {})).status).toBe(404);
    expect((await send(payments, '', { method: 'PUT' })).status).toBe(404);
    expect((await send(payments, '{')).status).toBe(400);
    expect((await send(payments, '[]')).status).toBe(400);
    expect((await send(payments, 'x'.repeat(2_000_000))).status).toBe(413);
    expect((await fetch(mock.platformAddress, { method: 'POST' })).status).toBe(404);
  });
});

describe('what it returns', () => {
  it('the rows of the enterprise that the token reaches, with what they always have', async () => {
    const { mock, ask } = await start({ now: () => Date.parse('2026-01-02T00:00:00Z') });
    await mock.put('Payment', { Id: '1' });
    await mock.put('Payment', { Id: '2' }, { enterpriseId: 'hotel-b' });
    const { body } = await ask(payments, { PaymentIds: ['1', '2', '3', '1'] });
    const times = {
      CreatedUtc: '2026-01-02T00:00:00.000Z',
      UpdatedUtc: '2026-01-02T00:00:00.000Z',
    };
    expect(body).toEqual({
      Payments: [{ Id: '1', EnterpriseId: 'hotel-a', ...times }],
      Cursor: null,
    });
  });

  it('all rows without a filter', async () => {
    const { mock, ask } = await start();
    await mock.put('Payment', { Id: '1' });
    await mock.put('Payment', { Id: '2' });
    expect((await ask(payments, {})).body.Payments).toHaveLength(2);
  });

  it('the last change, which is later than the one before within the same millisecond', async () => {
    const { mock, ask } = await start({ now: () => 0 });
    await mock.put('Customer', { Id: '1', LastName: 'Old' });
    await mock.change('Customer', '1', { LastName: 'New' });
    await mock.change('Customer', '1');
    const [row] = (await ask('customers/getAll', { ...extent, CustomerIds: ['1'] })).body.Customers;
    expect(row).toEqual({
      Id: '1',
      LastName: 'New',
      IsActive: true,
      CreatedUtc: '1970-01-01T00:00:00.000Z',
      UpdatedUtc: '1970-01-01T00:00:00.002Z',
    });
    await mock.put('Customer', { Id: '1', LastName: 'Third', UpdatedUtc: 'given' });
    expect(mock.rows()).toEqual([
      {
        entity: 'Customer',
        EnterpriseId: 'hotel-a',
        row: { ...row, LastName: 'Third', UpdatedUtc: 'given' },
      },
    ]);
  });

  it.each([
    [
      'Resource',
      'resources/getAll',
      { Extent: { Resources: true } },
      { Extent: { Resources: true, Inactive: true } },
    ],
    ['ResourceBlock', 'resourceBlocks/getAll', {}, { ActivityStates: ['Active', 'Deleted'] }],
    ['Customer', 'customers/getAll', extent, { ...extent, ActivityStates: ['Active', 'Deleted'] }],
  ] as const)('a removed %s only when asked', async (entity, path, without, asking) => {
    const { mock, ask } = await start();
    await mock.put(entity, { Id: '1' });
    await mock.remove(entity, '1');
    const filter = { [`${entity}Ids`]: ['1'] };
    expect((await ask(path, { ...filter, ...without })).body[`${entity}s`]).toEqual([]);
    const [row] = (await ask(path, { ...filter, ...asking })).body[`${entity}s`];
    expect(row.IsActive).toBe(false);
    expect('DeletedUtc' in row).toBe(entity === 'ResourceBlock');
  });

  it.each([
    ['ResourceBlock', 'resourceBlocks/getAll', {}],
    ['Customer', 'customers/getAll', extent],
  ] as const)(
    'a removed %s alone when only deleted ones are asked for',
    async (entity, path, rest) => {
      const { mock, ask } = await start();
      await mock.put(entity, { Id: 'kept' });
      await mock.put(entity, { Id: 'removed' });
      await mock.remove(entity, 'removed');
      const { body } = await ask(path, { ...rest, ActivityStates: ['Deleted'] });
      expect(body[`${entity}s`].map(({ Id }: { Id: string }) => Id)).toEqual(['removed']);
    },
  );

  it('no other row that was removed', async () => {
    const { mock, ask } = await start();
    await mock.put('Payment', { Id: '1' });
    await mock.remove('Payment', '1');
    expect((await ask(payments, { PaymentIds: ['1'] })).body.Payments).toEqual([]);
    expect(mock.rows()).toEqual([]);
    await expect(mock.remove('Payment', '1')).rejects.toThrow(/^id: expected the Id of a Payment/);
    await mock.put('Payment', { Id: '1' });
    expect((await ask(payments, { PaymentIds: ['1'] })).body.Payments).toHaveLength(1);
  });

  it('no list at all without the extent', async () => {
    const { ask } = await start();
    expect((await ask('resources/getAll', { Extent: { Resources: false } })).body).toEqual({
      Resources: null,
      Cursor: null,
    });
  });

  it('messages by thread, page by page', async () => {
    const { mock, ask } = await start();
    for (const [Id, MessageThreadId] of [
      ['1', 't'],
      ['2', 'u'],
      ['3', 't'],
    ] as const) {
      await mock.put('Message', { Id, MessageThreadId });
    }
    const page = (limitation: object) =>
      ask('messages/getAll', { MessageThreadIds: ['t'] }, limitation);
    const first = (await page({ Count: 1 })).body;
    expect(first).toMatchObject({ Messages: [{ Id: '1' }], Cursor: '1' });
    expect(first.Messages[0].UpdatedUtc).toBeUndefined();
    const second = (await page({ Count: 1, Cursor: '1' })).body;
    expect(second).toMatchObject({ Messages: [{ Id: '3' }], Cursor: null });
    expect((await page({ Count: 1, Cursor: null })).body).toEqual(first);
  });

  it('rows of an interval, of states and of chains', async () => {
    const { mock, ask } = await start({ now: () => Date.parse('2026-01-02T00:00:00Z') });
    await mock.put('Payment', { Id: '1' });
    const changedOn = async (from: string, to: string) => {
      const UpdatedUtc = {
        StartUtc: `2026-01-${from}T00:00:00Z`,
        EndUtc: `2026-01-${to}T00:00:00Z`,
      };
      return (await ask(payments, { PaymentIds: ['1'], UpdatedUtc })).body.Payments;
    };
    expect(await changedOn('01', '03')).toHaveLength(1);
    expect(await changedOn('03', '04')).toEqual([]);
    await mock.put('ServiceOrder', { Id: '1', State: 'Canceled' });
    const reservations = async (body: object) =>
      (await ask('reservations/getAll/2023-06-06', body)).body.Reservations.length;
    expect(await reservations({})).toBe(1);
    expect(await reservations({ States: ['Started'] })).toBe(0);
    expect(await reservations({ States: ['Canceled'] })).toBe(1);
  });

  it('the rows of a portfolio, narrowed where asked', async () => {
    const { mock, ask } = await start();
    const AccessToken = 'token-chain';
    await mock.put('Payment', { Id: '1' });
    await mock.put('Payment', { Id: '2' }, { enterpriseId: 'hotel-c' });
    await mock.put('Payment', { Id: '3' }, { enterpriseId: 'hotel-b' });
    const idsOf = async (body: object) =>
      (await ask(payments, { AccessToken, ...body })).body.Payments.map(
        ({ Id }: { Id: string }) => Id,
      );
    expect(await idsOf({})).toEqual(['1', '2']);
    expect(await idsOf({ EnterpriseIds: ['hotel-c'] })).toEqual(['2']);
    await mock.put('Customer', { Id: '1', ChainId: 'x' });
    const customers = async (ChainIds: string[]) =>
      (await ask('customers/getAll', { AccessToken, ...extent, ChainIds })).body.Customers.length;
    expect(await customers(['x'])).toBe(1);
    expect(await customers(['y'])).toBe(0);
  });

  it('until the lag of a change is over, what was there before', async () => {
    let now = 0;
    const { mock, ask } = await start({ now: () => now });
    const name = async () =>
      (await ask('customers/getAll', { ...extent, CustomerIds: ['1'] })).body.Customers[0]
        ?.LastName;
    await mock.put('Customer', { Id: '1', LastName: 'First' }, { lagMs: 3000 });
    expect(await name()).toBeUndefined();
    expect(mock.rows()).toHaveLength(1);
    now = 3000;
    expect(await name()).toBe('First');
    await mock.change('Customer', '1', { LastName: 'Second' }, { lagMs: 1000 });
    await mock.change('Customer', '1', { LastName: 'Third' }, { lagMs: 2000 });
    expect(await name()).toBe('First');
    now = 4000;
    expect(await name()).toBe('First');
    now = 5000;
    expect(await name()).toBe('Third');
  });

  it('messages of a window of time', async () => {
    const { mock, ask } = await start({ now: () => Date.parse('2026-01-02T00:00:00Z') });
    await mock.put('Message', { Id: '1', MessageThreadId: 't' });
    const createdBefore = async (EndUtc: string) => {
      const CreatedUtc = { StartUtc: '2026-01-01T00:00:00Z', EndUtc };
      const body = { MessageThreadIds: ['t'], CreatedUtc };
      return (await ask('messages/getAll', body)).body.Messages.length;
    };
    expect(await createdBefore('2026-01-31T00:00:00Z')).toBe(1);
    expect(await createdBefore('2026-01-02T00:00:00Z')).toBe(0);
  });

  it('no body for an empty page, if that is preferred', async () => {
    const { mock, send } = await start();
    const body = JSON.stringify({
      ClientToken: 'client-token',
      AccessToken: 'token-a',
      Client: 'c',
      Limitation: { Count: 1 },
    });
    const headers = { Prefer: 'return=minimal' };
    expect((await send(payments, body, { headers })).status).toBe(204);
    await mock.put('Payment', { Id: '1' });
    expect((await send(payments, body, { headers })).status).toBe(200);
    expect((await send(payments, '{}', { headers })).status).toBe(400);
  });

  it('what the requests of a plan ask for', async () => {
    const { mock } = await start();
    const entities = [
      'ServiceOrder',
      'Resource',
      'Message',
      'ResourceBlock',
      'Customer',
      'Payment',
    ] as const;
    for (const entity of entities) await mock.put(entity, { Id: '1', MessageThreadId: 't' });
    const Events = entities.map((entity) => ({
      Discriminator: entity === 'Message' ? 'MessageAdded' : `${entity}Updated`,
      Value: { Id: '1' },
    }));
    const webhook = parseWebhook({ EnterpriseId: 'hotel-a', IntegrationId: 'a', Events });
    for (const request of planFetches(webhook)) {
      const http = toHttpRequest(request, mock.connection, { MessageThreadIds: ['t'] });
      // Only messages take threads.
      const body = { ...JSON.parse(http.body) };
      if (request.kind === 'ready') delete body.MessageThreadIds;
      const response = await fetch(http.url, { ...http, body: JSON.stringify(body) });
      expect(response.status).toBe(200);
    }
    expect(mock.requests.map(({ entity, rows }) => [entity, rows.length])).toEqual(
      entities.map((entity) => [entity, 1]),
    );
  });
});

describe('the limit', () => {
  const limit = { requests: 2, windowMs: 30_000 };

  it('counts the requests of a token from the first of a burst', async () => {
    let now = 0;
    const { ask } = await start({ now: () => now, limit });
    const statusAt = async (time: number, AccessToken = 'token-a') => {
      now = time;
      return (await ask(payments, { AccessToken })).status;
    };
    expect(await statusAt(0)).toBe(200);
    expect(await statusAt(20_000)).toBe(200);
    expect(await statusAt(29_999)).toBe(429);
    expect(await statusAt(29_999, 'token-b')).toBe(200);
    expect(await statusAt(30_000)).toBe(200);
  });

  it('is 200 requests in 30 seconds', async () => {
    const { ask } = await start({ now: () => 0 });
    for (let count = 0; count < 200; count++) expect((await ask(payments, {})).status).toBe(200);
    expect((await ask(payments, {})).status).toBe(429);
  });

  it.each([
    [undefined, ['30', '30', '30', '30', '30', '30']],
    [false, [null, null, null, null, null, null]],
    ['random', expect.arrayContaining(['30', null])],
  ] as const)('with retryAfter %s', async (retryAfter, expected) => {
    const { ask } = await start({ now: () => 0, retryAfter, limit: { ...limit, requests: 0 } });
    const headers = [];
    for (let count = 0; count < 6; count++) {
      headers.push((await ask(payments, {})).headers.get('retry-after'));
    }
    expect(headers).toEqual(expected);
  });
});

describe('faults', () => {
  const outcome = async (promise: Promise<{ status: number; text: string }>) =>
    promise.then(
      ({ status, text }) => [status, text],
      () => 'no response',
    );

  it('on demand, one after the other, then none', async () => {
    const { mock, ask, send } = await start();
    const faults: ConnectorFault[] = [
      { status: 503 },
      { status: 429, retryAfter: '7' },
      'not_json',
      'other_shape',
      'disconnect',
      { delayMs: 20 },
    ];
    for (const fault of faults) mock.fail(fault);
    expect(await ask(payments, {})).toMatchObject({
      status: 503,
      body: { Message: 'Failed on demand', RequestId: expect.any(String) },
    });
    expect((await ask(payments, {})).headers.get('retry-after')).toBe('7');
    expect(await outcome(send(payments, '{}'))).toEqual([200, '<html></html>']);
    expect(await outcome(send(payments, '{}'))).toEqual([200, '[]']);
    expect(await outcome(send(payments, '{}'))).toBe('no response');
    const started = performance.now();
    expect((await ask(payments, {})).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(18);
    expect(mock.requests.map(({ status }) => status)).toEqual([503, 429, 200, 200, null, 200]);
  });

  it('for one entity or integration, and until it recovers', async () => {
    const { mock, ask } = await start();
    mock.fail({ status: 500 }, { times: Number.POSITIVE_INFINITY, entity: 'Customer' });
    mock.fail({ status: 401 }, { integrationId: 'b', times: 2 });
    expect((await ask(payments, {})).status).toBe(200);
    expect((await ask(payments, { AccessToken: 'token-b' })).status).toBe(401);
    expect((await ask(payments, { AccessToken: 'token-b' })).status).toBe(401);
    expect((await ask(payments, { AccessToken: 'token-b' })).status).toBe(200);
    for (let count = 0; count < 3; count++) {
      expect((await ask('customers/getAll', extent)).status).toBe(500);
    }
    mock.recover();
    expect((await ask('customers/getAll', extent)).status).toBe(200);
  });

  it('silence, until it is closed', async () => {
    const { mock, send } = await start();
    mock.fail('silence');
    mock.fail({ delayMs: 60_000 });
    const silent = [outcome(send(payments, '{}')), outcome(send(payments, '{}'))];
    while (mock.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await mock.close();
    expect(await Promise.all(silent)).toEqual(['no response', 'no response']);
    expect(mock.requests[0]?.status).toBeNull();
  });

  it('nothing to a client that goes away', async () => {
    const { mock, ask } = await start();
    const socket = connect(Number(new URL(mock.platformAddress).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc', () =>
      socket.destroy(),
    );
    await new Promise((resolve) => socket.on('close', resolve));
    expect((await ask(payments, {})).status).toBe(200);
    expect(mock.requests).toHaveLength(1);
  });

  it('by chance, the same for the same seed', async () => {
    const statuses = async (seed: number) => {
      const { mock, ask } = await start({ seed, faults: [{ fault: { status: 500 }, rate: 0.5 }] });
      for (let count = 0; count < 20; count++) await ask(payments, {});
      return mock.requests.map(({ status, requestId }) => `${status} ${requestId}`);
    };
    const first = await statuses(1);
    expect(await statuses(1)).toEqual(first);
    expect(await statuses(2)).not.toEqual(first);
    expect(new Set(first.map((line) => line.slice(0, 3)))).toEqual(new Set(['200', '500']));
  });
});

describe('what it records', () => {
  it('is the request without a token, wherever that was', async () => {
    const { mock, ask, send } = await start({ now: () => 7 });
    await mock.put('Payment', { Id: '1' });
    await ask(`${payments}?AccessToken=token-a`, { PaymentIds: ['1'] });
    await ask(payments, { PaymentIds: ['token-a'], Other: { deep: ['client-token'] } });
    await send(payments, 'token-a');
    await send('token-a/client-token', '{"Note":"Bearer token-a"}');
    expect(mock.requests[0]).toEqual({
      at: 7,
      method: 'POST',
      path: '/api/connector/v1/payments/getAll',
      entity: 'Payment',
      integrationId: 'a',
      body: { Client: 'Test 1.0', Limitation: { Count: 10 }, PaymentIds: ['1'] },
      status: 200,
      rows: [expect.objectContaining({ Id: '1' })],
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(mock.requests[2]).toMatchObject({ body: null, status: 400 });
    expect(mock.requests[3]).toMatchObject({
      path: '/api/connector/v1/…/…',
      body: { Note: 'Bearer …' },
      status: 404,
    });
    expect(inspect(mock.requests, { depth: 9 })).not.toMatch(/token-a|client-token/);
  });
});

describe('deliver', () => {
  it('sends the event of each change, for each integration that reaches the enterprise', async () => {
    const seen: Seen[] = [];
    const deliver = await startReceiver((request) => void seen.push(request));
    const { mock } = await start({ deliver });
    const eventsOf = async (change: Promise<readonly { ok: boolean }[]>) => {
      const results = await change;
      expect(results.every(({ ok }) => ok)).toBe(true);
      const messages = seen
        .splice(0)
        .map(({ message, events = [] }) => [
          `${message.EnterpriseId}/${message.IntegrationId}`,
          ...events.map(({ Discriminator }) => Discriminator),
        ]);
      expect(messages).toHaveLength(results.length);
      return messages.sort();
    };
    expect(await eventsOf(mock.put('Customer', { Id: '1' }))).toEqual([
      ['hotel-a/a', 'CustomerAdded', 'CustomerUpdated'],
      ['hotel-a/chain', 'CustomerAdded', 'CustomerUpdated'],
    ]);
    const enterpriseId = 'hotel-b';
    expect(await eventsOf(mock.put('Customer', { Id: '1' }, { enterpriseId }))).toHaveLength(1);
    expect(await eventsOf(mock.change('Customer', '1', {}, { enterpriseId }))).toEqual([
      ['hotel-b/b', 'CustomerUpdated'],
    ]);
    expect(await eventsOf(mock.remove('Customer', '1', { enterpriseId }))).toEqual([
      ['hotel-b/b', 'CustomerUpdated'],
    ]);
    expect(await eventsOf(mock.put('Message', { Id: '1' }, { enterpriseId }))).toEqual([
      ['hotel-b/b', 'MessageAdded'],
    ]);
    expect(await eventsOf(mock.change('Message', '1', {}, { enterpriseId }))).toEqual([]);
  });

  it('gives what came of it', async () => {
    const deliver = await startReceiver(() => ({ status: 500 }));
    const { mock } = await start({ deliver });
    const results = await mock.put('ServiceOrder', { Id: '1' });
    expect(results.map(({ ok, attempts: [{ status }] }) => [ok, status])).toEqual([
      [false, 500],
      [false, 500],
    ]);
  });
});

describe('how it starts', () => {
  it('with one integration whose identifiers and tokens are drawn from the seed', async () => {
    const { mock } = await start({ integrations: undefined, clientToken: undefined });
    const { mock: same } = await start({ integrations: undefined, clientToken: undefined });
    expect(mock.integrations).toEqual(same.integrations);
    expect(mock.platformAddress).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(mock.connection).toEqual({ ...same.connection, platformAddress: mock.platformAddress });
    const [integration] = mock.integrations;
    expect(mock.connectionOf(integration?.integrationId ?? '')).toEqual(mock.connection);
    expect(mock.connectionOf('other')).toBeUndefined();
  });

  it('with tokens that no response repeats', async () => {
    const { mock, ask } = await start({ integrations: undefined, clientToken: undefined });
    for (let count = 0; count < 6; count++) await ask(payments, {});
    const { clientToken, accessToken } = mock.connection;
    const drawn = mock.requests.map(({ requestId }) => requestId);
    expect(new Set([clientToken, accessToken, ...drawn]).size).toBe(8);
  });

  it('on loopback, at a port of choice, unless that is in use', async () => {
    const { mock } = await start();
    const port = Number(new URL(mock.platformAddress).port);
    await expect(startConnectorMock({ port })).rejects.toThrow(/EADDRINUSE/);
    await mock.close();
    const again = await startConnectorMock({ port });
    await again.close();
    await expect(
      new Promise((_, reject) => connect(port, '127.0.0.1').on('error', reject)),
    ).rejects.toThrow(/ECONNREFUSED/);
  });

  it.each([
    [{ integrations: [] }, /^options.integrations/],
    [{ integrations: [{ integrationId: 'a', enterpriseIds: [] }] }, /^options.integrations/],
    [
      { integrations: [...integrations, { integrationId: 'a', enterpriseIds: ['x'] }] },
      /^options.integrations/,
    ],
    [
      {
        integrations: [
          ...integrations,
          { ...integrations[0], integrationId: 'x', enterpriseIds: ['x'] },
        ],
      },
      /^options.integrations/,
    ],
    [
      { deliver: 'https://example.com/?Token=hidden' },
      /^options.deliver: expected a loopback host/,
    ],
  ])('wrong options %#', async (options, message) => {
    const error = await startConnectorMock(options).catch((error) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(error.stack).not.toContain('hidden');
  });

  it.each([
    'nothing',
    { status: 99 },
    { status: 600 },
    { status: Number.NaN },
    { status: 429, retryAfter: '1\n' },
    { delayMs: -1 },
    { delayMs: 2 ** 31 },
  ])('a fault that does not exist: %j', async (fault) => {
    const { mock } = await start();
    const fail = () => Reflect.apply(mock.fail, mock, [fault]);
    expect(fail).toThrow(/^fault: expected silence, disconnect/);
    const options = { faults: [{ fault, rate: 1 }] };
    const started: Promise<unknown> = Reflect.apply(startConnectorMock, null, [options]);
    await expect(started).rejects.toThrow(/^options.faults: expected silence/);
  });

  it('an entity or a row that is none', async () => {
    const { mock } = await start();
    const put = (...args: unknown[]) => Reflect.apply(mock.put, mock, args);
    await expect(put('Reservation', { Id: '1' })).rejects.toThrow(/^entity: .* ServiceOrder,/);
    await expect(put('Payment', { Id: '' })).rejects.toThrow(/^row.Id: expected non-empty string/);
  });

  it('an enterprise of none of them is refused', async () => {
    const { mock } = await start();
    const change = mock.put('Payment', { Id: '1' }, { enterpriseId: 'other' });
    await expect(change).rejects.toThrow(/^options.enterpriseId: expected an enterprise of one/);
  });
});
