// What receivers and workers share: for each integration a stream of webhooks that wait, and a
// BullMQ queue whose job is to drain it. An access token belongs to an integration, so that the
// limiter of the queue is the limiter of the token.
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { EntityRow } from '../../fetch-entities.js';
import { instantOf } from '../../queue-batch.js';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT ?? 6379) };

/** For workers: waits for Redis as long as it is away. */
export const patient = { ...connection, maxRetriesPerRequest: null };

/** For receivers: fails at once when Redis is away, so that nothing is acknowledged then. */
export const impatient = {
  ...connection,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
};

type Options = typeof patient | typeof impatient;

export const asideKey = 'mews:aside';
export const entitiesKey = 'mews:entities';

export function pendingKey(integrationId: string): string {
  return `mews:pending:${integrationId}`;
}

export function queueName(integrationId: string): string {
  return `mews-${integrationId}`;
}

export function openRedis(options: Options): Redis {
  const redis = new Redis(options);
  // Commands fail on their own; without a listener the process would end.
  redis.on('error', () => undefined);
  return redis;
}

export function openQueue(integrationId: string, options: Options): Queue {
  const queue = new Queue(queueName(integrationId), {
    connection: options,
    defaultJobOptions: {
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: 1000 },
      removeOnComplete: true,
    },
  });
  queue.on('error', () => undefined);
  return queue;
}

/**
 * Asks for the stream of the integration to be drained. A job that waits already will do; but one
 * that runs may have read the stream before this webhook came, so another has to follow it. A job
 * id in place of `deduplication` would drop the job, and with it the update.
 */
export async function requestDrain(queue: Queue): Promise<void> {
  await queue.add('drain', {}, { deduplication: { id: 'drain', keepLastIfActive: true } });
}

const storeIfNewer = `
  local stored = redis.call('HGET', KEYS[1], ARGV[1])
  if stored and cjson.decode(stored).instant > ARGV[2] then return 0 end
  return redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
`;

/** Stores rows; an older state never replaces a newer one, whichever worker comes last. */
export async function storeRows(redis: Redis, rows: readonly EntityRow[]): Promise<void> {
  await Promise.all(
    rows.map((item) => {
      const { EnterpriseId, entity, row } = item;
      const field = JSON.stringify([EnterpriseId, entity, row.Id]);
      const instant = instantOf(item);
      const value = JSON.stringify({ instant, row: JSON.stringify(row) });
      return redis.eval(storeIfNewer, 1, entitiesKey, field, instant, value);
    }),
  );
}
