import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLambdaHandler } from '../../src/http/lambda.js';
import { createNodeHandler } from '../../src/http/node.js';
import { createWebHandler } from '../../src/http/web.js';
import { callbacks, message, path, rejections, secret, text, webhook } from '../http/server.js';

// Whatever comes: one response, and one callback that learns of it.
const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

const marker = 'value-of-the-body';
const mutated = fc
  .tuple(fc.json({ maxDepth: 3 }), fc.constantFrom(...Object.keys(message)))
  .map(([json, key]) => JSON.stringify({ ...message, [key]: JSON.parse(json), [marker]: marker }));
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.oneof(fc.json(), mutated, fc.constant(text)).map((json) => Buffer.from(json)),
);
const query = fc.oneof(fc.constant(`Token=${secret}`), fc.webQueryParameters());
const method = fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE');
const encoding = fc.constantFrom('identity', 'identity', 'gzip', 'x');

function spies() {
  const calls = { ...callbacks(), onIntegrationWebhook: vi.fn() };
  return {
    options: { token: secret, maxBytes: 150, ...calls },
    /** Checks that exactly one callback learned of the request, and that it fits the response. */
    expectOne(status: number, response: unknown) {
      const { onWebhook, onIntegrationWebhook, onRefused, onError } = calls;
      expect(onError).not.toHaveBeenCalled();
      const stored = onWebhook.mock.calls.length + onIntegrationWebhook.mock.calls.length;
      expect([stored, onRefused.mock.calls.length]).toEqual(status === 204 ? [1, 0] : [0, 1]);
      const refusals = onRefused.mock.calls.flat();
      expect(refusals.map((refusal) => refusal.status)).toEqual(status === 204 ? [] : [status]);
      const told = JSON.stringify([response, refusals, refusals.map(({ error }) => error?.stack)]);
      expect(told).not.toMatch(new RegExp(`${marker}|${secret}`));
    },
  };
}

test('any request to the web handler', () =>
  fc.assert(
    fc.asyncProperty(method, query, encoding, body, async (method, query, encoding, body) => {
      const { options, expectOne } = spies();
      const headers = { 'content-encoding': encoding };
      const request = new Request(`https://example.com/?${query}`, { method, headers, body });
      const response = await createWebHandler(options)(request);
      expectOne(response.status, await response.text());
    }),
  ));

test('any request to the Node handler, in any pieces, parsed or not', () =>
  fc.assert(
    fc.asyncProperty(
      method,
      query,
      encoding,
      fc.array(body, { maxLength: 3 }),
      fc.option(fc.oneof(fc.anything(), body), { nil: undefined }),
      async (method, query, encoding, pieces, parsed) => {
        const { options, expectOne } = spies();
        const request = Object.assign(Readable.from(pieces, { objectMode: true }), {
          method,
          url: `/?${query}`,
          headers: { 'content-encoding': encoding },
          body: parsed,
        });
        const response = { headersSent: false, writeHead: vi.fn(), end: vi.fn() };
        await createNodeHandler(options)(request, response);
        expect(response.writeHead).toHaveBeenCalledOnce();
        expect(response.end).toHaveBeenCalledOnce();
        expectOne(response.writeHead.mock.calls[0]?.[0], response.end.mock.calls);
      },
    ),
    { numRuns: 40 }, // each 413 waits for the sender to read it
  ));

test('a webhook in any pieces is the webhook', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length)), async (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), text.length];
      const pieces = ends.map((end, index) => Buffer.from(text.slice(ends[index - 1] ?? 0, end)));
      const { options, expectOne } = spies();
      const request = Readable.from(pieces, { objectMode: true });
      const response = { headersSent: false, writeHead: vi.fn(), end: vi.fn() };
      const post = { method: 'POST', url: path };
      await createNodeHandler(options)(Object.assign(request, post), response);
      expectOne(204, response.end.mock.calls);
      expect(options.onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
    }),
  ));

const anyEvent = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      requestContext: fc.oneof(
        fc.constant({ http: { method: 'POST' } }),
        fc.constant({ elb: {} }),
        fc.jsonValue(),
      ),
      httpMethod: fc.oneof(fc.constant('POST'), fc.jsonValue()),
      rawQueryString: fc.oneof(query, fc.jsonValue()),
      queryStringParameters: fc.oneof(fc.constant({ Token: secret }), fc.jsonValue()),
      multiValueQueryStringParameters: fc.oneof(fc.constant({ Token: [secret] }), fc.jsonValue()),
      headers: fc.jsonValue(),
      multiValueHeaders: fc.jsonValue(),
      body: fc.oneof(fc.constant(text), fc.base64String(), fc.jsonValue()),
      isBase64Encoded: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

test('any JSON to the Lambda handler: a result, or a TypeError that says what it is for', () =>
  fc.assert(
    fc.asyncProperty(anyEvent, async (event) => {
      const { options, expectOne } = spies();
      const handle = createLambdaHandler(options);
      const result = await Reflect.apply(handle, undefined, [event]).catch((error: unknown) => {
        expect(String(error)).toMatch(/^TypeError: The event is not an HTTP request/);
      });
      if (result) expectOne(result.statusCode, result);
    }),
    { numRuns: 1000 },
  ));
