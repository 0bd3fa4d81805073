// Fetches the entities of the webhooks in the queue until SIGTERM, which ends it after the batch in hand.
import { setTimeout as sleep } from 'node:timers/promises';
import { work } from './batch.js';
import { messageOf } from './log.js';
import { openQueue } from './queue.js';
import { numberOf, readFetchOptions } from './settings.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const options = { ...readFetchOptions(), retryFactor: numberOf('RETRY_FACTOR', 1) };
  const queue = await openQueue('worker');
  console.log('Waiting for webhooks');
  while (!stop.signal.aborted) {
    try {
      await work(queue, options, stop.signal);
    } catch (error) {
      console.error('Batch failed, tried again in a second:', messageOf(error));
    }
    // What comes in this second is fetched together: fewer requests, and less than 200 in 30 s.
    await sleep(1000, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  await queue.close();
  process.exit(0);
} catch (error) {
  console.error('The worker can not start:', messageOf(error));
  process.exit(1);
}
