// Wrong on purpose: answers, and keeps what it has to do in memory.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneralWebhook } from 'mews-webhooks';
import { createNodeHandler } from 'mews-webhooks/node';
import { fetchBatch } from '../../../examples/queue-batch.js';
import { port, resolveOptions, token } from '../../../examples/queue-settings.js';
import { openStore } from '../../../examples/queues/sqlite/store.js';

const store = openStore(process.env.DATABASE ?? 'queue.db');
const waiting: GeneralWebhook[] = [];
const handler = createNodeHandler({ token, onWebhook: (webhook) => void waiting.push(webhook) });
createServer(handler).listen(port, '127.0.0.1');

for (;;) {
  for (const webhook of waiting.splice(0)) store.save(webhook);
  const { ids, waiting: batch } = store.take(200);
  if (ids.length > 0) store.finish(ids, await fetchBatch(batch, resolveOptions));
  await sleep(1000);
}
