import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createLambdaHandler,
  type HandlerOptions,
  type LambdaHttpEvent,
} from '../../src/http/lambda.js';
import { callbacks, rejections, text, webhook } from './server.js';

const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

// Every character of it means something to some part of a URL.
const secret = 'a b&c=d%25é+#?/';

function create(options: Partial<HandlerOptions> = {}) {
  const calls = callbacks();
  return { ...calls, handler: createLambdaHandler({ token: secret, ...calls, ...options }) };
}

interface Sent {
  readonly method?: string;
  /** Names and values as they are, before they are escaped. */
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const right = [['Token', secret]] as const;
const encode = encodeURIComponent;
const listsOf = (pairs: readonly (readonly [string, string])[]) => {
  const lists: Record<string, string[]> = {};
  for (const [name, value] of pairs) lists[name] = [...(lists[name] ?? []), value];
  return lists;
};
const escaped = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => [encode(name), encode(value)] as const);

/** The events as each service makes them of the same request. */
const services: Record<string, (sent: Sent) => LambdaHttpEvent> = {
  'function URL, HTTP API 2.0': ({ method = 'POST', query = right, ...sent }) => ({
    version: '2.0',
    rawPath: '/mews',
    rawQueryString: escaped(query)
      .map((pair) => pair.join('='))
      .join('&'),
    queryStringParameters: Object.fromEntries(query),
    requestContext: { stage: '$default', http: { method, path: '/mews' } },
    headers: {},
    body: text,
    isBase64Encoded: false,
    ...sent,
  }),
  'REST API, HTTP API 1.0': ({ method = 'POST', query = right, headers = {}, ...sent }) => ({
    resource: '/mews',
    httpMethod: method,
    requestContext: { stage: 'prod', httpMethod: method },
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? listsOf(query) : null,
    headers,
    multiValueHeaders: listsOf(Object.entries(headers)),
    body: text,
    isBase64Encoded: false,
    ...sent,
  }),
  'load balancer': ({ method = 'POST', query = right, ...sent }) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing' } },
    httpMethod: method,
    queryStringParameters: Object.fromEntries(escaped(query)),
    headers: {},
    body: text,
    isBase64Encoded: false,
    ...sent,
  }),
  'load balancer, multi-value headers': ({
    method = 'POST',
    query = right,
    headers = {},
    ...sent
  }) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing' } },
    httpMethod: method,
    multiValueQueryStringParameters: listsOf(escaped(query)),
    multiValueHeaders: listsOf(Object.entries(headers)),
    body: text,
    isBase64Encoded: false,
    ...sent,
  }),
};

describe.each(Object.entries(services))('%s', (service, eventOf) => {
  test('204', async () => {
    const { handler, onWebhook, onRefused } = create();
    const result = await handler(eventOf({}));
    expect(result).toMatchObject({ statusCode: 204, headers: {}, body: '' });
    expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
    expect(onRefused).not.toHaveBeenCalled();
  });

  test('a body in base64', async () => {
    const { handler, onWebhook } = create();
    const body = Buffer.from(`${text.slice(0, -1)},"Name":"Hôtel"}`).toString('base64');
    expect((await handler(eventOf({ body, isBase64Encoded: true }))).statusCode).toBe(204);
    expect(onWebhook.mock.calls[0]?.[0]).toEqual({ ...webhook, Name: 'Hôtel' });
  });

  test.each([null, undefined, ''])('no body (%j) is 400', async (body) => {
    const { handler, onRefused } = create();
    const event = { ...eventOf({}), body };
    expect(await handler(event)).toMatchObject({
      statusCode: 400,
      headers: { 'content-type': 'application/json' },
      body: expect.stringMatching(/^{"code":"missing_body"/),
    });
    expect(onRefused).toHaveBeenCalledOnce();
  });

  test.each(['%%%%', 'e30', 'e30==', 'e 30', text])('%.10s is no base64: 400', async (body) => {
    const { handler, onRefused } = create();
    expect((await handler(eventOf({ body, isBase64Encoded: true }))).statusCode).toBe(400);
    const [refusal] = onRefused.mock.calls[0] ?? [];
    expect([refusal?.reason, refusal?.error?.code]).toEqual(['invalid', 'invalid_json']);
    expect(refusal?.error?.message).toMatch(/base64/);
    expect(JSON.stringify(refusal)).not.toContain(body);
  });

  test.each([
    ['GET', 405],
    ['POST', 401],
  ])('%s without the token is %i', async (method, statusCode) => {
    const { handler, onRefused } = create();
    expect(await handler(eventOf({ method, query: [] }))).toMatchObject({ statusCode, body: '' });
    expect(onRefused).toHaveBeenCalledOnce();
  });

  test('other parameters do no harm, a wrong token does', async () => {
    const { handler } = create();
    const query = [['hotel', 'é&='], ...right, ['', 'x']] as const;
    expect((await handler(eventOf({ query }))).statusCode).toBe(204);
    for (const wrong of [encode(secret), secret.replace('+', ' '), `${secret} `, '']) {
      const event = eventOf({ query: [['Token', wrong]] });
      expect((await handler(event)).statusCode).toBe(401);
    }
    const event = JSON.stringify(eventOf({ query: [['Token', 'half']] }));
    const half = JSON.parse(event.replaceAll('half', '\\ud800')); // of a surrogate pair
    expect((await handler(half)).statusCode).toBe(401);
  });

  test('the token twice is 401', async () => {
    // Without multi-value headers a load balancer hands over the last one alone.
    const statusCode = service === 'load balancer' ? 204 : 401;
    expect(await create().handler(eventOf({ query: [...right, ...right] }))).toMatchObject({
      statusCode,
    });
  });

  test('a compressed body is 415, whatever the case of the header', async () => {
    for (const name of ['content-encoding', 'Content-Encoding']) {
      const { handler, onRefused } = create();
      const body = gzipSync(text).toString('base64');
      const event = eventOf({ body, isBase64Encoded: true, headers: { [name]: 'gzip' } });
      expect(await handler(event)).toMatchObject({
        statusCode: 415,
        headers: { 'accept-encoding': 'identity' },
      });
      expect(onRefused.mock.calls).toEqual([[{ status: 415, reason: 'encoding', error: null }]]);
    }
  });

  test('maxBytes counts the bytes of the body, not the characters of the event', async () => {
    const body = `${text}${' '.repeat(10)}é`;
    for (const encoding of ['utf8', 'base64'] as const) {
      const event = eventOf({
        body: encoding === 'utf8' ? body : Buffer.from(body).toString('base64'),
        isBase64Encoded: encoding === 'base64',
      });
      const size = Buffer.byteLength(body);
      expect((await create({ maxBytes: size }).handler(event)).statusCode).toBe(400);
      const { handler, onRefused } = create({ maxBytes: size - 1 });
      expect((await handler(event)).statusCode).toBe(413);
      expect(onRefused.mock.calls[0]?.[0].reason).toBe('too_large');
    }
  });

  test('500, and 503 at timeoutMs', async () => {
    const failing = create({ onWebhook: () => Promise.reject(new Error('disk')) });
    expect((await failing.handler(eventOf({}))).statusCode).toBe(500);
    expect(failing.onError).toHaveBeenCalledOnce();
    const hanging = create({ timeoutMs: 5, onWebhook: () => new Promise(() => {}) });
    expect((await hanging.handler(eventOf({}))).statusCode).toBe(503);
  });
});

test('the result has what its service reads', async () => {
  const { handler } = create();
  const resultOf = (service: string) => handler(services[service]?.({ body: '1' }) ?? neverSent);
  const headers = { 'content-type': 'application/json' };
  const plain = { statusCode: 400, headers, body: expect.any(String) };
  expect(await resultOf('function URL, HTTP API 2.0')).toEqual(plain);
  expect(await resultOf('REST API, HTTP API 1.0')).toEqual(plain);
  expect(await resultOf('load balancer')).toEqual({ ...plain, isBase64Encoded: false });
  expect(await resultOf('load balancer, multi-value headers')).toEqual({
    ...plain,
    isBase64Encoded: false,
    multiValueHeaders: { 'content-type': ['application/json'] },
  });
});

const neverSent: LambdaHttpEvent = { requestContext: {} };

test('an event that holds no more than it must', async () => {
  const { handler } = create();
  expect((await handler({ requestContext: {}, httpMethod: 'POST' })).statusCode).toBe(401);
  const query = { queryStringParameters: { hotel: undefined, Token: secret } };
  const event = { requestContext: {}, httpMethod: 'POST', body: text, ...query };
  expect((await handler(event)).statusCode).toBe(204);
});

test('Integration webhooks arrive, too', async () => {
  const received: unknown[] = [];
  const { handler } = create({ onIntegrationWebhook: (each) => received.push(each.Action) });
  const body = readFileSync('test/fixtures/integration-created.json', 'utf8');
  for (const eventOf of Object.values(services)) {
    expect((await handler(eventOf({ body }))).statusCode).toBe(204);
  }
  expect(received).toEqual(Array(4).fill('IntegrationCreated'));
});

test.each([
  ['SQS', { Records: [{ body: text, eventSource: 'aws:sqs' }] }],
  ['EventBridge', { source: 'aws.events', detail: {} }],
  ['a web socket', { requestContext: { connectionId: 'c', routeKey: '$default' }, body: text }],
  ['a console test', { key1: 'value1' }],
  ['nothing', undefined],
  ['null', null],
  ['text', text],
  ['a list', []],
])('the event of %s is a TypeError that says what the handler is for', async (_, event) => {
  const { handler, onWebhook } = create();
  // As an event comes: untyped.
  const failure: unknown = await Reflect.apply(handler, undefined, [event]).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(TypeError);
  expect(String(failure)).toMatch(/function URL.*Application Load Balancer/);
  expect(onWebhook).not.toHaveBeenCalled();
});
