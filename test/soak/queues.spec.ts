import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GeneralWebhook } from 'mews-webhooks';
import { checkReceiver } from 'mews-webhooks/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { EntityRow } from '../../examples/fetch-entities.js';
import { instantOf } from '../../examples/queue-batch.js';
import { openDatabase, openStore } from '../../examples/queues/sqlite/store.js';
import { freePort } from '../support.js';
import { type Environment, output, Process, script, until } from './processes.js';
import { listens, startPostgres, startRedis } from './services.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mews-queues-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const webhook: GeneralWebhook = {
  EnterpriseId: 'e',
  IntegrationId: 'i',
  Events: [{ Discriminator: 'PaymentUpdated', Value: { Id: 'p' } }],
  UnknownEvents: [],
};

async function startReceiver(path: string, env: Environment) {
  const port = await freePort();
  // Nothing listens there: what is stored stays in the queue.
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const receiver = new Process(
    script(`examples/${path}`, {
      MEWS_TOKEN: 's3cret',
      MEWS_CLIENT_TOKEN: 'c',
      MEWS_ACCESS_TOKENS: '{"i":"a"}',
      MEWS_PLATFORM_ADDRESS: nowhere,
      PORT: String(port),
      ...env,
    }),
  );
  receiver.start();
  cleanups.push(() => receiver.end('SIGKILL'));
  await until('the receiver listens', 30_000, () => listens(port));
  const url = `http://127.0.0.1:${port}/?Token=s3cret`;
  const post = async () => {
    const start = Date.now();
    const body = new TextEncoder().encode(JSON.stringify(webhook));
    const { status } = await fetch(url, { method: 'POST', body });
    return { status, ms: Date.now() - start };
  };
  /** Lets the receiver check of the library play Mews. */
  const faults = async () =>
    (await checkReceiver(url)).results.filter(({ status }) => status === 'fail');
  return { receiver, post, faults };
}

/** States of one entity, from old to new; their texts sort otherwise. */
const states = [
  '2026-01-01T10:00:00+02:00',
  '2026-01-01T08:00:00.001Z',
  '2026-01-01T08:00:00.0010001Z',
  '2026-01-01T08:00:00.01Z',
  '2026-01-01T07:30:00-01:00',
].map(
  (UpdatedUtc): EntityRow => ({
    EnterpriseId: 'e',
    entity: 'Payment',
    row: { Id: 'p', UpdatedUtc },
  }),
);
const [oldest, newest] = [states.slice(0, 1), states.slice(-1)];

it('compares instants, not texts', () => {
  const instants = states.map(instantOf);
  expect([...instants].sort()).toEqual(instants);
  expect(new Set(instants).size).toBe(states.length);
});

describe('never writes an older state over a newer one', () => {
  const shown = (lines: string) => lines.split('\n').filter((line) => line.includes('"entities"'));

  it('in SQLite', async () => {
    const DATABASE = join(newFolder(), 'queue.db');
    const store = openStore(DATABASE);
    store.finish([], { rows: oldest, again: [], aside: [] });
    store.finish([], { rows: newest, again: [], aside: [] });
    store.finish([], { rows: oldest, again: [], aside: [] });
    const [line] = shown(await output(script('examples/queues/sqlite/print.ts', { DATABASE })));
    expect(line).toContain('07:30:00-01:00');
  });

  it('in Redis', async () => {
    const { env, stop } = await startRedis(newFolder());
    cleanups.push(stop);
    Object.assign(process.env, env);
    const { openRedis, patient, storeRows } = await import('../../examples/queues/bullmq/queue.js');
    const redis = openRedis(patient);
    cleanups.push(() => redis.disconnect());
    for (const rows of [oldest, newest, oldest]) await storeRows(redis, rows);
    const [line] = shown(await output(script('examples/queues/bullmq/print.ts', env)));
    expect(line).toContain('07:30:00-01:00');
  });

  it('in PostgreSQL', async () => {
    const { env, stop } = await startPostgres(newFolder());
    cleanups.push(stop);
    Object.assign(process.env, env);
    const { openBoss, openPool, storeRows } = await import(
      '../../examples/queues/pg-boss/queue.js'
    );
    const pool = openPool();
    cleanups.push(() => pool.end());
    const boss = await openBoss(pool);
    cleanups.push(() => boss.stop({ graceful: false, wait: true }));
    for (const rows of [oldest, newest, oldest]) await storeRows(pool, rows);
    const [line] = shown(await output(script('examples/queues/pg-boss/print.ts', env)));
    expect(line).toContain('07:30:00-01:00');
  });
});

describe('answers 503 in time while it can store nothing, and 204 afterwards', () => {
  it('SQLite, locked by someone else', async () => {
    const DATABASE = join(newFolder(), 'queue.db');
    const { post, faults } = await startReceiver('queues/sqlite/start.ts', { DATABASE });
    expect(await faults()).toEqual([]);
    const other = openDatabase(DATABASE);
    cleanups.push(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(refused.ms).toBeLessThan(5000);
    other.exec('ROLLBACK');
    expect((await post()).status).toBe(204);
  });

  it.each([
    ['Redis', 'queues/bullmq/receiver.ts', startRedis],
    ['PostgreSQL', 'queues/pg-boss/receiver.ts', startPostgres],
  ] as const)('%s, gone', async (_, path, start) => {
    const { env, crash, stop } = await start(newFolder());
    cleanups.push(stop);
    const { post, faults } = await startReceiver(path, env);
    expect(await faults()).toEqual([]);
    const back = crash(6000);
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(refused.ms).toBeLessThan(5000);
    await back;
    expect((await post()).status).toBe(204);
  });
});

describe('SQLite', () => {
  it('has what was answered with 204 after a SIGKILL', async () => {
    const DATABASE = join(newFolder(), 'queue.db');
    const { receiver, post } = await startReceiver('queues/sqlite/start.ts', { DATABASE });
    expect((await post()).status).toBe(204);
    await receiver.end('SIGKILL');
    const { waiting } = openStore(DATABASE).take(10);
    expect(waiting).toEqual([{ webhook, attempts: 0 }]);
  });

  it('puts a spoiled row aside with its error, and goes on with the others', async () => {
    const DATABASE = join(newFolder(), 'queue.db');
    const store = openStore(DATABASE);
    store.save(JSON.parse('{"EnterpriseId":"e","Events":7}'));
    store.save(webhook);
    expect(store.take(10).waiting).toEqual([{ webhook, attempts: 0 }]);
    const lines = await output(script('examples/queues/sqlite/print.ts', { DATABASE }));
    expect(lines).toContain(
      '"reason":"WebhookParseError: IntegrationId: expected non-empty string',
    );
  });
});
