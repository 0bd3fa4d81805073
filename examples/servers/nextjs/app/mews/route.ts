import { appendFile } from 'node:fs/promises';
import { createWebHandler } from 'mews-webhooks/web';

const create = () =>
  createWebHandler({
    token: process.env.MEWS_TOKEN ?? '', // instrumentation.ts stops a server without one
    // Put your queue in place of this file. What the events need is done later, from there.
    onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
    onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
  });

// Made with the first request, since this module is also loaded by the build, which has no secrets.
let handler: ReturnType<typeof create> | undefined;

export function POST(request: Request): Promise<Response> {
  handler ??= create();
  return handler(request);
}
