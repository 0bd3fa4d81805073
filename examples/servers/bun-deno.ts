// `bun bun-deno.ts`, or `deno serve --allow-env --allow-read --allow-write --port 3000 bun-deno.ts`.
import { appendFile } from 'node:fs/promises';
import process from 'node:process';
import { createWebHandler } from 'mews-webhooks/web';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createWebHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

export default {
  port: Number(PORT), // for Bun
  fetch(request: Request): Response | Promise<Response> {
    if (new URL(request.url).pathname === '/mews') return handler(request);
    return new Response(null, { status: 404 });
  },
};
