import { appendFile } from 'node:fs/promises';
import Fastify from 'fastify';
import type { GeneralWebhook } from 'mews-webhooks';
import { createNodeHandler } from 'mews-webhooks/node';

const handler = createNodeHandler({
  token: process.env.MEWS_TOKEN ?? '', // it does not start without one
  onWebhook: store,
  onInvalid: (error) => console.warn(error.code, error.message),
  onError: (error) => console.error(error),
});

const app = Fastify();
// In a scope of its own: no parser here refuses a body without a content type, and other routes keep theirs.
await app.register(async (mews) => {
  mews.removeAllContentTypeParsers();
  mews.addContentTypeParser('*', (_request, _payload, done) => done(null));
  mews.all('/mews', async (request, reply) => {
    reply.hijack();
    await handler(request.raw, reply.raw);
  });
});
await app.listen({ port: Number(process.env.PORT ?? 3000) });

/** Safe on the disk first, answered then. What the events are for is done later, from there. */
async function store(webhook: GeneralWebhook): Promise<void> {
  await appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`);
  const unknown = webhook.UnknownEvents.length;
  if (unknown > 0)
    console.warn(`${unknown} events that this version does not know were stored, too`);
}
