// Wrong on purpose: a job id made of the events keeps a second job away, also while the first one runs.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { toText } from '../../../examples/queues/bullmq/batch.js';
import { createReceiver } from '../../../examples/queues/bullmq/receive.js';
import { required } from '../../../examples/queues/bullmq/settings.js';

const { Queue } = createRequire(`${process.cwd()}/package.json`)('bullmq');
const connection = { host: '127.0.0.1', port: Number(required('REDIS_PORT')) };
const queue = new Queue('mews', { connection, defaultJobOptions: { removeOnComplete: true } });
queue.on('error', () => undefined);
const receiver = createReceiver(required('MEWS_TOKEN'), async (webhook) => {
  const jobId = createHash('sha256').update(JSON.stringify(webhook)).digest('hex');
  await queue.add('webhook', { item: toText({ webhook, attempt: 1, notFound: 0 }) }, { jobId });
});
receiver.listen(Number(required('PORT')), '127.0.0.1');
