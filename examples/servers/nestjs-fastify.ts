import 'reflect-metadata';
import { appendFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

@Module({}) // your own module
class AppModule {}

const fastify = new FastifyAdapter();
const app = await NestFactory.create(AppModule, fastify, { logger: ['error', 'warn'] });
// In a scope of its own, whose parser leaves every body to the handler: controllers keep theirs.
await fastify.getInstance().register(async (mews) => {
  mews.removeAllContentTypeParsers();
  mews.addContentTypeParser('*', (_request, _payload, done) => done(null));
  mews.all('/mews', async (request, reply) => {
    reply.hijack();
    await handler(request.raw, reply.raw);
  });
});
await app.listen(Number(PORT));
