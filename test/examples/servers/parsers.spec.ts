import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { bodyParser } from '@koa/bodyparser';
import { Controller, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import express5 from 'express';
import Fastify, { type FastifyInstance } from 'fastify';
import Koa from 'koa';
import { createNodeHandler } from 'mews-webhooks/node';
import { afterAll, describe, expect, test } from 'vitest';

// What the parsers of each framework leave of a delivery, and that the handler takes it all the same.
const express4: typeof express5 = createRequire(`${import.meta.dirname}/express-4/`)('express');
const body = '{"EnterpriseId":"e","IntegrationId":"i","Events":[]}';
const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const post = (port: number, type: string | undefined): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/?Token=secret`, {
    method: 'POST',
    body: new TextEncoder().encode(body),
    ...(type !== undefined && { headers: { 'content-type': type } }),
  });

const kindOf = (value: unknown): string =>
  Buffer.isBuffer(value) ? 'Buffer' : (JSON.stringify(value)?.slice(0, 2) ?? 'undefined');
const any = { type: () => true };

describe.each([
  ['Express 4', express4, '{}'],
  ['Express 5', express5, 'undefined'],
] as const)('%s', (_, express, skipped) => {
  test.each([
    ['no parser', undefined, 'undefined', 'undefined'],
    ['json()', express.json(), skipped, '{"'],
    ['json(), */*', express.json({ type: '*/*' }), skipped, '{"'],
    ['json(), any type', express.json(any), '{"', '{"'],
    ['text()', express.text(), skipped, skipped],
    ['text(), any type', express.text(any), '"{', '"{'],
    ['raw()', express.raw(), skipped, skipped],
    ['raw(), any type', express.raw(any), 'Buffer', 'Buffer'],
  ] as const)('%s', async (_, parser, without, withType) => {
    const seen: string[] = [];
    const stored: string[] = [];
    const handler = createNodeHandler({
      token: 'secret',
      onWebhook: ({ EnterpriseId }) => stored.push(EnterpriseId),
    });
    const app = express();
    if (parser) app.use(parser);
    app.use((request, _response, next) => {
      seen.push(kindOf(request.body));
      next();
    });
    app.post('/', handler);
    const port = await listen(app);
    expect((await post(port, undefined)).status).toBe(204);
    expect((await post(port, 'application/json')).status).toBe(204);
    expect(seen).toEqual([without, withType]);
    expect(stored).toEqual(['e', 'e']);
  });
});

describe('Fastify', () => {
  const start = async (prepare: (app: FastifyInstance) => void): Promise<number> => {
    const app = Fastify();
    closing.push(() => app.close());
    prepare(app);
    const handler = createNodeHandler({ token: 'secret', onWebhook: () => {} });
    app.post('/', async (request, reply) => {
      reply.hijack();
      await handler(Object.assign(request.raw, { body: request.body }), reply.raw);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    return (app.server.address() as AddressInfo).port;
  };

  test('its own parsers refuse a delivery without a content type before the handler sees it', async () => {
    const port = await start(() => {});
    expect((await post(port, undefined)).status).toBe(415);
    expect((await post(port, 'application/json')).status).toBe(204);
  });

  test.each(['string', 'buffer'] as const)('a parser that makes a %s', async (parseAs) => {
    const port = await start((app) => {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs }, (_request, read, done) => done(null, read));
    });
    expect((await post(port, undefined)).status).toBe(204);
    expect((await post(port, 'application/json')).status).toBe(204);
  });
});

test('Koa: its body parser leaves {} of a delivery without a content type', async () => {
  const seen: string[] = [];
  const app = new Koa();
  app.use(bodyParser());
  app.use((context) => {
    seen.push(kindOf(context.request.body));
    context.status = 204;
  });
  const port = await listen(app.callback());
  expect((await post(port, undefined)).status).toBe(204);
  expect((await post(port, 'application/json')).status).toBe(204);
  expect(seen).toEqual(['{}', '{"']);
});

test('NestJS on Express: its body parser leaves nothing of a delivery without a content type', async () => {
  const seen: string[] = [];
  class Receiver {
    receive(request: { readonly body?: unknown }): void {
      seen.push(kindOf(request.body));
    }
  }
  class App {}
  // As functions: this file is not compiled for decorators.
  const method = Object.getOwnPropertyDescriptor(Receiver.prototype, 'receive') ?? {};
  Controller()(Receiver);
  Post()(Receiver.prototype, 'receive', method);
  Req()(Receiver.prototype, 'receive', 0);
  Module({ controllers: [Receiver] })(App);
  const app = await NestFactory.create(App, { logger: ['error'] });
  closing.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  expect((await post(port, undefined)).status).toBe(201);
  expect((await post(port, 'application/json')).status).toBe(201);
  expect(seen).toEqual(['undefined', '{"']);
});
