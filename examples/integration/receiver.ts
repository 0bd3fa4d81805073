import { createServer, type Server } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';
import type { Store } from './store.js';

/** One endpoint for General and Integration webhooks: it stores them, answers, and does no more. */
export function createSharedReceiver(token: string, store: Store): Server {
  return createServer(
    createNodeHandler({
      token,
      onWebhook(webhook) {
        store.addWebhook(webhook);
        console.log(`General webhook with ${webhook.Events.length} known events`);
      },
      async onIntegrationWebhook(webhook) {
        // A newer action is nothing to do here, but no reason to refuse it.
        if (!('kind' in webhook)) await store.applyIntegrationWebhook(webhook);
        // Prints no token, though the webhook holds it.
        console.log(webhook);
      },
      onInvalid: (error) => console.error('Refused:', error.message),
      onError: console.error,
    }),
  );
}
