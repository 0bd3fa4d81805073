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
  receiver: `${examples}/queue-sqlite/start.ts`,
  receivers: 1,
  workers: 0,
  print: `${examples}/queue-sqlite/print.ts`,
};

const bullmq = {
  name: 'BullMQ on Redis',
  naive: false,
  receiver: `${examples}/queue-bullmq/receiver.ts`,
  receivers: 2,
  worker: `${examples}/queue-bullmq/worker.ts`,
  workers: 2,
  print: `${examples}/queue-bullmq/print.ts`,
  startService: startRedis,
};

const pgboss = {
  name: 'pg-boss on PostgreSQL',
  naive: false,
  receiver: `${examples}/queue-pgboss/receiver.ts`,
  receivers: 2,
  worker: `${examples}/queue-pgboss/worker.ts`,
  workers: 2,
  print: `${examples}/queue-pgboss/print.ts`,
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
