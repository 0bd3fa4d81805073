// What the soak runs: the examples, which may lose nothing, and naive variants, which have to.
import { fileURLToPath } from 'node:url';
import { type Service, startPostgres, startRedis } from './services.js';

export interface Variant {
  readonly name: string;
  /** Whether it is wrong on purpose, so that the soak has to catch it. */
  readonly naive: boolean;
  /** The folder of the example. */
  readonly folder: string;
  readonly receiver: string;
  readonly receivers: number;
  readonly workers: number;
  /** Prints what was fetched, and spoils what waits. */
  readonly store: string;
  /** Whether its database is a file, whose disk can be full. */
  readonly file: boolean;
  readonly startService?: (folder: string) => Promise<Service>;
}

const soak = fileURLToPath(new URL('.', import.meta.url));
const queues = fileURLToPath(new URL('../../examples/queues', import.meta.url));

const sqlite: Variant = {
  name: 'SQLite',
  naive: false,
  folder: `${queues}/sqlite`,
  receiver: `${queues}/sqlite/receiver.ts`,
  receivers: 1,
  workers: 1,
  store: `${soak}stores/sqlite.ts`,
  file: true,
};

const bullmq: Variant = {
  name: 'BullMQ on Redis',
  naive: false,
  folder: `${queues}/bullmq`,
  receiver: `${queues}/bullmq/receiver.ts`,
  receivers: 2,
  workers: 2,
  store: `${soak}stores/bullmq.ts`,
  file: false,
  startService: startRedis,
};

const pgboss: Variant = {
  name: 'pg-boss on PostgreSQL',
  naive: false,
  folder: `${queues}/pg-boss`,
  receiver: `${queues}/pg-boss/receiver.ts`,
  receivers: 2,
  workers: 2,
  store: `${soak}stores/pg-boss.ts`,
  file: false,
  startService: startPostgres,
};

const naive = `${soak}naive`;
export const variants: readonly Variant[] = [
  sqlite,
  bullmq,
  pgboss,
  { ...sqlite, name: 'respond first', naive: true, receiver: `${naive}/respond-first.ts` },
  { ...sqlite, name: 'permanent seen-set', naive: true, receiver: `${naive}/seen-set.ts` },
  { ...bullmq, name: 'job id as dedupe key', naive: true, receiver: `${naive}/job-id.ts` },
];
