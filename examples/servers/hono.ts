import { appendFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createWebHandler } from 'mews-webhooks/web';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createWebHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

const app = new Hono();
app.all('/mews', (context) => handler(context.req.raw));
serve({ fetch: app.fetch, port: Number(PORT) });
