import 'reflect-metadata';
import { appendFile } from 'node:fs/promises';
import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

@Controller('mews')
class MewsController {
  @All()
  receive(@Req() request: NodeRequest, @Res() response: NodeResponse): Promise<void> {
    return handler(request, response);
  }
}

@Module({ controllers: [MewsController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
await app.listen(Number(PORT));
