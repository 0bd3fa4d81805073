// Stores a webhook in Redis, and answers. Run as many as you need.
import { createServer } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';
import { messageOf, storeOr503 } from '../../queue-batch.js';
import { integrationIds, port, token } from '../../queue-settings.js';
import { asideKey, impatient, openQueue, openRedis, pendingKey, requestDrain } from './queue.js';

const redis = openRedis(impatient);
const queues = new Map(integrationIds.map((id) => [id, openQueue(id, impatient)]));

const handler = createNodeHandler({
  token,
  onWebhook: (webhook, { signal }) =>
    storeOr503(async () => {
      const text = JSON.stringify(webhook);
      const queue = queues.get(webhook.IntegrationId);
      if (queue === undefined) {
        const reason = 'no access token for this integration';
        await redis.xadd(asideKey, '*', 'reason', reason, 'webhook', text);
      } else {
        await redis.xadd(pendingKey(webhook.IntegrationId), '*', 'webhook', text);
        await requestDrain(queue);
      }
    }, signal),
  onError: (error) => console.error('Not stored:', messageOf(error)),
});
createServer(handler).listen(port, '127.0.0.1', () => console.log(`Listening on port ${port}`));
