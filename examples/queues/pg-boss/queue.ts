// The queue: one pg-boss job a webhook, and tables for what comes of it. The standard variables of
// PostgreSQL (PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE) say where it is.
import pg from 'pg';
import PgBoss from 'pg-boss';
import { type Outcome, type Queue, type StoredEntity, type Taken, toText } from './batch.js';
import { messageOf } from './log.js';
import { numberOf } from './settings.js';

interface TakenJob extends Taken {
  readonly id: string;
}

const queueName = 'mews';

const schema = `
  CREATE TABLE IF NOT EXISTS mews_entities (
    enterprise text,
    entity text,
    id text,
    version text COLLATE "C" NOT NULL,
    row text NOT NULL,
    PRIMARY KEY (enterprise, entity, id)
  );
  CREATE TABLE IF NOT EXISTS mews_dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created timestamptz NOT NULL DEFAULT now(),
    reason text NOT NULL,
    status integer,
    request_id text,
    detail text,
    webhook text NOT NULL
  );
`;

export async function openQueue(role: 'receiver' | 'worker'): Promise<Queue<TakenJob>> {
  // A receiver has to respond in time; the others rather wait.
  const connectionTimeoutMillis = role === 'receiver' ? 2000 : 10_000;
  const pool = new pg.Pool({ connectionTimeoutMillis, max: 4 });
  // Queries fail on their own; without a listener the process would end.
  pool.on('error', () => undefined);
  const jobOptions = {
    // When the jobs of a worker that was killed are given to another one.
    expireInSeconds: numberOf('EXPIRE_SECONDS', 600),
    retryLimit: 1_000_000,
    retryDelay: 1,
    retentionDays: 30,
  };
  const boss = await startBoss(pool, jobOptions.expireInSeconds);
  // Lets pg-boss work within the transaction of this client.
  const within = (client: pg.PoolClient) => ({
    db: { executeSql: (sql: string, values: unknown[]) => client.query(sql, values) },
  });
  // As text within JSON: PostgreSQL refuses JSON with an escaped NUL or half of a surrogate pair.
  const send = async (item: string, options: PgBoss.SendOptions) => {
    const id = await boss.send(queueName, { item }, { ...jobOptions, ...options });
    if (id === null) throw new Error('pg-boss accepted no job');
  };

  return {
    save: (webhook) => send(toText({ webhook, attempt: 1, notFound: 0 }), {}),
    async take(limit) {
      const jobs = await boss.fetch<unknown>(queueName, { batchSize: limit });
      return jobs.map(({ id, data }) => {
        const item = typeof data === 'object' && data !== null && 'item' in data ? data.item : data;
        return { id, item };
      });
    },
    async finish(taken, outcome) {
      await inTransaction(pool, async (client) => {
        await storeEntities(client, outcome.entities);
        await storeDeadLetters(client, outcome.deadLetters);
        for (const retry of outcome.retries) {
          const startAfter = Math.ceil(retry.afterMs / 1000);
          await send(toText(retry), { startAfter, ...within(client) });
        }
      });
      // Only now: the jobs of a worker that is killed before are done again.
      await boss.complete(
        queueName,
        taken.map(({ id }) => id),
      );
    },
    async deadLetters() {
      const { rows } = await pool.query<Outcome['deadLetters'][number] & { id: string }>(
        `SELECT id, reason, status, request_id AS "requestId", detail, webhook
         FROM mews_dead_letters ORDER BY id`,
      );
      return rows.map(({ id, ...letter }) => ({
        ...letter,
        remove: () => pool.query('DELETE FROM mews_dead_letters WHERE id = $1', [id]),
      }));
    },
    async close() {
      await boss.stop({ wait: true });
      await pool.end();
    },
  };
}

async function startBoss(pool: pg.Pool, expireInSeconds: number): Promise<PgBoss> {
  const boss = new PgBoss({ max: 4, maintenanceIntervalSeconds: Math.min(60, expireInSeconds) });
  let logged = 0;
  boss.on('error', (error) => {
    if (logged > Date.now() - 10_000) return;
    logged = Date.now();
    console.error('pg-boss:', messageOf(error));
  });
  // Until it commits, the lock keeps processes that start together from creating the tables and the
  // queue together, which can end in a deadlock.
  await inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(20260601)');
    await client.query(schema);
    await boss.start();
    await boss.createQueue(queueName, { name: queueName });
  });
  return boss;
}

async function inTransaction(
  pool: pg.Pool,
  run: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  let failed: Error | undefined;
  try {
    await client.query('BEGIN');
    await run(client);
    await client.query('COMMIT');
  } catch (error) {
    failed = error instanceof Error ? error : new Error('transaction failed');
    throw error;
  } finally {
    // With an error the pool closes the connection, which ends the transaction.
    client.release(failed);
  }
}

/** A row that overtook another one on its way never replaces it, whichever worker comes last. */
async function storeEntities(
  client: pg.PoolClient,
  entities: readonly StoredEntity[],
): Promise<void> {
  // One statement takes an entity once, and so the latest of those that came.
  const latest = new Map<string, StoredEntity>();
  for (const one of entities) {
    const entity = { ...one, enterprise: toStorable(one.enterprise), id: toStorable(one.id) };
    const key = JSON.stringify([entity.enterprise, entity.entity, entity.id]);
    const other = latest.get(key);
    if (other === undefined || entity.version >= other.version) latest.set(key, entity);
  }
  const rows = [...latest.values()];
  // The order keeps two workers from waiting for each other's rows.
  await client.query(
    `INSERT INTO mews_entities (enterprise, entity, id, version, row)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
     ORDER BY 1, 2, 3
     ON CONFLICT (enterprise, entity, id) DO UPDATE
     SET version = excluded.version, row = excluded.row
     WHERE excluded.version >= mews_entities.version`,
    [
      rows.map(({ enterprise }) => enterprise),
      rows.map(({ entity }) => entity),
      rows.map(({ id }) => id),
      rows.map(({ version }) => version),
      rows.map(({ row }) => row),
    ],
  );
}

async function storeDeadLetters(
  client: pg.PoolClient,
  deadLetters: Outcome['deadLetters'],
): Promise<void> {
  for (const { reason, status, requestId, detail, webhook } of deadLetters) {
    await client.query(
      `INSERT INTO mews_dead_letters (reason, status, request_id, detail, webhook)
       VALUES ($1, $2, $3, $4, $5)`,
      [reason, status, requestId, detail && toStorable(detail), toStorable(webhook)],
    );
  }
}

/** PostgreSQL keeps neither NUL nor half of a surrogate pair in a text: both are written as \\uXXXX. */
function toStorable(text: string): string {
  return text.replaceAll(/\0|\p{Surrogate}/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
