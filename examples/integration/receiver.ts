import { createServer, type Server } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';
import { messageOf } from './log.js';
import type { Store } from './store.js';

/** One endpoint for General and Integration webhooks: it stores them, responds, and does no more. */
export function createSharedReceiver(
  token: string,
  store: Pick<Store, 'addWebhook' | 'applyIntegrationWebhook'>,
): Server {
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
        // Nothing but the action: the webhook can hold a token anywhere.
        console.log(`Integration webhook: ${webhook.Action}`);
      },
      onRefused: ({ status, reason, error }) =>
        console.error(`Refused with ${status}: ${error?.message ?? reason}`),
      onError: (error) => console.error('Not stored:', messageOf(error)),
    }),
  );
}
