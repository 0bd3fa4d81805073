import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNodeHandler, type HandlerOptions } from '../../src/http/node.js';
import {
  callbacks,
  dial,
  head,
  listen,
  message,
  path,
  post,
  rejections,
  secret,
  text,
  webhook,
} from './server.js';

const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

vi.setConfig({ testTimeout: 60_000 });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function start(options: Partial<HandlerOptions> = {}) {
  const calls = callbacks();
  const handler = createNodeHandler({ token: secret, ...calls, ...options });
  return { ...calls, handler, ...(await listen(handler)) };
}

describe('a body, however it comes', () => {
  test('without a content type', async () => {
    const { port, onWebhook } = await start();
    const response = await post(port);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
  });

  test('chunked, a byte at a time, and the connection is kept', async () => {
    const { port, onWebhook } = await start({ timeoutMs: 60_000 });
    const { socket, received } = dial(port);
    socket.setNoDelay(true);
    for (const close of ['keep-alive', 'close']) {
      socket.write(head('Transfer-Encoding: chunked', `Connection: ${close}`));
      for (const byte of text) {
        socket.write(`1\r\n${byte}\r\n`);
        await sleep(0);
      }
      socket.write('0\r\n\r\n');
    }
    expect((await received).match(/HTTP\/1.1 204/g)).toHaveLength(2);
    expect(onWebhook).toHaveBeenCalledTimes(2);
  });

  test('as text, where somebody set an encoding', async () => {
    const { handler, onWebhook } = await start();
    const { port } = await listen((request, response) => {
      request.setEncoding('utf8');
      void handler(request, response);
    });
    expect((await post(port)).status).toBe(204);
    expect(onWebhook).toHaveBeenCalledOnce();
  });

  test('with a Content-Length that is too short: what follows is not a request', async () => {
    const { port, onWebhook, onRefused } = await start();
    const { socket, received } = dial(port);
    socket.end(head('Content-Length: 10') + text);
    expect(await received).toMatch(/^HTTP\/1.1 400/);
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onRefused).toHaveBeenCalledOnce();
  });

  test('with a Content-Length that is too long: 408, and the connection is closed', async () => {
    const { port, onWebhook } = await start({ timeoutMs: 50 });
    const { socket, received } = dial(port);
    socket.write(head(`Content-Length: ${text.length + 1}`) + text);
    expect(await received).toMatch(/^HTTP\/1.1 408[\s\S]*connection: close/i);
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test('without a value of the body in the response', async () => {
    const { port } = await start();
    const response = await post(
      port,
      '{"EnterpriseId":{"AccessToken":"value-1"},"Events":"value-2"}',
    );
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json');
    const sent = `${JSON.stringify([...response.headers])} ${await response.text()}`;
    expect(sent).toContain('"code":"invalid_webhook"');
    expect(sent).not.toMatch(new RegExp(`value-|${secret}|/mews`));
  });
});

describe('what is no delivery', () => {
  test.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])('%s is 405', async (method) => {
    const { port, onWebhook } = await start();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test.each(['/', '/?Token=wrong', `${path}&Token=${secret}`, `/?token=${secret}`])(
    '%s is 401',
    async (to) => {
      const { port, onWebhook } = await start();
      const response = await post(port, text, to);
      expect([response.status, await response.text()]).toEqual([401, '']);
      expect(onWebhook).not.toHaveBeenCalled();
    },
  );

  test('a refused delivery leaves the connection usable', async () => {
    const { port } = await start();
    const { socket, received } = dial(port);
    const length = `Content-Length: ${text.length}`;
    socket.write(head(length).replace(secret, 'wrong') + text);
    socket.write(head(length, 'Connection: close') + text);
    expect(await received).toMatch(/^HTTP\/1.1 401[\s\S]*HTTP\/1.1 204/);
  });
});

describe('a connection', () => {
  test('with ten deliveries in the pipeline answers each, in order', async () => {
    const { port, onWebhook } = await start();
    const { socket, received } = dial(port);
    const length = `Content-Length: ${text.length}`;
    const one = head(length) + text;
    const wrong = one.replace(secret, 'x'.repeat(secret.length));
    socket.write(one.repeat(4) + wrong + one.repeat(4) + head(length, 'Connection: close') + text);
    const statuses = (await received).match(/(?<=HTTP\/1.1 )\d+/g)?.map(Number);
    expect(statuses).toEqual([204, 204, 204, 204, 401, 204, 204, 204, 204, 204]);
    expect(onWebhook).toHaveBeenCalledTimes(9);
  });

  test('whose sender waits for 100 Continue', async () => {
    const { port } = await start();
    const { socket, received } = dial(port);
    socket.write(
      head(`Content-Length: ${text.length}`, 'Expect: 100-continue', 'Connection: close'),
    );
    socket.once('data', () => socket.write(text));
    expect(await received).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 204/);
  });

  test.each([
    ['-1', 400],
    ['5, 5', 400],
    ['9'.repeat(15), 413],
  ])('with a Content-Length of %s gets %s, and nothing is stored', async (length, status) => {
    const { port, onWebhook } = await start();
    const { socket, received } = dial(port);
    socket.write(head(`Content-Length: ${length}`) + text);
    expect((await received).slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(onWebhook).not.toHaveBeenCalled();
  });
});

describe('a body over maxBytes', () => {
  test('that says so is refused unread', async () => {
    const { port, onWebhook } = await start({ maxBytes: 1000 });
    const { socket, received } = dial(port);
    socket.write(head('Content-Length: 1001'));
    expect(await received).toMatch(/^HTTP\/1.1 413[\s\S]*connection: close/i);
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test.each(['content-length', 'chunked'])(
    'by the megabyte (%s): answered, reading stops, memory stays flat',
    async (framing) => {
      const { port, server } = await start();
      let bytesRead = 0;
      server.on('connection', (socket) =>
        socket.on('close', () => {
          bytesRead += socket.bytesRead;
        }),
      );
      const before = process.memoryUsage().arrayBuffers;
      const size = 64 * 1024 * 1024;
      const { socket, received } = dial(port);
      const chunk = Buffer.alloc(65_536, 32);
      let sent = 0;
      const pump = () => {
        while (sent < size && !socket.destroyed) {
          sent += chunk.length;
          const piece =
            framing === 'chunked'
              ? Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')])
              : chunk;
          if (!socket.write(piece)) return;
        }
      };
      socket.on('drain', pump);
      // One byte less than the limit is declared nowhere: the body has to be counted.
      socket.write(
        head(framing === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`),
      );
      pump();
      expect(await received).toMatch(/^HTTP\/1.1 413[\s\S]*connection: close/i);
      await sleep(20);
      expect(bytesRead).toBeGreaterThan(0);
      expect(bytesRead).toBeLessThan(4 * 1024 * 1024);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
    },
  );

  test('is taken when it is exactly as large', async () => {
    const { port } = await start({ maxBytes: text.length });
    expect((await post(port)).status).toBe(204);
    expect((await post(port, `${text} `)).status).toBe(413);
  });
});

describe('a client that fails in mid-body', () => {
  test('by stalling: 408 at timeoutMs', async () => {
    const { port, onWebhook } = await start({ timeoutMs: 60 });
    const { socket, received } = dial(port);
    const begun = Date.now();
    socket.write(`${head('Content-Length: 100')}{`);
    expect(await received).toMatch(/^HTTP\/1.1 408/);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(55);
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test('by a byte now and then: 408 all the same', async () => {
    const { port } = await start({ timeoutMs: 60 });
    const { socket, received } = dial(port);
    socket.write(head('Content-Length: 100'));
    const drip = setInterval(() => socket.write(' '), 10);
    expect(await received).toMatch(/^HTTP\/1.1 408/);
    clearInterval(drip);
  });

  test('by closing: the handler ends, and nothing is stored', async () => {
    const { handler, onWebhook, onRefused } = await start();
    const ended = vi.fn();
    const { port } = await listen((request, response) => {
      void handler(request, response).then(ended);
      setTimeout(() => socket.destroy(), 10);
    });
    const { socket, received } = dial(port);
    socket.write(`${head('Content-Length: 100')}{`);
    await received;
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect(onRefused).toHaveBeenCalledExactlyOnceWith({
      status: 400,
      reason: 'aborted',
      error: null,
    });
    expect(onWebhook).not.toHaveBeenCalled();
  });

  test('by closing before the handler runs: it is reported as such', async () => {
    const { handler, onRefused } = await start();
    const { port } = await listen((request, response) => {
      request.on('error', () => {});
      request.on('close', () => void handler(request, response));
      request.resume();
      setTimeout(() => socket.destroy(), 10);
    });
    const { socket, received } = dial(port);
    socket.write(`${head('Content-Length: 100')}{`);
    await received;
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect(onRefused.mock.calls[0]?.[0].reason).toBe('aborted');
  });

  test('by half-closing after a whole body: that is a delivery', async () => {
    const { port, onWebhook } = await start();
    const { socket, received } = dial(port);
    socket.end(head(`Content-Length: ${text.length}`) + text);
    expect(await received).toMatch(/^HTTP\/1.1 204/);
    expect(onWebhook).toHaveBeenCalledOnce();
  });
});

describe('onWebhook', () => {
  test('that throws is 500, without what it threw', async () => {
    const fault = new Error('no connection to db.internal');
    const { port, onError } = await start({ onWebhook: () => Promise.reject(fault) });
    const response = await post(port);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(onError).toHaveBeenCalledExactlyOnceWith(fault);
  });

  test('that hangs is 503 at timeoutMs, and the connection is kept', async () => {
    const { port } = await start({ timeoutMs: 40, onWebhook: () => new Promise(() => {}) });
    const { socket, received } = dial(port);
    const length = `Content-Length: ${text.length}`;
    socket.write(head(length) + text + head(length, 'Connection: close') + text);
    expect((await received).match(/HTTP\/1.1 503/g)).toHaveLength(2);
  });
});

test('what a middleware keeps for its request is there in onWebhook, even after a late body', async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const { handler } = await start({ onWebhook: () => void seen.push(storage.getStore()) });
  const { port } = await listen((request, response) => {
    storage.run(`request ${seen.length}`, () => void handler(request, response));
  });
  await post(port);
  const { socket, received } = dial(port);
  socket.write(head(`Content-Length: ${text.length}`, 'Connection: close'));
  await sleep(20);
  socket.write(text);
  await received;
  expect(seen).toEqual(['request 0', 'request 1']);
});

test('1,000 deliveries at once: none is lost, none is handled twice', async () => {
  const seen: string[] = [];
  const { port } = await start({
    timeoutMs: 50_000, // a busy machine is not what is tested
    onWebhook: async (received) => {
      await sleep(Math.random() * 10);
      seen.push(received.EnterpriseId);
    },
  });
  const ids = Array.from({ length: 1000 }, (_, index) => `enterprise-${index}`);
  const statuses = await Promise.all(
    ids.map(async (EnterpriseId) => {
      const response = await post(port, JSON.stringify({ ...message, EnterpriseId }));
      return response.status;
    }),
  );
  expect(statuses.every((status) => status === 204)).toBe(true);
  expect(seen.sort()).toEqual(ids.sort());
});

test('one connection serves many deliveries', async () => {
  const { port, server, onWebhook } = await start();
  let connections = 0;
  server.on('connection', () => connections++);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let count = 0; count < 20; count++) {
    const response = await new Promise<IncomingMessage>((resolve) =>
      httpRequest({ port, host: '127.0.0.1', path, method: 'POST', agent }, resolve).end(text),
    );
    response.resume();
    await new Promise((resolve) => response.on('end', resolve));
    expect(response.statusCode).toBe(204);
  }
  agent.destroy();
  expect(connections).toBe(1);
  expect(onWebhook).toHaveBeenCalledTimes(20);
});

describe('a body that a parser read', () => {
  const parsers = {
    'express.json()': express.json(),
    'express.json(), any type': express.json({ type: () => true }),
    'express.raw(), any type': express.raw({ type: () => true }),
    'express.text(), any type': express.text({ type: () => true }),
  };
  for (const [title, parser] of Object.entries(parsers)) {
    test.each([undefined, 'application/json'])(`${title}, content type %s`, async (type) => {
      const { handler, onWebhook } = await start();
      const app = express();
      app.use(parser);
      app.post('/mews', handler);
      const { port } = await listen(app);
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        body: new TextEncoder().encode(text),
        ...(type === undefined ? {} : { headers: { 'content-type': type } }),
      });
      expect(response.status).toBe(204);
      expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
    });
  }

  test.each([undefined, null, {}, '', ' \n', Buffer.alloc(0)])(
    'and left %j in the place of what it skipped: the stream is read',
    async (body) => {
      const { handler, onWebhook } = await start();
      const { port } = await listen((request, response) => {
        void handler(Object.assign(request, { body }), response);
      });
      expect((await post(port)).status).toBe(204);
      expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
    },
  );

  test.each([
    ['gives an empty string', () => ''],
    [
      'throws',
      () => {
        throw new Error('Invalid JSON');
      },
    ],
  ])('and a getter that %s: the stream is read', async (_, get) => {
    const { handler, onWebhook } = await start();
    const { port } = await listen((request, response) => {
      Object.defineProperty(request, 'body', { get });
      void handler(request, response);
    });
    expect((await post(port)).status).toBe(204);
    expect(onWebhook).toHaveBeenCalledOnce();
  });

  test('and left an object that throws when it is read is 400 where the stream is read, too', async () => {
    const { handler, onRefused } = await start();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { port } = await listen(async (request, response) => {
      for await (const _ of request);
      await handler(Object.assign(request, { body: proxy }), response);
    });
    expect((await post(port)).status).toBe(400);
    expect(onRefused.mock.calls[0]?.[0].error?.code).toBe('invalid_webhook');
  });

  test('and lost is 400, and the error says that it was read before', async () => {
    const { handler, onRefused } = await start();
    const { port } = await listen(async (request, response) => {
      for await (const _ of request);
      await handler(request, response);
    });
    const response = await post(port);
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'missing_body' }]);
    const [refusal] = onRefused.mock.calls[0] ?? [];
    expect(refusal).toMatchObject({ status: 400, reason: 'invalid' });
    expect(refusal?.error?.message).toMatch(/read before this handler .* middleware/);
  });

  test('and left {} or "" of a stream that is read is missing_body', async () => {
    for (const body of [{}, '']) {
      const { handler, onRefused } = await start();
      const { port } = await listen(async (request, response) => {
        for await (const _ of request);
        await handler(Object.assign(request, { body }), response);
      });
      expect((await post(port)).status).toBe(400);
      expect(onRefused.mock.calls[0]?.[0].error?.code).toBe('missing_body');
    }
  });

  test.each([message, text, Buffer.from(text)])('is taken before the stream (%#)', async (body) => {
    const { handler, onWebhook } = await start();
    const { port } = await listen((request, response) => {
      void handler(Object.assign(request, { body }), response);
    });
    expect((await post(port, 'something else')).status).toBe(204);
    expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
  });

  test.each([text, Buffer.from(text)])('is refused over maxBytes (%#)', async (body) => {
    const { handler, onWebhook, onRefused } = await start({ maxBytes: 10 });
    const { port } = await listen((request, response) => {
      request.resume().on('end', () => {
        delete request.headers['content-length'];
        void handler(Object.assign(request, { body }), response);
      });
    });
    expect((await post(port)).status).toBe(413);
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onRefused.mock.calls[0]?.[0].reason).toBe('too_large');
  });

  test.each([undefined, 'application/json'])(
    'and decompressed is accepted, and compressed it is 415 (content type %s)',
    async (type) => {
      const { handler, onWebhook, onRefused } = await start();
      const app = express();
      app.post('/mews', express.json({ type: () => true }), handler);
      app.post('/plain', handler);
      const { port } = await listen(app);
      const send = (to: string) =>
        fetch(`http://127.0.0.1:${port}${to}?Token=${secret}`, {
          method: 'POST',
          body: gzipSync(text),
          headers: { 'content-encoding': 'gzip', ...(type && { 'content-type': type }) },
        });
      expect((await send('/mews')).status).toBe(204);
      expect(onWebhook.mock.calls[0]?.[0]).toEqual(webhook);
      const response = await send('/plain');
      expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
      expect(onRefused.mock.calls[0]?.[0]).toEqual({
        status: 415,
        reason: 'encoding',
        error: null,
      });
    },
  );
});

describe('a framework that changes the request', () => {
  test.each(['/', '/mews', '/hotels/:id'])('by mounting the handler at %s', async (mount) => {
    const { handler } = await start();
    const app = express();
    const router = express.Router();
    router.use(mount, handler);
    app.use('/api', router);
    const { port } = await listen(app);
    const to = `/api${mount.replace(':id', '5')}?Token=${secret}`;
    expect((await post(port, text, to)).status).toBe(204);
    expect((await post(port, text, to.replace(secret, 'other'))).status).toBe(401);
  });

  test('by leaving the query alone, or by losing it', async () => {
    const { handler } = await start();
    const { port } = await listen((request, response) => {
      const url = request.url?.replace('/mews', '');
      void handler(Object.assign(request, { url }), response);
    });
    expect((await post(port)).status).toBe(204);
    const lost = await listen((request, response) => {
      void handler(Object.assign(request, { originalUrl: request.url, url: '/' }), response);
    });
    expect((await post(lost.port)).status).toBe(204);
  });

  test('by pausing it before asynchronous work', async () => {
    const { handler, onWebhook } = await start();
    const { port } = await listen(async (request, response) => {
      request.pause();
      await sleep(20);
      void handler(request, response);
    });
    expect((await post(port)).status).toBe(204);
    expect(onWebhook).toHaveBeenCalledOnce();
  });

  test('by pieces that are no bytes: 400, and nothing is thrown into the void', async () => {
    const { handler, onRefused } = await start();
    const stream = Readable.from([{ an: 'object' }]);
    const request = Object.assign(stream, { method: 'POST', url: path, headers: {} });
    const response = { headersSent: false, writeHead: vi.fn(), end: vi.fn() };
    await handler(request, response);
    expect(response.writeHead).toHaveBeenCalledWith(400, expect.anything());
    expect(onRefused.mock.calls[0]?.[0].error?.code).toBe('invalid_webhook');
  });
});

test('a response that something else has sent stands', async () => {
  const { handler, onWebhook } = await start();
  const ended = vi.fn();
  const { port } = await listen((request, response) => {
    response.writeHead(418).end();
    void handler(request, response).then(ended);
  });
  expect((await post(port)).status).toBe(418);
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(onWebhook).toHaveBeenCalledOnce();
});

test('a request without headers, as a test makes one', async () => {
  const { handler } = await start();
  const response = { headersSent: false, writeHead: vi.fn(), flushHeaders: vi.fn(), end: vi.fn() };
  const request = { method: 'POST', url: path, body: message, readable: false };
  await handler({ ...request, on: vi.fn(), pause: vi.fn() }, response);
  expect(response.writeHead).toHaveBeenCalledExactlyOnceWith(204, {});
  expect(response.end).toHaveBeenCalledOnce();
});

test('a thousand senders that stall or send junk cost bounded memory, and hold up nobody', async () => {
  const { port, onWebhook, onRefused } = await start({ timeoutMs: 3000 });
  const before = process.memoryUsage();
  const senders = Array.from({ length: 1000 }, (_, index) => {
    const sender = dial(port);
    // Half of them promise a megabyte and stop after a kilobyte; the others send no JSON at all.
    const junk = 'x'.repeat(1024);
    const length = index % 2 === 0 ? 1_000_000 : junk.length;
    sender.socket.write(`${head(`Content-Length: ${length}`, 'Connection: close')}${junk}`);
    return sender;
  });
  const invalid = () => onRefused.mock.calls.filter(([{ reason }]) => reason === 'invalid');
  await vi.waitFor(() => expect(invalid()).toHaveLength(500), { timeout: 30_000 });
  expect((await post(port)).status).toBe(204);
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  expect(arrayBuffers - before.arrayBuffers).toBeLessThan(100e6);
  expect(heapUsed - before.heapUsed).toBeLessThan(200e6);
  const responses = await Promise.all(senders.map(({ received }) => received));
  expect(responses.filter((response) => response.includes(' 400 '))).toHaveLength(500);
  expect(responses.filter((response) => response.includes(' 408 '))).toHaveLength(500);
  expect(onWebhook).toHaveBeenCalledOnce();
});
