import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servers, temporary } from './commands.js';
import { deliveries, expectReady, postTo, token } from './deliveries.js';
import { type RunningServer, start } from './start.js';

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe.each(Object.entries(servers))('%s', (_, { prepare, command, without }) => {
  let server: RunningServer;

  beforeAll(async () => {
    await prepare?.();
    server = await start(command);
  });
  afterAll(() => server.stop());

  test.each(Object.entries(deliveries).filter(([name]) => name !== without))(
    '%s',
    async (_, deliver) => {
      await deliver({ post: postTo(server.base), stored: server.stored });
    },
  );

  test('prints why it refused a request, and no token', () => {
    expect(server.output()).toMatch(/401 '?token/);
    expect(server.output()).toMatch(/400 '?invalid'? .*Events\[0\]/);
    const tooLarge = server.output().match(/413 '?too_large/g);
    expect(tooLarge).toHaveLength(without === undefined ? 2 : 1);
    expect(server.output()).not.toContain(token);
  });

  test('passes the receiver check', () => expectReady(server.base));

  test('does not start without a token', async () => {
    const started = start(command, { MEWS_TOKEN: undefined });
    await expect(started).rejects.toThrow('MEWS_TOKEN is not set');
  });
});
