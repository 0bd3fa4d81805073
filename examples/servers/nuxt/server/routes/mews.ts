// Of Nuxt and Nitro: save it as server/routes/mews.ts.
import { appendFile } from 'node:fs/promises';
import { fromNodeMiddleware } from 'h3';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

export default fromNodeMiddleware(
  createNodeHandler({
    token,
    // Put your queue in place of this file. What the events need is done later, from there.
    onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
    onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
  }),
);
