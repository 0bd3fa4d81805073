import { appendFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { GeneralWebhook } from 'mews-webhooks';
import { createWebHandler } from 'mews-webhooks/web';

const handler = createWebHandler({
  token: process.env.MEWS_TOKEN ?? '', // it does not start without one
  onWebhook: store,
  onInvalid: (error) => console.warn(error.code, error.message),
  onError: (error) => console.error(error),
});

const app = new Hono();
app.all('/mews', (context) => handler(context.req.raw));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });

/** Safe on the disk first, answered then. What the events are for is done later, from there. */
async function store(webhook: GeneralWebhook): Promise<void> {
  await appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`);
  const unknown = webhook.UnknownEvents.length;
  if (unknown > 0)
    console.warn(`${unknown} events that this version does not know were stored, too`);
}
