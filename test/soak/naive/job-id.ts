// Wrong on purpose: the job id keeps a second job away, also while the first one runs.
import { createServer } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';
import { storeOr503 } from '../../../examples/queue-batch.js';
import { integrationIds, port, token } from '../../../examples/queue-settings.js';
import {
  asideKey,
  impatient,
  openQueue,
  openRedis,
  pendingKey,
} from '../../../examples/queues/bullmq/queue.js';

const redis = openRedis(impatient);
const queues = new Map(integrationIds.map((id) => [id, openQueue(id, impatient)]));
const handler = createNodeHandler({
  token,
  onWebhook: (webhook, { signal }) =>
    storeOr503(async () => {
      const text = JSON.stringify(webhook);
      const queue = queues.get(webhook.IntegrationId);
      if (queue === undefined) {
        await redis.xadd(asideKey, '*', 'reason', 'no access token', 'webhook', text);
      } else {
        await redis.xadd(pendingKey(webhook.IntegrationId), '*', 'webhook', text);
        await queue.add('drain', {}, { jobId: 'drain' });
      }
    }, signal),
});
createServer(handler).listen(port, '127.0.0.1');
