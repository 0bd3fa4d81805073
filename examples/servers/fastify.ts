import { appendFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

// The token is part of the URL: neither the log of requests nor that of unknown routes may hold it.
const app = Fastify({
  logger: { serializers: { req: ({ method, url }) => ({ method, url: url.replace(/\?.*/, '') }) } },
});
app.setNotFoundHandler((_request, reply) => reply.code(404).send());

// In a scope of its own, whose parser leaves every body to the handler: other routes keep theirs.
await app.register(async (mews) => {
  mews.removeAllContentTypeParsers();
  mews.addContentTypeParser('*', (_request, _payload, done) => done(null));
  mews.all('/mews', async (request, reply) => {
    reply.hijack();
    await handler(request.raw, reply.raw);
  });
});
app.post('/orders', async ({ body }) => ({ received: body })); // one of your other routes
await app.listen({ port: Number(PORT) });
