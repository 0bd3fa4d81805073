import { appendFile } from 'node:fs/promises';
import type { GeneralWebhook } from 'mews-webhooks';
import { createWebHandler } from 'mews-webhooks/web';

const create = () =>
  createWebHandler({
    token: process.env.MEWS_TOKEN ?? '',
    onWebhook: store,
    onInvalid: (error) => console.warn(error.code, error.message),
    onError: (error) => console.error(error),
  });

// Made with the first request: the build has no secrets.
let handler: ReturnType<typeof create> | undefined;

export function POST(request: Request): Promise<Response> {
  handler ??= create();
  return handler(request);
}

/** Safe on the disk first, answered then. What the events are for is done later, from there. */
async function store(webhook: GeneralWebhook): Promise<void> {
  await appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`);
  const unknown = webhook.UnknownEvents.length;
  if (unknown > 0)
    console.warn(`${unknown} events that this version does not know were stored, too`);
}
