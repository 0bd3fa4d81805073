import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWebHandler, type HandlerOptions, type WebRequest } from '../../src/http/web.js';
import { callbacks, message, path, rejections, secret, text, webhook } from './server.js';

const url = `https://example.com${path}`;

const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

function create(options: Partial<HandlerOptions> = {}) {
  const calls = callbacks();
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
    const { handler, onRefused } = create();
    expect((await handler(requestOf(null))).status).toBe(400);
    expect(onRefused.mock.calls[0]?.[0].error?.code).toBe('missing_body');
  });

  test('that was read before is said to have been', async () => {
    const { handler, onRefused } = create();
    const request = requestOf(text);
    await request.text();
    expect((await handler(request)).status).toBe(400);
    const { error, reason } = onRefused.mock.calls[0]?.[0] ?? {};
    expect([reason, error?.code]).toEqual(['invalid', 'missing_body']);
    expect(error?.message).toMatch(/read before this handler/);
  });

  test('that somebody is reading, or that fails', async () => {
    const { handler, onRefused } = create();
    const locked = requestOf(text);
    locked.body?.getReader();
    expect((await handler(locked)).status).toBe(400);
    const failing = new ReadableStream({ pull: () => Promise.reject(new Error('reset')) });
    expect((await handler(requestOf(failing))).status).toBe(400);
    expect((await handler(requestOf(streamOf({})))).status).toBe(400);
    const reasons = onRefused.mock.calls.map(([{ reason, error }]) => [reason, error?.code]);
    expect(reasons).toEqual(Array(3).fill(['invalid', 'invalid_webhook']));
  });

  test('whose sender went away, where the runtime says so', async () => {
    const { handler, onRefused } = create();
    const controller = new AbortController();
    const failing = new ReadableStream({
      pull(body) {
        body.error(new Error('reset'));
        controller.abort();
      },
    });
    const request = new Request(url, {
      method: 'POST',
      body: failing,
      duplex: 'half',
      signal: controller.signal,
    });
    expect((await handler(request)).status).toBe(400);
    expect(onRefused.mock.calls).toEqual([[{ status: 400, reason: 'aborted', error: null }]]);
  });

  test('whose sender went away, where only the signal says so', async () => {
    const { handler, onRefused, onWebhook } = create();
    const controller = new AbortController();
    const stalled = new ReadableStream({
      start: (body) => body.enqueue(new TextEncoder().encode(text)),
    });
    const running = handler(
      new Request(url, {
        method: 'POST',
        body: stalled,
        duplex: 'half',
        signal: controller.signal,
      }),
    );
    controller.abort();
    expect((await running).status).toBe(400);
    expect(onRefused.mock.calls).toEqual([[{ status: 400, reason: 'aborted', error: null }]]);
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test('whose sender had gone before the handler was called', async () => {
    const { handler, onRefused } = create();
    const signal = AbortSignal.abort();
    const body = new ReadableStream();
    await handler(new Request(url, { method: 'POST', body, duplex: 'half', signal }));
    expect(onRefused.mock.calls).toEqual([[{ status: 400, reason: 'aborted', error: null }]]);
  });

  test('that is compressed: 415', async () => {
    const { handler, onRefused } = create();
    const headers = { 'content-encoding': 'gzip' };
    const response = await handler(new Request(url, { method: 'POST', body: text, headers }));
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(onRefused.mock.calls).toEqual([[{ status: 415, reason: 'encoding', error: null }]]);
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

describe('what is needed of a request', () => {
  const like = { method: 'POST', url, headers: new Headers() };
  const whole = async () => new TextEncoder().encode(text).slice().buffer;
  const shapes: Record<string, WebRequest> = {
    'a stream, as Azure Functions has it': {
      ...like,
      body: streamOf(new TextEncoder().encode(text)),
    },
    'null beside arrayBuffer()': { ...like, body: null, bodyUsed: false, arrayBuffer: whole },
    'arrayBuffer() alone': { ...like, arrayBuffer: whole },
  };
  test.each(Object.entries(shapes))('%s', async (_, request) => {
    const { handler, onWebhook } = create();
    expect((await handler(request)).status).toBe(204);
    expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
  });

  test('no body at all is missing_body; arrayBuffer() over maxBytes is 413', async () => {
    const { handler, onRefused } = create({ maxBytes: 10 });
    expect((await handler(like)).status).toBe(400);
    expect((await handler({ ...like, arrayBuffer: whole })).status).toBe(413);
    expect(onRefused.mock.calls.map(([{ reason }]) => reason)).toEqual(['invalid', 'too_large']);
  });
});

describe('what is not read is cancelled', () => {
  const declared = { 'content-length': '2000000' };
  test.each<[string, number, string, RequestInit, unknown]>([
    ['a wrong method', 405, url, { method: 'PUT' }, new Uint8Array(1)],
    ['a wrong token', 401, 'https://example.com/', {}, new Uint8Array(1)],
    ['a length over maxBytes', 413, url, { headers: declared }, new Uint8Array(1)],
    ['an encoding', 415, url, { headers: { 'content-encoding': 'br' } }, new Uint8Array(1)],
    ['a piece that is no bytes', 400, url, {}, { an: 'object' }],
  ])('%s', async (_, status, to, init, piece) => {
    const cancel = vi.fn();
    const { handler, onRefused } = create();
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(piece), cancel });
    const request = new Request(to, { method: 'POST', ...init, body, duplex: 'half' });
    expect((await handler(request)).status).toBe(status);
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect(onRefused).toHaveBeenCalledOnce();
  });
});

describe('413', () => {
  test('without reading, when the length says so', async () => {
    const { handler, onRefused } = create({ maxBytes: 10 });
    const pull = vi.fn();
    const request = new Request(url, {
      method: 'POST',
      headers: { 'content-length': '11' },
      body: new ReadableStream({ pull }, { highWaterMark: 0 }),
      duplex: 'half',
    });
    expect((await handler(request)).status).toBe(413);
    expect(pull).not.toHaveBeenCalled();
    expect(onRefused.mock.calls).toEqual([[{ status: 413, reason: 'too_large', error: null }]]);
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
  const { handler, onRefused, onError } = create({
    timeoutMs: 20,
    onWebhook: () => new Promise(() => {}),
  });
  expect((await handler(requestOf(new ReadableStream({ cancel })))).status).toBe(408);
  expect(cancel).toHaveBeenCalledOnce();
  expect(onRefused.mock.calls).toEqual([[{ status: 408, reason: 'timeout', error: null }]]);
  expect((await handler(requestOf(text))).status).toBe(503);
  expect(onError).toHaveBeenCalledOnce();
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
