import { rmSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servers, temporary } from './commands.js';
import { deliveries } from './deliveries.js';
import { type RunningServer, start } from './start.js';

// servers.spec.ts plays the same by HTTP/1.1.
let server: RunningServer;
let session: ClientHttp2Session;
beforeAll(async () => {
  const example = servers['HTTP/2'];
  if (!example) throw new Error('There is no such example');
  await example.prepare?.();
  server = await start(example.command);
  session = connect(server.base);
});
afterAll(async () => {
  session.destroy();
  await server.stop();
  rmSync(temporary, { recursive: true });
});

/** A body without Content-Length is what HTTP/2 sends by default. */
async function post(
  path: string,
  body: string,
  { method = 'POST', type, chunked = false }: { method?: string; type?: string; chunked?: boolean },
): Promise<Response> {
  const stream = session.request({
    ':method': method,
    ':path': path,
    ...(type !== undefined && { 'content-type': type }),
    ...(!chunked && { 'content-length': Buffer.byteLength(body) }),
  });
  const status = new Promise<number>((resolve, reject) => {
    stream.on('response', (headers) => resolve(Number(headers[':status'])));
    stream.on('error', reject);
  });
  stream.end(method === 'GET' ? undefined : body);
  const received = await text(stream);
  return new Response(received || null, { status: await status });
}

test.each(Object.entries(deliveries))('%s', async (_, deliver) => {
  await deliver({ post: (path, body, init = {}) => post(path, body, init), stored: server.stored });
});

test('prints no warning', () => {
  expect(server.output()).not.toContain('Warning');
});
