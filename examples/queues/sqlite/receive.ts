// Stores each webhook in the queue, and responds: 204 once it is safe, 503 when it can't be stored.
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneralWebhook } from 'mews-webhooks';
import { createNodeHandler } from 'mews-webhooks/node';
import { messageOf } from './log.js';

export function createReceiver(
  token: string,
  save: (webhook: GeneralWebhook) => Promise<void>,
): Server {
  return createServer(
    createNodeHandler({
      token,
      // Mews waits for five seconds; two of them are for a busy machine and the network.
      timeoutMs: 3000,
      async onWebhook(webhook, { signal }) {
        // A store that is away for a moment costs nothing: the handler waits some seconds before its 503.
        for (let attempt = 1; ; attempt++) {
          try {
            return await save(webhook);
          } catch (error) {
            if (attempt === 1) console.error('Not stored yet:', messageOf(error));
            if (signal.aborted) return;
            await sleep(250);
          }
        }
      },
      onRefused: ({ status, reason, error }) =>
        console.error(`Refused with ${status}: ${error?.message ?? reason}`),
      onError: (error) => console.error('Not stored:', messageOf(error)),
    }),
  );
}
