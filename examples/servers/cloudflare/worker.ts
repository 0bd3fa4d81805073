import { env } from 'cloudflare:workers';
import { createWebHandler } from 'mews-webhooks/web';

declare global {
  namespace Cloudflare {
    interface Env {
      /** A secret: `wrangler secret put MEWS_TOKEN`. */
      MEWS_TOKEN?: string;
      /** A producer binding of a queue. */
      WEBHOOKS: Queue;
    }
  }
}

const { MEWS_TOKEN: token, WEBHOOKS } = env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createWebHandler({
  token,
  onWebhook: (webhook) => WEBHOOKS.send(webhook), // at most 128 kB, about 1,300 events
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

export default {
  fetch(request) {
    if (new URL(request.url).pathname === '/mews') return handler(request);
    return new Response(null, { status: 404 });
  },
} satisfies ExportedHandler;
