// Receives, stores and answers; a worker in the same process fetches afterwards. What is stored when
// the process is killed is there when it starts again.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeHandler } from 'mews-webhooks/node';
import { fetchBatch, messageOf, storeOr503 } from '../../queue-batch.js';
import { port, settingsOf, token } from '../../queue-settings.js';
import { openStore } from './store.js';

const store = openStore(process.env.DATABASE ?? 'queue.db');

const handler = createNodeHandler({
  token,
  onWebhook: (webhook, { signal }) => storeOr503(async () => store.save(webhook), signal),
  onError: (error) => console.error('Not stored:', messageOf(error)),
});
createServer(handler).listen(port, '127.0.0.1', () => console.log(`Listening on port ${port}`));

for (;;) {
  try {
    const { ids, waiting } = store.take(200);
    if (ids.length > 0) store.finish(ids, await fetchBatch(waiting, settingsOf));
  } catch (error) {
    console.error('Tried again in a second:', messageOf(error));
  }
  // What comes meanwhile is fetched together: fewer requests, and less than 200 in 30 s.
  await sleep(1000);
}
