import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { token } from './deliveries.js';
import { examples, type RunningServer, runInNode, start } from './start.js';

let server: RunningServer;
beforeAll(async () => {
  server = await start(() => runInNode(join(examples, 'fastify.ts')));
});
afterAll(() => server.stop());

const post = (path: string, type: string, body: string): Promise<Response> =>
  fetch(new URL(path, server.base), { method: 'POST', headers: { 'content-type': type }, body });

test('other routes get their JSON body', async () => {
  const response = await post('/orders', 'application/json', '{"Id":"order-1"}');
  expect(await response.json()).toEqual({ received: { Id: 'order-1' } });
  expect((await post('/orders', 'application/json', '{')).status).toBe(400);
  expect((await post('/orders', 'application/xml', '<a/>')).status).toBe(415);
});

test('the log shows each request, and no token', async () => {
  expect((await post(`/mews?Token=${token}`, 'text/plain', '{}')).status).toBe(400);
  expect((await post(`/mewz?Token=${token}`, 'text/plain', '{}')).status).toBe(404);
  expect((await post(`/%zz?Token=${token}`, 'text/plain', '{}')).status).toBe(400);
  await expect.poll(server.output).toContain('"url":"/mewz"');
  expect(server.output()).toContain('"url":"/mews"');
  expect(server.output()).not.toContain(token);
});
