import 'reflect-metadata';
import { appendFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
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

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.use('/mews', handler); // before the parser of NestJS, which refuses more than 100 kB
await app.listen(Number(PORT));
