import { describe, expect, it } from 'vitest';
import { Connector, type ConnectorOptions } from './connector.js';

const accessTokens = { 'token-a': 'a', 'token-b': 'b' };
const credentials = { ClientToken: 'c', AccessToken: 'token-a', Client: 'Test 1.0' };
const payments = 'payments/getAll';

function connectorWith(options: Partial<ConnectorOptions> = {}) {
  const connector = new Connector({ accessTokens, ...options });
  const ask = (path: string, body: object, limitation: object = { Count: 10 }) => {
    const text = JSON.stringify({ ...credentials, Limitation: limitation, ...body });
    const {
      status,
      headers,
      body: answer,
    } = connector.answer('POST', `/api/connector/v1/${path}`, text);
    return { status, headers, body: JSON.parse(answer) };
  };
  return { connector, ask };
}

describe('what it refuses', () => {
  const { ask, connector } = connectorWith();
  it.each([
    ['an empty id array', payments, { PaymentIds: [] }],
    ['an oversized id array', payments, { PaymentIds: Array(1001).fill('x') }],
    ['an unknown property', payments, { PaymentIds: ['x'], Unknown: 1 }],
    ['an unknown extent', 'customers/getAll', { Extent: { Customers: true, All: true } }],
    ['a missing extent', 'resources/getAll', { ResourceIds: ['x'] }],
    ['missing threads', 'messages/getAll', {}],
    ['a message filter by id', 'messages/getAll', { MessageThreadIds: ['t'], MessageIds: ['x'] }],
    ['customers of an enterprise', 'customers/getAll', { Extent: {}, EnterpriseIds: ['a'] }],
    ['a missing client', payments, { PaymentIds: ['x'], Client: undefined }],
    ['a missing limitation', payments, { PaymentIds: ['x'], Limitation: undefined }],
    ['a missing count', payments, { PaymentIds: ['x'], Limitation: {} }],
    ['a count of 0', payments, { PaymentIds: ['x'], Limitation: { Count: 0 } }],
    ['a count above 1000', payments, { PaymentIds: ['x'], Limitation: { Count: 1001 } }],
  ])('%s', (_, path, body) => {
    expect(ask(path, body).status).toBe(400);
  });

  it('a malformed id, among good ones', () => {
    const { ask } = connectorWith({ isMalformed: (id) => id === 'bad' });
    expect(ask(payments, { PaymentIds: ['x', 'bad'] }).status).toBe(400);
    expect(ask(payments, { PaymentIds: ['x'] }).status).toBe(200);
  });

  it('a token that it does not know, another method and another path', () => {
    expect(ask(payments, { PaymentIds: ['x'], AccessToken: 'other' }).status).toBe(401);
    expect(ask('payments/getall', { PaymentIds: ['x'] }).status).toBe(404);
    expect(connector.answer('GET', '/api/connector/v1/payments/getAll', '').status).toBe(404);
    expect(connector.answer('POST', '/api/connector/v1/payments/getAll', '{').status).toBe(400);
  });
});

describe('what it returns', () => {
  it('the rows of the enterprise that the token reaches', () => {
    const { connector, ask } = connectorWith();
    connector.change({ enterpriseId: 'a', entity: 'Payment', id: '1' });
    connector.change({ enterpriseId: 'a', entity: 'Payment', id: '1' });
    connector.change({ enterpriseId: 'b', entity: 'Payment', id: '2' });
    const { body } = ask(payments, { PaymentIds: ['1', '2', '3'] });
    expect(body.Payments).toMatchObject([{ Id: '1', Version: 2 }]);
    expect([...connector.served]).toEqual([['a/Payment/1', 2]]);
  });

  it.each([
    [
      'resources/getAll',
      'Resource',
      'Resources',
      { Extent: { Resources: true } },
      { Extent: { Resources: true, Inactive: true } },
    ],
    [
      'resourceBlocks/getAll',
      'ResourceBlock',
      'ResourceBlocks',
      {},
      { ActivityStates: ['Active', 'Deleted'] },
    ],
    [
      'customers/getAll',
      'Customer',
      'Customers',
      { Extent: { Customers: true } },
      { Extent: { Customers: true }, ActivityStates: ['Active', 'Deleted'] },
    ],
  ] as const)('inactive rows of %s only when asked', (path, entity, rows, without, asking) => {
    const { connector, ask } = connectorWith();
    connector.change({ enterpriseId: 'a', entity, id: '1', active: false });
    const filter = { [`${entity}Ids`]: ['1'] };
    expect(ask(path, { ...filter, ...without }).body[rows]).toEqual([]);
    expect(ask(path, { ...filter, ...asking }).body[rows]).toHaveLength(1);
  });

  it('no list at all without the extent', () => {
    const { ask } = connectorWith();
    expect(ask('resources/getAll', { Extent: { Resources: false } }).body.Resources).toBeNull();
  });

  it('messages by thread, page by page', () => {
    const { connector, ask } = connectorWith();
    for (const [id, threadId] of [
      ['1', 't'],
      ['2', 'u'],
      ['3', 't'],
    ] as const) {
      connector.change({ enterpriseId: 'a', entity: 'Message', id, threadId });
    }
    const first = ask('messages/getAll', { MessageThreadIds: ['t'] }, { Count: 1 }).body;
    expect(first).toMatchObject({ Messages: [{ Id: '1' }], Cursor: '1' });
    const second = ask(
      'messages/getAll',
      { MessageThreadIds: ['t'] },
      { Count: 1, Cursor: '1' },
    ).body;
    expect(second).toMatchObject({ Messages: [{ Id: '3' }], Cursor: null });
  });

  it('rows of a window of time', () => {
    const { connector, ask } = connectorWith({ now: () => Date.parse('2026-01-02T00:00:00Z') });
    connector.change({ enterpriseId: 'a', entity: 'Payment', id: '1' });
    const changedOn = (from: string, to: string) => {
      const UpdatedUtc = {
        StartUtc: `2026-01-${from}T00:00:00Z`,
        EndUtc: `2026-01-${to}T00:00:00Z`,
      };
      return ask(payments, { PaymentIds: ['1'], UpdatedUtc }).body.Payments;
    };
    expect(changedOn('01', '03')).toHaveLength(1);
    expect(changedOn('03', '04')).toEqual([]);
  });

  it('a new row only after its lag', () => {
    let now = 0;
    const { connector, ask } = connectorWith({ now: () => now });
    connector.change({ enterpriseId: 'a', entity: 'Payment', id: '1', lag: 3000 });
    expect(ask(payments, { PaymentIds: ['1'] }).body.Payments).toEqual([]);
    now = 3000;
    expect(ask(payments, { PaymentIds: ['1'] }).body.Payments).toHaveLength(1);
  });
});

describe('how it fails', () => {
  it('with 429 past 200 requests of a token in any 30 s, with and without Retry-After', () => {
    let now = 0;
    const randoms = [0.4, 0.6];
    let refused = 0;
    const { ask } = connectorWith({ now: () => now, random: () => randoms[refused] ?? 1 });
    const status = () => ask(payments, { PaymentIds: ['1'] }).status;
    for (let count = 0; count < 200; count++) {
      now = count < 100 ? 0 : 20_000;
      expect(status()).toBe(200);
    }
    const withHeader = ask(payments, { PaymentIds: ['1'] });
    expect(withHeader).toMatchObject({ status: 429, headers: { 'Retry-After': '10' } });
    refused = 1;
    const withoutHeader = ask(payments, { PaymentIds: ['1'] });
    expect(withoutHeader.status).toBe(429);
    expect(withoutHeader.headers).toEqual({});
    expect(ask(payments, { PaymentIds: ['1'], AccessToken: 'token-b' }).status).toBe(200);
    now = 30_000;
    for (let count = 0; count < 100; count++) expect(status()).toBe(200);
    expect(status()).toBe(429);
  });

  it('with 408 and 500 as often as it is told', () => {
    const once = (faults: object) =>
      connectorWith({ random: () => 0.5, faults }).ask(payments, { PaymentIds: ['1'] }).status;
    expect(once({ requestTimeout: 0.6 })).toBe(408);
    expect(once({ serverError: 0.6 })).toBe(500);
    expect(once({ requestTimeout: 0.4, serverError: 0.4 })).toBe(200);
  });
});
