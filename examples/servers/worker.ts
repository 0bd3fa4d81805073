import type { Queue } from '@cloudflare/workers-types';
import type { GeneralWebhook } from 'mews-webhooks';
import { createWebHandler } from 'mews-webhooks/web';

interface Env {
  /** A secret: `wrangler secret put MEWS_TOKEN`. */
  MEWS_TOKEN: string;
  /** A producer binding of a queue. */
  WEBHOOKS: Queue<GeneralWebhook>;
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    const handler = createWebHandler({
      token: env.MEWS_TOKEN,
      // Safe in the queue first, answered then. Events that this version does not know go along.
      onWebhook: (webhook) => env.WEBHOOKS.send(webhook),
      onInvalid: (error) => console.warn(error.code, error.message),
      onError: (error) => console.error(error),
    });
    return handler(request);
  },
};
