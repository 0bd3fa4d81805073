// Stores a webhook in PostgreSQL, and answers. Run as many as you need.
import { createServer } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';
import { messageOf, storeOr503 } from '../../queue-batch.js';
import { port, token } from '../../queue-settings.js';
import { enqueue, openBoss, openPool } from './queue.js';

const boss = await openBoss(openPool());

const handler = createNodeHandler({
  token,
  onWebhook: (webhook, { signal }) =>
    storeOr503(() => enqueue(boss, { webhook, attempts: 0 }), signal),
  onError: (error) => console.error('Not stored:', messageOf(error)),
});
createServer(handler).listen(port, '127.0.0.1', () => console.log(`Listening on port ${port}`));
