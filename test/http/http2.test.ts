import { readFileSync } from 'node:fs';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createSecureServer,
  createServer,
  type Http2Server,
} from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNodeHandler, type HandlerOptions } from '../../src/http/node.js';
import { callbacks, path, rejections, secret, text, webhook } from './server.js';

vi.setConfig({ testTimeout: 60_000 });
const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

const warnings: string[] = [];
const noteWarning = ({ name }: Error) => void warnings.push(name);
beforeEach(() => void process.on('warning', noteWarning));
afterEach(() => {
  process.off('warning', noteWarning);
  expect(warnings.splice(0)).toEqual([]); // such as UnsupportedWarning for a header of HTTP/1
});

const running: { close(): unknown }[] = [];
afterEach(() => {
  for (const each of running.splice(0)) each.close();
});

async function start(options: Partial<HandlerOptions> = {}) {
  const calls = callbacks();
  const server = createServer(createNodeHandler({ token: secret, ...calls, ...options }));
  return { ...calls, server, session: connect(`http://127.0.0.1:${await listen(server)}`) };
}

async function listen(server: Http2Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  return (server.address() as AddressInfo).port;
}

interface Exchange {
  readonly status: number | undefined;
  readonly body: string;
  /** Whether the server closed the stream, and how. */
  readonly code: number;
}

/** Sends a request, and resolves when its stream is closed by both sides. */
function exchange(
  session: ClientHttp2Session,
  send: (stream: ClientHttp2Stream) => void,
  headers: Record<string, string> = {},
): Promise<Exchange> {
  const stream = session.request({ ':method': 'POST', ':path': path, ...headers });
  let status: number | undefined;
  let body = '';
  stream.setEncoding('utf8');
  stream.on('response', (received) => {
    status = received[':status'];
  });
  stream.on('data', (chunk) => {
    body += chunk;
  });
  stream.on('error', () => {});
  send(stream);
  return new Promise((resolve) => {
    stream.on('close', () => resolve({ status, body, code: stream.rstCode }));
  });
}

const { NGHTTP2_NO_ERROR } = constants;

test('204, and what is refused, over HTTP/2', async () => {
  const { session, onWebhook, onRefused } = await start();
  running.push(session);
  const whole = (stream: { end(text: string): unknown }) => void stream.end(text);
  expect(await exchange(session, whole)).toEqual({ status: 204, body: '', code: NGHTTP2_NO_ERROR });
  expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
  expect((await exchange(session, (stream) => stream.end('1'))).body).toMatch(/"invalid_webhook"/);
  const refused: [number, Record<string, string>][] = [
    [401, { ':path': '/?Token=wrong' }],
    [405, { ':method': 'PUT' }],
    [415, { 'content-encoding': 'gzip' }],
  ];
  for (const [status, headers] of refused) {
    expect((await exchange(session, whole, headers)).status).toBe(status);
  }
  expect(onRefused.mock.calls.map(([{ status }]) => status)).toEqual([400, 401, 405, 415]);
});

test.each([
  ['declared', { 'content-length': '5000' }],
  ['counted', {}],
])(
  '413, %s: the stream ends although the sender goes on, and the session is kept',
  async (_, headers) => {
    const { session, onWebhook, onRefused } = await start({ maxBytes: 1000 });
    running.push(session);
    const goesOn = (stream: { write(chunk: Uint8Array): unknown }) =>
      void stream.write(Buffer.alloc(2000));
    const { status, code } = await exchange(session, goesOn, headers);
    expect([status, code]).toEqual([413, NGHTTP2_NO_ERROR]);
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onRefused).toHaveBeenCalledOnce();
    const next = await exchange(session, (stream) => stream.end(text));
    expect(next.status).toBe(204);
  },
);

test('408: the stream ends', async () => {
  const { session, onRefused } = await start({ timeoutMs: 50 });
  running.push(session);
  expect((await exchange(session, (stream) => stream.write('{'))).status).toBe(408);
  expect(onRefused.mock.calls[0]?.[0].reason).toBe('timeout');
});

test.each<[number, number, Record<string, string>]>([
  [413, 3e6, {}],
  [413, 3e6, { 'content-length': '3000000' }],
  [408, 10, {}],
])(
  'after %i to a body of %i bytes that does not end, the server can close',
  async (status, size, headers) => {
    const { server, session } = await start({ timeoutMs: status === 408 ? 50 : 60_000 });
    const goesOn = (stream: ClientHttp2Stream) => void stream.write(Buffer.alloc(size));
    expect((await exchange(session, goesOn, headers)).status).toBe(status);
    session.destroy();
    await new Promise((resolve) => server.close(resolve));
  },
);

test.each([
  ['its stream', (stream: ClientHttp2Stream) => stream.destroy()],
  ['its session', (stream: ClientHttp2Stream) => stream.session?.destroy()],
])('a sender that gives up %s is reported, and gets no response', async (_, giveUp) => {
  const { session, onWebhook, onRefused } = await start();
  running.push(session);
  // It would be a whole webhook, were it not for the end that is missing.
  const { status } = await exchange(session, (stream) => {
    stream.write(text, () => setTimeout(giveUp, 20, stream));
  });
  expect(status).toBeUndefined();
  await vi.waitFor(() => expect(onRefused).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(onRefused.mock.calls[0]?.[0]).toEqual({ status: 400, reason: 'aborted', error: null });
  expect(onWebhook).not.toHaveBeenCalled();
});

test('a sender that leaves while the webhook is stored does no harm', async () => {
  let begin = () => {};
  const storing = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const onWebhook = vi.fn(async () => {
    begin();
    await new Promise((resolve) => setTimeout(resolve, 60));
  });
  const { session, onRefused, onError } = await start({ onWebhook });
  running.push(session);
  await exchange(session, (stream) => {
    stream.end(text);
    storing.then(() => stream.close(constants.NGHTTP2_CANCEL));
  });
  // The next delivery takes as long, so that whatever follows from the first one has happened by then.
  expect((await exchange(session, (stream) => stream.end(text))).status).toBe(204);
  expect(onWebhook).toHaveBeenCalledTimes(2);
  expect(onRefused).not.toHaveBeenCalled();
  expect(onError).not.toHaveBeenCalled();
});

test('100 streams at once over one session', async () => {
  const { session, onWebhook } = await start();
  running.push(session);
  const exchanges = await Promise.all(
    Array.from({ length: 100 }, () => exchange(session, (stream) => stream.end(text))),
  );
  expect(exchanges.every(({ status }) => status === 204)).toBe(true);
  expect(onWebhook).toHaveBeenCalledTimes(100);
});

test('TLS with allowHTTP1: both protocols, and 413 closes an HTTP/1 connection', async () => {
  const pem = readFileSync('test/fixtures/localhost.pem');
  const calls = callbacks();
  const handler = createNodeHandler({ token: secret, maxBytes: 1000, ...calls });
  const server = createSecureServer({ allowHTTP1: true, key: pem, cert: pem }, handler);
  const port = await listen(server);
  const session = connect(`https://127.0.0.1:${port}`, { ca: pem });
  running.push(session);
  expect((await exchange(session, (stream) => stream.end(text))).status).toBe(204);
  const post = (body: string) =>
    new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const options = { port, path, method: 'POST', ca: pem, agent: false, host: '127.0.0.1' };
      const sent = httpsRequest(options, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers.connection]);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  expect((await post(text))[0]).toBe(204);
  expect(await post('x'.repeat(2000))).toEqual([413, 'close']);
  expect(calls.onWebhook).toHaveBeenCalledTimes(2);
});
