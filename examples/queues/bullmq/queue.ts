// The queue: one BullMQ job a webhook. Dead letters wait in a second queue that no worker reads.
import { randomUUID } from 'node:crypto';
import { Queue as BullQueue, type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type DeadLetter, type Queue, type StoredEntity, type Taken, toText } from './batch.js';
import { messageOf } from './log.js';
import { numberOf } from './settings.js';

interface Waiting {
  readonly item: string;
}

interface TakenJob extends Taken {
  readonly job: Job;
}

const queueName = 'mews';
const deadLetterName = 'mews-dead-letters';
const entitiesKey = 'mews:entities';
const versionsKey = 'mews:versions';

const storeIfNewer = `
  local version = redis.call('HGET', KEYS[1], ARGV[1])
  if version and version > ARGV[2] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
  return 1
`;

function connectionOf(role: 'receiver' | 'worker') {
  const { REDIS_HOST, REDIS_USERNAME, REDIS_PASSWORD } = process.env;
  const server = {
    host: REDIS_HOST ?? '127.0.0.1',
    port: numberOf('REDIS_PORT', 6379),
    ...(REDIS_USERNAME !== undefined && { username: REDIS_USERNAME }),
    ...(REDIS_PASSWORD !== undefined && { password: REDIS_PASSWORD }),
  };
  // A worker waits for Redis as long as it is away. A receiver has to know at once, and respond 503.
  return role === 'worker'
    ? { ...server, maxRetriesPerRequest: null }
    : { ...server, maxRetriesPerRequest: 0, enableOfflineQueue: false };
}

/** Logs why Redis can't be reached: the same reason once in ten seconds. */
function createErrorLog(): (error: unknown) => void {
  const logged = new Map<string, number>();
  return (error) => {
    const message = messageOf(error);
    if ((logged.get(message) ?? 0) > Date.now() - 10_000) return;
    logged.set(message, Date.now());
    console.error('Redis:', message);
  };
}

export async function openQueue(role: 'receiver' | 'worker'): Promise<Queue<TakenJob>> {
  const connection = connectionOf(role);
  const logError = createErrorLog();
  const redis = new Redis(connection);
  // A receiver asks for no version: BullMQ asks once, and is of no use any more when that fails.
  const options = { connection, skipVersionCheck: role === 'receiver' };
  const defaultJobOptions = { removeOnComplete: true };
  const queue = new BullQueue<Waiting>(queueName, { ...options, defaultJobOptions });
  const deadLetters = new BullQueue<DeadLetter>(deadLetterName, options);
  for (const emitter of [redis, queue, deadLetters]) emitter.on('error', logError);

  // Takes jobs by hand, since many of them are fetched together.
  const token = randomUUID();
  const lockDuration = numberOf('LOCK_DURATION_MS', 30_000);
  let worker: Worker<Waiting> | undefined;
  const startTaking = async () => {
    worker = new Worker<Waiting>(queueName, null, {
      connection: { ...connection, maxRetriesPerRequest: null },
      autorun: false,
      lockDuration,
      // How soon the jobs of a worker that was killed are given to another one.
      stalledInterval: numberOf('STALLED_INTERVAL_MS', 30_000),
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    worker.on('error', logError);
    await worker.startStalledCheckTimer();
    return worker;
  };
  let inHand: readonly TakenJob[] = [];
  const extendLocks = async () => {
    for (const { job } of inHand) await job.extendLock(token, lockDuration).catch(logError);
  };
  const extending = setInterval(extendLocks, lockDuration / 3);
  extending.unref();

  /** BullMQ can't read these jobs, and so can't move them. */
  const buryUnreadableJobs = async () => {
    const active = queue.toKey('active');
    for (const id of await redis.lrange(active, 0, -1)) {
      const text = await redis.hget(queue.toKey(id), 'data');
      if (text === null || isJson(text)) continue;
      await deadLetters.add('dead letter', {
        reason: 'unreadable',
        status: null,
        requestId: null,
        detail: 'job: expected JSON',
        webhook: text,
      });
      await redis
        .multi()
        .lrem(active, 0, id)
        .del(queue.toKey(id), queue.toKey(`${id}:lock`))
        .exec();
      console.warn('Dead letter: unreadable');
    }
  };

  return {
    async save(webhook) {
      await queue.add('webhook', { item: toText({ webhook, attempt: 1, notFound: 0 }) });
    },
    async take(limit) {
      const reader = worker ?? (await startTaking());
      const taken: TakenJob[] = [];
      inHand = taken;
      while (taken.length < limit) {
        try {
          const job = await reader.getNextJob(token, { block: false });
          if (job === undefined) break;
          const data: unknown = job.data;
          const item =
            typeof data === 'object' && data !== null && 'item' in data ? data.item : data;
          taken.push({ job, item });
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          await buryUnreadableJobs();
        }
      }
      return taken;
    },
    async finish(taken, outcome) {
      await storeEntities(redis, outcome.entities);
      await queue.addBulk(
        outcome.retries.map((retry) => ({
          name: 'retry',
          data: { item: toText(retry) },
          opts: { delay: Math.ceil(retry.afterMs) },
        })),
      );
      await deadLetters.addBulk(outcome.deadLetters.map((data) => ({ name: 'dead letter', data })));
      // Only now: the jobs of a worker that is killed before are done again.
      for (const { job } of taken) {
        // A job that was given to another worker is done there once more, which does no harm.
        await job.moveToCompleted(null, token, false).catch(logError);
      }
      inHand = [];
    },
    async deadLetters() {
      const jobs = await deadLetters.getWaiting();
      return jobs.map((job) => ({ ...job.data, remove: () => job.remove() }));
    },
    async close() {
      clearInterval(extending);
      await Promise.all([worker?.close(true), queue.close(), deadLetters.close()]);
      redis.disconnect();
    },
  };
}

/** A row that overtook another one on its way never replaces it, whichever worker comes last. */
async function storeEntities(redis: Redis, entities: readonly StoredEntity[]): Promise<void> {
  await Promise.all(
    entities.map(({ enterprise, entity, id, version, row }) => {
      const field = JSON.stringify([enterprise, entity, id]);
      return redis.eval(storeIfNewer, 2, versionsKey, entitiesKey, field, version, row);
    }),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
