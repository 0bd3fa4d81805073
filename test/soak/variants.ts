// What the soak runs: the examples, which may lose nothing, and naive variants, which have to.
import { fileURLToPath } from 'node:url';
import { type Service, startPostgres, startRedis } from './services.js';

export interface Variant {
  readonly name: string;
  /** Whether it is wrong on purpose, so that the soak has to catch it. */
  readonly naive: boolean;
  readonly receiver: string;
  readonly receivers: number;
  /** Absent when the receiver does the work, too. */
  readonly worker?: string;
  readonly workers: number;
  /** Prints what was fetched. */
  readonly print: string;
  readonly startService?: (folder: string) => Promise<Service>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = `${root}examples`;
const naive = `${root}test/soak/naive`;

const sqlite = {
  name: 'SQLite',
  naive: false,
  receiver: `${examples}/queues/sqlite/start.ts`,
  receivers: 1,
  workers: 0,
  print: `${examples}/queues/sqlite/print.ts`,
};

const bullmq = {
  name: 'BullMQ on Redis',
  naive: false,
  receiver: `${examples}/queues/bullmq/receiver.ts`,
  receivers: 2,
  worker: `${examples}/queues/bullmq/worker.ts`,
  workers: 2,
  print: `${examples}/queues/bullmq/print.ts`,
  startService: startRedis,
};

const pgboss = {
  name: 'pg-boss on PostgreSQL',
  naive: false,
  receiver: `${examples}/queues/pg-boss/receiver.ts`,
  receivers: 2,
  worker: `${examples}/queues/pg-boss/worker.ts`,
  workers: 2,
  print: `${examples}/queues/pg-boss/print.ts`,
  startService: startPostgres,
};

export const variants: readonly Variant[] = [
  sqlite,
  bullmq,
  pgboss,
  { ...sqlite, name: 'answer first', naive: true, receiver: `${naive}/answer-first.ts` },
  { ...sqlite, name: 'permanent seen-set', naive: true, receiver: `${naive}/seen-set.ts` },
  { ...bullmq, name: 'job id as dedupe key', naive: true, receiver: `${naive}/job-id.ts` },
];
