import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import { resolveOptions } from '../../src/fetch/options.js';
import { send } from '../../src/fetch/send.js';
import { planFetches } from '../../src/plan.js';
import { toHttpRequest } from '../../src/request.js';
import { serve } from './server.js';
import {
  accessToken,
  clientToken,
  connection,
  optionsOf,
  payments,
  rowsOf,
  webhookOf,
} from './webhooks.js';

const webhook = webhookOf(payments('p'));
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('a request takes no longer than timeoutMs', () => {
  const never = new Promise<never>(() => {});
  test.each([
    ['no response', () => never, null],
    ['a body that does not come', () => new Response(new ReadableStream()), 200],
    [
      'a refusal whose body does not come',
      () => new Response(new ReadableStream(), { status: 500 }),
      500,
    ],
  ] as const)('%s, from a fetch that ignores its signal', async (_, respond, status) => {
    const { retries } = await fetchEntities(webhook, { ...optionsOf(respond), timeoutMs: 20 });
    expect(retries).toMatchObject([{ webhook, reason: 'timeout', status }]);
  });

  test('a refusal keeps its meaning when only its body does not come', async () => {
    const options = optionsOf(() => new Response(new ReadableStream(), { status: 401 }));
    const { rejections } = await fetchEntities(webhook, { ...options, timeoutMs: 20 });
    expect(rejections).toMatchObject([{ reason: 'unauthorized', status: 401 }]);
  });

  test.each([
    ['that trickles', 10, 'x'],
    ['that is endless', 0, 'x'.repeat(65_536)],
  ])('a body %s, over the wire, which is cancelled', async (_, everyMs, piece) => {
    let closed = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { 'Request-Id': 'q' });
      const timer = setInterval(() => response.write(piece), everyMs);
      response.on('close', () => {
        clearInterval(timer);
        closed();
      });
    });
    const { retries } = await fetchEntities(webhook, {
      connectionOf: () => server,
      timeoutMs: 5000,
    });
    expect(retries).toMatchObject([{ reason: 'timeout', status: 200, requestId: 'q' }]);
    await isClosed;
  });

  test('and leaves no timer and no listener behind', async () => {
    const before = timers();
    const { signal } = new AbortController();
    await fetchEntities(webhook, { ...optionsOf(), signal });
    await fetchEntities(webhook, { ...optionsOf(() => Promise.reject(new Error())), signal });
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a signal ends the call with its reason', () => {
  const reason = new Error('shutting down');
  const never = new Promise<never>(() => {});

  test('before it begins', async () => {
    const options = optionsOf();
    const signal = AbortSignal.abort(reason);
    await expect(fetchEntities(webhook, { ...options, signal })).rejects.toBe(reason);
    await expect(fetchEntities([], { ...options, signal })).rejects.toBe(reason);
    expect(options.received).toEqual([]);
  });

  test.each([
    ['a request is on its way', optionsOf(() => never)],
    ['a body is on its way', optionsOf(() => new Response(new ReadableStream()))],
    ['a callback takes its time', { ...optionsOf(), connectionOf: () => never }],
  ])('while %s', async (_, options) => {
    const before = timers();
    const controller = new AbortController();
    const call = fetchEntities(webhook, { ...options, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(call).rejects.toBe(reason);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('and with it the request', async () => {
    const controller = new AbortController();
    let aborted: Promise<unknown> = never;
    const call = fetchEntities(webhook, {
      ...optionsOf(),
      signal: controller.signal,
      fetch: (_, { signal }) => {
        aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        controller.abort(reason);
        return never;
      },
    });
    await expect(call).rejects.toBe(reason);
    await aborted;
  });

  test('and nothing is sent after it', async () => {
    const controller = new AbortController();
    const options = optionsOf((request) => {
      controller.abort(reason);
      return rowsOf(request);
    });
    const batch = webhookOf([
      ...payments('p'),
      { Discriminator: 'CustomerAdded', Value: { Id: 'c' } },
    ]);
    const call = fetchEntities(batch, { ...options, signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(options.received).toHaveLength(1);
  });

  test('and no callback is asked after it', async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    const options = optionsOf(() => {
      controller.abort(reason);
      return new Response('{}', { status: 400 });
    });
    const batch = ['e', 'f'].map((EnterpriseId) => webhookOf(payments('p', 'q'), { EnterpriseId }));
    const call = fetchEntities(batch, {
      ...options,
      connectionOf: (_, enterpriseId) => {
        asked.push(enterpriseId);
        return connection;
      },
      signal: controller.signal,
    });
    await expect(call).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(options.received).toHaveLength(1);
    expect(asked).toEqual(['e']);
  });

  test('and nothing is sent when a callback aborts it', async () => {
    const controller = new AbortController();
    const options = optionsOf();
    const extraOf = () => {
      controller.abort(reason);
      return {};
    };
    const call = fetchEntities(webhook, { ...options, extraOf, signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(options.received).toEqual([]);
  });

  test('and a request leaves no listener on the signal of its call', async () => {
    const { signal } = new AbortController();
    const [request] = planFetches(webhook);
    if (request?.kind !== 'ready') throw new Error('no request for payments');
    const reply = await send(
      toHttpRequest(request, connection),
      resolveOptions(optionsOf()),
      signal,
    );
    expect(reply.status).toBe(200);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('without a reason with the AbortError of the runtime', async () => {
    const signal = AbortSignal.abort();
    await expect(fetchEntities(webhook, { ...optionsOf(), signal })).rejects.toBe(signal.reason);
  });
});

describe('over the wire', () => {
  test('a connection that is reset or refused is a network error', async () => {
    const reset = await serve((request) => request.socket.destroy());
    const { retries } = await fetchEntities(webhook, { connectionOf: () => reset });
    expect(retries).toMatchObject([{ reason: 'network_error', status: null }]);
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('{');
      setTimeout(() => response.destroy(), 5);
    });
    const other = await fetchEntities(webhook, { connectionOf: () => cut });
    expect(other.retries).toMatchObject([{ reason: 'network_error', status: 200 }]);
  });

  test('a redirect is not followed', async () => {
    let asked = 0;
    const target = await serve((_, response) => {
      asked += 1;
      response.end('{}');
    });
    const redirecting = await serve((_, response) => {
      response.writeHead(307, { Location: target.platformAddress }).end();
    });
    const { retries } = await fetchEntities(webhook, { connectionOf: () => redirecting });
    expect(retries).toMatchObject([{ reason: 'server_error', status: 307 }]);
    expect(asked).toBe(0);
  });
});

describe('nothing that is told holds a secret', () => {
  const tell = (Message: unknown, headers: Record<string, string> = {}) =>
    fetchEntities(webhook, {
      ...optionsOf(() => Response.json({ Message, RequestId: Message }, { status: 404, headers })),
      connectionOf: () => connection,
    });

  test.each([
    [`AccessToken ${accessToken} is invalid`],
    [`${'x'.repeat(490)}${clientToken}`],
    [JSON.stringify({ ClientToken: clientToken })],
    [''],
    [7],
    [{ Message: 'text' }],
    [null],
  ])('%j is no detail and no request id', async (message) => {
    const { rejections } = await tell(message);
    expect(rejections).toMatchObject([{ detail: null, requestId: null }]);
  });

  test('a header that repeats a token is no request id', async () => {
    const { rejections } = await tell('Not found.', { 'Request-Id': accessToken });
    expect(rejections).toMatchObject([{ detail: 'Not found.', requestId: null }]);
  });

  test('a short token of a test hides only where it is a word of its own', async () => {
    const connectionOf = () => ({ ...connection, accessToken: 'a', clientToken: 'c' });
    const detailOf = async (Message: string) => {
      const options = optionsOf(() => Response.json({ Message }, { status: 404 }));
      const { rejections } = await fetchEntities(webhook, { ...options, connectionOf });
      return rejections[0]?.detail;
    };
    expect(await detailOf('Invalid access.')).toBe('Invalid access.');
    expect(await detailOf('Invalid token: "a".')).toBeNull();
  });

  test('a long message is cut off', async () => {
    const { rejections } = await tell('x'.repeat(100_000));
    expect(rejections[0]?.detail).toBe('x'.repeat(500));
  });

  test('what the fetch of the caller throws is not handed on', async () => {
    const { retries } = await fetchEntities(webhook, {
      ...optionsOf(),
      fetch: (url, { body }) => Promise.reject(new Error(`${url} ${body}`)),
    });
    expect(JSON.stringify(retries)).not.toMatch(/may-see|example\.com/);
  });
});
