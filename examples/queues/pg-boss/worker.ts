// Takes what waits, as many webhooks as there are, and fetches their entities together. Run as many
// as you need.
import { fetchBatch, type Outcome, type Waiting } from '../../queue-batch.js';
import { settingsOf } from '../../queue-settings.js';
import { enqueue, openBoss, openPool, queueName, storeRows } from './queue.js';

const pool = openPool();
const boss = await openBoss(pool);

// A batch sends some six requests with each access token: with two workers that makes 180 in 30 s.
const options = { batchSize: 200, pollingIntervalSeconds: 2 };

await boss.work<Waiting>(queueName, options, async (jobs) => {
  await finish(
    await fetchBatch(
      jobs.map(({ data }) => data),
      settingsOf,
    ),
  );
  // The jobs are completed when this resolves. Who is killed before has them done again.
});

async function finish({ rows, again, aside }: Outcome): Promise<void> {
  await storeRows(pool, rows);
  for (const { delayMs, ...waiting } of again) {
    await enqueue(boss, waiting, Math.ceil(delayMs / 1000));
  }
  for (const { reason, webhook } of aside) {
    const values = [reason, JSON.stringify(webhook)];
    await pool.query('INSERT INTO mews_aside (reason, webhook) VALUES ($1, $2)', values);
  }
}
