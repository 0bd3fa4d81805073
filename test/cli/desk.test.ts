import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FetchedEntity, fetchEntities } from '../../src/fetch/index.js';
import { createNodeHandler } from '../../src/http/node.js';
import type { GeneralWebhook } from '../../src/index.js';
import { startConnectorMock } from '../../src/testing/index.js';
import { closeServer, listen } from '../../src/testing/listen.js';
import { cli, startListen } from './terminal.js';

test('what listen records and send repeats arrives as rows in a worker', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-desk-'));
  const recording = join(folder, 'deliveries.jsonl');
  const mock = await startConnectorMock({
    integrations: [{ integrationId: 'i', enterpriseIds: ['e'] }],
  });
  await mock.put('Customer', { Id: 'c1', LastName: 'Smith' });
  await mock.put('Payment', { Id: 'p1' });
  await mock.put('Message', { Id: 'm1', MessageThreadId: 't1' });

  // In one terminal listen --record, in another send.
  const listener = await startListen(['--record', recording]);
  const ids = ['--enterprise', 'e', '--integration', 'i'];
  const events = [
    ['--event', 'CustomerAdded', '--event', 'CustomerUpdated', '--id', 'c1'],
    ['--event', 'PaymentUpdated', '--id', 'p1'],
    ['--event', 'MessageAdded', '--id', 'm1'],
  ];
  for (const options of events) {
    expect((await cli(['send', listener.url, ...ids, ...options])).code).toBe(0);
  }
  await listener.end();

  // Then send --file into a worker that fetches from the mock.
  const queue: GeneralWebhook[] = [];
  const server = createServer(
    createNodeHandler({ token: 'secret', onWebhook: (webhook) => queue.push(webhook) }),
  );
  const port = await listen(server, 0);
  const { code } = await cli([
    'send',
    `http://127.0.0.1:${port}/?Token=secret`,
    '--file',
    recording,
  ]);
  expect(code).toBe(0);
  const { entities, retries, rejections } = await fetchEntities(queue, {
    connectionOf: mock.connectionOf,
    messageThreadIdsOf: () => ['t1'],
  });
  await Promise.all([closeServer(server), mock.close()]);
  rmSync(folder, { recursive: true });

  expect([retries, rejections]).toEqual([[], []]);
  const rows = entities.map(({ entity, EnterpriseId, row }: FetchedEntity) => ({
    entity,
    EnterpriseId,
    row,
  }));
  expect(rows).toHaveLength(3);
  expect(rows).toEqual(expect.arrayContaining(mock.rows()));
});
