import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import {
  fetchOperations,
  type IncompleteFetchRequest,
  type ReadyFetchRequest,
  toHttpRequest,
} from '../src/index.js';

const connection = {
  platformAddress: 'https://api.mews-demo.com',
  clientToken: 'SENTINEL-client-token',
  accessToken: 'SENTINEL-access-token',
  client: 'Sample Client 1.0.0',
};

const target = { EnterpriseId: 'e', IntegrationId: 'i', ids: ['x'] };
const ready: ReadyFetchRequest = {
  ...target,
  kind: 'ready',
  operation: fetchOperations.PaymentUpdated,
  body: { PaymentIds: ['x'], Limitation: { Count: 1 } },
};
const incomplete: IncompleteFetchRequest = {
  ...target,
  kind: 'incomplete',
  operation: fetchOperations.MessageAdded,
  missing: ['MessageThreadIds'],
  body: { Limitation: { Count: 1000 } },
};

const credentials = {
  ClientToken: connection.clientToken,
  AccessToken: connection.accessToken,
  Client: connection.client,
};

test('adds the credentials and the address', () => {
  const { body, ...rest } = toHttpRequest(ready, connection);
  expect(rest).toEqual({
    url: 'https://api.mews-demo.com/api/connector/v1/payments/getAll',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
  });
  expect(JSON.parse(body)).toEqual({
    ...credentials,
    PaymentIds: ['x'],
    Limitation: { Count: 1 },
  });
});

test('extra adds and replaces, but not the credentials', () => {
  const extra = { EnterpriseIds: ['p'], Limitation: { Count: 5 }, AccessToken: 'other' };
  expect(JSON.parse(toHttpRequest(ready, connection, extra).body)).toEqual({
    ...credentials,
    PaymentIds: ['x'],
    EnterpriseIds: ['p'],
    Limitation: { Count: 5 },
  });
});

test('an incomplete request takes what is missing', () => {
  const extra = { MessageThreadIds: ['t'], Limitation: { Count: 10, Cursor: 'c' } };
  expect(JSON.parse(toHttpRequest(incomplete, connection, extra).body)).toEqual({
    ...credentials,
    ...extra,
  });
  expect(
    JSON.parse(toHttpRequest(incomplete, connection, { MessageThreadIds: ['t'] }).body),
  ).toEqual({ ...credentials, MessageThreadIds: ['t'], Limitation: { Count: 1000 } });
});

test('an incomplete request takes 1000 threads', () => {
  const extra = { MessageThreadIds: Array<string>(1000).fill('t') };
  expect(JSON.parse(toHttpRequest(incomplete, connection, extra).body)).toMatchObject(extra);
});

test('works on a request that went through a queue', () => {
  expect(toHttpRequest(JSON.parse(JSON.stringify(ready)), connection)).toEqual(
    toHttpRequest(ready, connection),
  );
});

test.each([
  ['https://api.mews.com/', 'https://api.mews.com/api'],
  ['https://gateway.example/mews/', 'https://gateway.example/mews/api'],
  ['https://gateway.example/mews', 'https://gateway.example/mews/api'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api'],
  ['HTTPS://API.MEWS.COM?a=b#c', 'https://api.mews.com/api'],
])('the address may be written as %s', (platformAddress, start) => {
  expect(toHttpRequest(ready, { ...connection, platformAddress }).url).toBe(
    `${start}/connector/v1/payments/getAll`,
  );
});

test('is what fetch takes', async () => {
  const server = createServer(async (request, response) => {
    response.end(
      JSON.stringify([
        request.method,
        request.url,
        request.headers['content-type'],
        await json(request),
      ]),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const request = toHttpRequest(ready, {
    ...connection,
    platformAddress: `http://127.0.0.1:${port}`,
  });
  const response = await fetch(request.url, request);
  expect(await response.json()).toEqual([
    'POST',
    '/api/connector/v1/payments/getAll',
    'application/json',
    JSON.parse(request.body),
  ]);
  server.close();
});

describe('wrong input is a TypeError that names the property and no value', () => {
  // As a caller without types has it.
  const call: (input: unknown[]) => unknown = Reflect.apply.bind(
    undefined,
    toHttpRequest,
    undefined,
  );
  const circular: Record<string, unknown> = {};
  circular.SENTINEL = circular;

  const address = 'connection.platformAddress: expected URL such as https://api.mews.com';
  const threads = 'extra.MessageThreadIds: expected array of 1 to 1000 non-empty strings';

  test.each<[string, unknown[]]>([
    ['request: expected object', [undefined, connection]],
    ['request: expected object', ['SENTINEL', connection]],
    [
      'request.operation.path: expected non-empty string',
      [{ ...ready, operation: null }, connection],
    ],
    [
      'request.operation.path: expected non-empty string',
      [{ ...ready, operation: { path: '' } }, connection],
    ],
    ['request.body: expected object', [{ ...ready, body: 'SENTINEL' }, connection]],
    ['connection: expected object', [ready]],
    ['connection: expected object', [ready, 'SENTINEL']],
    [address, [ready, { ...connection, platformAddress: '' }]],
    [address, [ready, { ...connection, platformAddress: 'SENTINEL' }]],
    [address, [ready, { ...connection, platformAddress: 'ftp://SENTINEL' }]],
    [address, [ready, { ...connection, platformAddress: undefined }]],
    [
      'connection.clientToken: expected non-empty string',
      [ready, { ...connection, clientToken: '' }],
    ],
    [
      'connection.accessToken: expected non-empty string',
      [ready, { ...connection, accessToken: undefined }],
    ],
    ['connection.client: expected non-empty string', [ready, { ...connection, client: 5 }]],
    ['extra: expected object', [ready, connection, 'SENTINEL']],
    ['extra: expected object', [ready, connection, null]],
    ['extra: expected values that JSON can hold', [ready, connection, { SENTINEL: 1n }]],
    ['extra: expected values that JSON can hold', [ready, connection, circular]],
    [threads, [incomplete, connection]],
    [threads, [incomplete, connection, {}]],
    [threads, [incomplete, connection, { MessageThreadIds: [] }]],
    [threads, [incomplete, connection, { MessageThreadIds: 'SENTINEL' }]],
    [threads, [incomplete, connection, { MessageThreadIds: ['SENTINEL', ''] }]],
    [threads, [incomplete, connection, { MessageThreadIds: Array(1001).fill('S') }]],
  ])('%s', (message, input) => {
    expect(() => call(input)).toThrow(new TypeError(message));
  });
});
