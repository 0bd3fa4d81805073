import { Hono } from 'hono';
import { createWebHandler, type WebRequest } from 'mews-webhooks/web';

const handler = createWebHandler({
  token: 'secret',
  onWebhook: (webhook, { signal }) =>
    fetch('https://example.com/', { method: 'POST', body: JSON.stringify(webhook), signal }),
});
export const POST: (request: Request) => Promise<Response> = handler;
new Hono().all('/mews', (context) => handler(context.req.raw));

declare const absent: (request: WebRequest & { absent: string }) => void;
// @ts-expect-error
absent(new Request('https://example.com/'));
