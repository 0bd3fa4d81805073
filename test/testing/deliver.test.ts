import { createServer as createTcpServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { tokensOf, withTokens } from '../../src/testing/address.js';
import { exchange } from '../../src/testing/exchange.js';
import { createWebhook, deliver } from '../../src/testing/index.js';
import { type Seen, startReceiver, stopReceivers } from './receivers.js';

afterAll(stopReceivers);

test('sends as Mews does: POST, JSON, no content type', async () => {
  const seen: Seen[] = [];
  const url = await startReceiver((request) => void seen.push(request));
  const message = createWebhook();
  const bytes = new TextEncoder().encode(JSON.stringify(message));
  for (const body of [message, JSON.stringify(message), bytes]) {
    expect(await deliver(new URL(url), body)).toMatchObject({
      ok: true,
      attempts: [{ status: 204, failure: null }],
    });
  }
  expect(seen.map(({ text }) => text)).toEqual(Array(3).fill(JSON.stringify(message)));
  expect(seen.map(({ request }) => [request.method, request.headers['content-type']])).toEqual(
    Array(3).fill(['POST', undefined]),
  );
});

test('sends again after a failure, and no more after a response with 2xx', async () => {
  const times: number[] = [];
  const url = await startReceiver(() => {
    times.push(performance.now());
    return times.length < 3 ? { status: 500 } : undefined;
  });
  const delivery = await deliver(url, createWebhook(), { retryDelaysMs: [50, 200, 50, 50] });
  expect(delivery.ok).toBe(true);
  expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 500, 204]);
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(49);
  expect(third - second).toBeGreaterThanOrEqual(199);
});

test('follows 308 with the body, five times at most', async () => {
  let hops = 0;
  const url = await startReceiver(({ url }) => {
    hops++;
    return url.includes('new')
      ? undefined
      : { status: 308, headers: { Location: '/new?Token=secret' } };
  });
  expect(await deliver(url, createWebhook())).toMatchObject({ ok: true });
  expect(hops).toBe(2);
  const circle = await startReceiver(({ url }) => {
    hops++;
    return { status: 307, headers: { Location: url } };
  });
  expect((await deliver(circle, createWebhook())).attempts[0].status).toBe(307);
  expect(hops).toBe(8);
});

test('a user name that does not decode is a failure in a redirect, and a TypeError in the URL', async () => {
  const url = await startReceiver(() => ({
    status: 307,
    headers: { Location: 'http://%zz@127.0.0.1:1/' },
  }));
  const result = await deliver(url, {});
  expect(result).toMatchObject({ ok: false, attempts: [{ status: 307, failure: null }] });
  for (const user of ['%zz', 'me:%zz']) {
    const error = await deliver(`http://${user}@127.0.0.1/?Token=hidden`, {}).catch(
      (error) => error,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^url: expected a user name/);
  }
});

test('a failure is a value that says why', async () => {
  const failureOf = async (url: string, timeoutMs = 5000) =>
    (await deliver(url, {}, { timeoutMs })).attempts[0].failure;
  expect(await failureOf('http://127.0.0.1:9/')).toBe('unreachable');
  expect(await failureOf((await startReceiver()).replace('http', 'https'))).toBe('tls');
  expect(await failureOf(await startReceiver(() => ({ instead: 'never' })), 500)).toBe('timeout');
  expect(await failureOf(await startReceiver(() => ({ instead: 'cut' })))).toBe('closed');
  expect(await failureOf(await startReceiver(() => ({ instead: 'stall' })))).toBe('endless');
});

test('a response that breaks off, and one that comes before the body is read', async () => {
  const responses = [
    'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
    'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  ];
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const response = responses.shift() ?? '';
      socket.write(response);
      if (response.includes('200')) setTimeout(() => socket.destroy(), 50);
      else socket.pause();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  expect((await deliver(url, 'x')).attempts[0].failure).toBe('closed');
  const large = await deliver(url, 'x'.repeat(5_000_000));
  expect(large.attempts[0].status).toBe(413);
  server.close();
});

test('changes the token of a query and nothing else', () => {
  const url = new URL('http://localhost/?a=%2F&Token=old&Token&%E0=b&%74oken=1&%54oken=2');
  expect(withTokens(url, 'Token', ['n w']).search).toBe('?a=%2F&%E0=b&%74oken=1&Token=n%20w');
});

test('a token that no URL can carry is a TypeError', () => {
  const url = new URL('http://localhost/');
  expect(() => withTokens(url, 'Token', ['\ud800'])).toThrow(/^token: expected well-formed/);
});

test('reads the tokens of a query, malformed ones as they are', () => {
  const url = new URL('http://localhost/?Token=a%20b&Token=%E0&token=c');
  expect(tokensOf(url, 'Token')).toEqual(['a b', '%E0']);
});

test('a method without a body sends no length', async () => {
  let length: string | undefined = '';
  const url = await startReceiver(({ request }) => {
    length = request.headers['content-length'];
    return undefined;
  });
  const result = await exchange({ url: new URL(url), method: 'GET', timeoutMs: 5000 });
  expect(result).toMatchObject({ kind: 'response', status: 405 });
  expect(length).toBeUndefined();
});
