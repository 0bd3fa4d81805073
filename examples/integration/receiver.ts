import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verifyToken } from 'mews-webhooks';
import { safeParseAnyWebhook } from 'mews-webhooks/integration';
import type { Store } from './store.js';

/** One endpoint for General and Integration webhooks: it stores them, answers, and does no more. */
export function createSharedReceiver(secrets: readonly string[], store: Store): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body = '') => response.writeHead(status).end(body);
    try {
      if (request.method !== 'POST') return void answer(405);
      if (!verifyToken(request.url ?? '', secrets)) return void answer(401);
      const result = safeParseAnyWebhook(await buffer(request));
      if (!result.success) {
        console.log(`Refused: ${result.error.message}`);
        return void answer(400, JSON.stringify(result.error));
      }
      const received = result.data;
      switch (received.kind) {
        case 'general':
          store.addWebhook(received.webhook);
          console.log(`General webhook of ${received.webhook.Events.length} known events`);
          break;
        case 'integration':
          await store.applyIntegrationWebhook(received.webhook);
          // Prints no token, though the webhook holds it.
          console.log(received.webhook);
          break;
        default:
          // A newer action: nothing to do with it here, but no reason to refuse it.
          console.log(received);
      }
      answer(204);
    } catch (error) {
      console.error(error);
      answer(500);
    }
  });
}
