// Wrong on purpose: responds, and keeps what it has to do in memory for a while.
import type { GeneralWebhook } from 'mews-webhooks';
import { openQueue } from '../../../examples/queues/sqlite/queue.js';
import { createReceiver } from '../../../examples/queues/sqlite/receive.js';
import { required } from '../../../examples/queues/sqlite/settings.js';

const queue = await openQueue('worker');
const waiting: GeneralWebhook[] = [];
const receiver = createReceiver(required('MEWS_TOKEN'), async (webhook) => {
  waiting.push(webhook);
});
receiver.listen(Number(required('PORT')), '127.0.0.1');
setInterval(async () => {
  for (const webhook of waiting.splice(0)) await queue.save(webhook);
}, 5000);
