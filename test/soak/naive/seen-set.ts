// Wrong on purpose: takes an event that it has seen before for a re-delivery.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeHandler } from 'mews-webhooks/node';
import { fetchBatch, storeOr503 } from '../../../examples/queue-batch.js';
import { port, resolveOptions, token } from '../../../examples/queue-settings.js';
import { openStore } from '../../../examples/queues/sqlite/store.js';

const store = openStore(process.env.DATABASE ?? 'queue.db');
const file = `${process.env.DATABASE}.seen`;
const seen = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
const handler = createNodeHandler({
  token,
  onWebhook: (webhook, { signal }) => {
    const Events = webhook.Events.filter(({ Discriminator, Value }) => {
      const key = `${Discriminator} ${Value.Id}`;
      if (seen.has(key)) return false;
      seen.add(key);
      appendFileSync(file, `${key}\n`);
      return true;
    });
    return storeOr503(async () => store.save({ ...webhook, Events }), signal);
  },
});
createServer(handler).listen(port, '127.0.0.1');

for (;;) {
  const { ids, waiting } = store.take(200);
  if (ids.length > 0) store.finish(ids, await fetchBatch(waiting, resolveOptions));
  await sleep(1000);
}
