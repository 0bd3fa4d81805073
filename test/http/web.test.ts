import { describe, expect, test, vi } from 'vitest';
import { createWebHandler, type HandlerOptions } from '../../src/http/web.js';
import { message, path, secret, text, webhook } from './server.js';

const url = `https://example.com${path}`;

function create(options: Partial<HandlerOptions> = {}) {
  const calls = { onWebhook: vi.fn(), onInvalid: vi.fn(), onError: vi.fn() };
  return { ...calls, handler: createWebHandler({ token: secret, ...calls, ...options }) };
}

const requestOf = (body: NonNullable<ConstructorParameters<typeof Response>[0]> | null): Request =>
  new Request(url, {
    method: 'POST',
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });

const streamOf = (...pieces: unknown[]): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

describe('a body', () => {
  const bytes = new TextEncoder().encode(text);
  test.each([
    ['text', text],
    ['bytes', bytes],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['a Blob', new Blob([text])],
    ['a stream', streamOf(bytes.slice(0, 7), bytes.slice(7, 30), bytes.slice(30))],
  ])('as %s', async (_, body) => {
    const { handler, onWebhook } = create();
    const response = await handler(requestOf(body));
    expect([response.status, response.body]).toEqual([204, null]);
    expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
  });

  test('that is missing', async () => {
    const { handler, onInvalid } = create();
    expect((await handler(requestOf(null))).status).toBe(400);
    expect(onInvalid.mock.calls[0]?.[0].code).toBe('missing_body');
  });

  test('that somebody read before', async () => {
    const { handler, onInvalid } = create();
    const request = requestOf(text);
    await request.text();
    expect((await handler(request)).status).toBe(400);
    expect(onInvalid.mock.calls[0]?.[0].code).toBe('missing_body');
  });

  test('that somebody is reading, or that fails', async () => {
    const { handler, onInvalid } = create();
    const locked = requestOf(text);
    locked.body?.getReader();
    expect((await handler(locked)).status).toBe(400);
    const failing = new ReadableStream({ pull: () => Promise.reject(new Error('reset')) });
    expect((await handler(requestOf(failing))).status).toBe(400);
    expect((await handler(requestOf(streamOf({})))).status).toBe(400);
    expect(onInvalid).toHaveBeenCalledTimes(3);
  });
});

test('405, 401 and 400 with their headers', async () => {
  const { handler } = create();
  const get = await handler(new Request(url));
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await handler(new Request('https://example.com/', { method: 'POST' }))).status).toBe(401);
  const invalid = await handler(requestOf('[1]'));
  expect([invalid.status, invalid.headers.get('content-type')]).toEqual([400, 'application/json']);
  expect(await invalid.json()).toMatchObject({ code: 'invalid_webhook', issues: [{ path: [] }] });
});

describe('413', () => {
  test('without reading, when the length says so', async () => {
    const { handler } = create({ maxBytes: 10 });
    const request = new Request(url, {
      method: 'POST',
      headers: { 'content-length': '11' },
      body: 'x',
    });
    expect((await handler(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });

  test('stops reading an endless body, and tells its source', async () => {
    const { handler, onWebhook } = create({ maxBytes: 1_000_000 });
    const cancel = vi.fn();
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel,
    });
    expect((await handler(requestOf(endless))).status).toBe(413);
    expect(pulled).toBeLessThan(1_300_000);
    expect(cancel).toHaveBeenCalledOnce();
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test('although the source does not like it', async () => {
    const { handler } = create({ maxBytes: 1 });
    const cancel = () => Promise.reject(new Error('no'));
    const body = new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(2)), cancel });
    expect((await handler(requestOf(body))).status).toBe(413);
  });
});

test('408 for a body that stalls, 503 for a store that does', async () => {
  const cancel = vi.fn();
  const { handler } = create({ timeoutMs: 20, onWebhook: () => new Promise(() => {}) });
  expect((await handler(requestOf(new ReadableStream({ cancel })))).status).toBe(408);
  expect(cancel).toHaveBeenCalledOnce();
  expect((await handler(requestOf(text))).status).toBe(503);
});

test('1,000 requests at once', async () => {
  const seen = new Set<string>();
  const { handler } = create({ onWebhook: ({ EnterpriseId }) => seen.add(EnterpriseId) });
  const responses = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      handler(requestOf(JSON.stringify({ ...message, EnterpriseId: `e${index}` }))),
    ),
  );
  expect(responses.every(({ status }) => status === 204)).toBe(true);
  expect(seen.size).toBe(1000);
});
