// What receivers and workers share: a pg-boss queue of webhooks, and tables for what came of them.
import pg from 'pg';
import PgBoss from 'pg-boss';
import type { EntityRow } from '../../fetch-entities.js';
import { instantOf, type Waiting } from '../../queue-batch.js';

const connection = {
  host: '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  database: process.env.PGDATABASE ?? 'postgres',
};

export const queueName = 'mews';

/** A batch takes as long as its retries; a worker that was killed is replaced after this time. */
const expireInSeconds = Number(process.env.EXPIRE_SECONDS ?? 600);

export function openPool(): pg.Pool {
  const pool = new pg.Pool({ ...connection, connectionTimeoutMillis: 2000 });
  // Queries fail on their own; without a listener the process would end.
  pool.on('error', () => undefined);
  return pool;
}

export async function openBoss(pool: pg.Pool): Promise<PgBoss> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  try {
    // Until it commits, the lock keeps processes that start together from creating the tables and the
    // queue together, which can end in a deadlock.
    await client.query(`
      BEGIN;
      SELECT pg_advisory_xact_lock(20260601);
      CREATE TABLE IF NOT EXISTS mews_entities (
        enterprise text,
        entity text,
        id text,
        instant text COLLATE "C" NOT NULL,
        row text NOT NULL,
        PRIMARY KEY (enterprise, entity, id)
      );
      CREATE TABLE IF NOT EXISTS mews_aside (reason text NOT NULL, webhook text NOT NULL);
    `);
    const boss = new PgBoss({
      ...connection,
      max: 4,
      maintenanceIntervalSeconds: Math.min(60, expireInSeconds),
    });
    boss.on('error', () => undefined);
    await boss.start();
    await boss.createQueue(queueName, { name: queueName });
    await client.query('COMMIT');
    return boss;
  } finally {
    client.release(true);
  }
}

/** Has the webhook in the database when it resolves. One webhook is one job: nothing is merged. */
export async function enqueue(
  boss: PgBoss,
  { webhook, attempts }: Waiting,
  startAfter = 0,
): Promise<void> {
  const options = {
    startAfter,
    expireInSeconds,
    retryLimit: 1_000_000,
    retryDelay: 1,
    retentionDays: 30,
  };
  const id = await boss.send(queueName, { webhook, attempts }, options);
  if (id === null) throw new Error('pg-boss took no job');
}

/** Stores rows; an older state never replaces a newer one, whichever worker comes last. */
export async function storeRows(pool: pg.Pool, rows: readonly EntityRow[]): Promise<void> {
  // One statement for all rows; it takes an entity once, and so the latest of those that came.
  const latest = new Map<string, EntityRow>();
  for (const item of rows) {
    const key = JSON.stringify([item.EnterpriseId, item.entity, item.row.Id]);
    const other = latest.get(key);
    if (other === undefined || instantOf(item) >= instantOf(other)) latest.set(key, item);
  }
  const items = [...latest.values()];
  // The order keeps two workers from waiting for each other's rows.
  await pool.query(
    `INSERT INTO mews_entities
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
     ORDER BY 1, 2, 3
     ON CONFLICT (enterprise, entity, id) DO UPDATE
     SET instant = excluded.instant, row = excluded.row
     WHERE excluded.instant >= mews_entities.instant`,
    [
      items.map(({ EnterpriseId }) => EnterpriseId),
      items.map(({ entity }) => entity),
      items.map(({ row }) => row.Id),
      items.map(instantOf),
      items.map(({ row }) => JSON.stringify(row)),
    ],
  );
}
