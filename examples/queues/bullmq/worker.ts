// Drains the streams of all integrations. Run as many as you need.
import { type Job, Worker } from 'bullmq';
import { type GeneralWebhook, parseWebhook } from 'mews-webhooks';
import { fetchBatch, messageOf, type Outcome, type Waiting } from '../../queue-batch.js';
import { integrationIds, settingsOf } from '../../queue-settings.js';
import {
  asideKey,
  openQueue,
  openRedis,
  patient,
  pendingKey,
  queueName,
  requestDrain,
  storeRows,
} from './queue.js';

interface Again {
  readonly webhook: GeneralWebhook;
  readonly attempts: number;
}

const mostWebhooks = 200;
const redis = openRedis(patient);

for (const integrationId of integrationIds) {
  const queue = openQueue(integrationId, patient);
  const pending = pendingKey(integrationId);

  const drain = async () => {
    const entries = await redis.xrange(pending, '-', '+', 'COUNT', mostWebhooks);
    const waiting: Waiting[] = [];
    for (const [, [, text = '']] of entries) {
      try {
        waiting.push({ webhook: parseWebhook(text), attempts: 0 });
      } catch (error) {
        await putAside(messageOf(error), text);
      }
    }
    await finish(await fetchBatch(waiting, settingsOf));
    // Only now: who is killed before has the batch drained again.
    const ids = entries.map(([id]) => id);
    if (ids.length > 0) await redis.xdel(pending, ...ids);
    if (ids.length === mostWebhooks) await requestDrain(queue);
  };

  const finish = async ({ rows, again, aside }: Outcome) => {
    await storeRows(redis, rows);
    for (const { webhook, attempts, delayMs } of again) {
      await queue.add('again', { webhook, attempts }, { delay: delayMs });
    }
    for (const { reason, webhook } of aside) await putAside(reason, JSON.stringify(webhook));
  };

  const worker = new Worker<Again>(
    queueName(integrationId),
    async ({ name, data }: Job<Again>) => {
      if (name === 'drain') await drain();
      else await finish(await fetchBatch([data], settingsOf));
    },
    {
      connection: patient,
      // A drain sends some six requests: one a second stays below 200 in 30 s for the token, and
      // what comes meanwhile is fetched together.
      limiter: { max: 1, duration: 1000 },
      // How soon another worker takes over the job of one that was killed.
      lockDuration: Number(process.env.LOCK_DURATION_MS ?? 30_000),
      stalledInterval: Number(process.env.STALLED_INTERVAL_MS ?? 30_000),
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    },
  );
  worker.on('error', (error) => console.error('Worker:', messageOf(error)));
  worker.on('failed', (_, error) => console.error('Tried again in a second:', messageOf(error)));
}

async function putAside(reason: string, webhook: string): Promise<void> {
  await redis.xadd(asideKey, '*', 'reason', reason, 'webhook', webhook);
}
