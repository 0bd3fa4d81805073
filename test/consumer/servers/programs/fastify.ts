import Fastify from 'fastify';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const handler = createNodeHandler({ token: 'secret', onWebhook: () => {} });
declare const absent: (request: NodeRequest & { absent: string }, response: NodeResponse) => void;

Fastify().all('/mews', async (request, reply) => {
  reply.hijack();
  await handler(request.raw, reply.raw);
  // @ts-expect-error
  absent(request.raw, reply.raw);
});
Fastify({ http2: true }).all('/mews', async (request, reply) => {
  reply.hijack();
  await handler(request.raw, reply.raw);
  // @ts-expect-error
  absent(request.raw, reply.raw);
});
