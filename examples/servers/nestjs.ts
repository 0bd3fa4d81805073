import { appendFile } from 'node:fs/promises';
import 'reflect-metadata';
import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { GeneralWebhook } from 'mews-webhooks';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const handler = createNodeHandler({
  token: process.env.MEWS_TOKEN ?? '', // it does not start without one
  onWebhook: store,
  onInvalid: (error) => console.warn(error.code, error.message),
  onError: (error) => console.error(error),
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
await app.listen(Number(process.env.PORT ?? 3000));

/** Safe on the disk first, answered then. What the events are for is done later, from there. */
async function store(webhook: GeneralWebhook): Promise<void> {
  await appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`);
  const unknown = webhook.UnknownEvents.length;
  if (unknown > 0)
    console.warn(`${unknown} events that this version does not know were stored, too`);
}
