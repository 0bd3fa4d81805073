import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import 'reflect-metadata';
import { bodyParser } from '@koa/bodyparser';
import { Controller, Module, Post, Req } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type express from 'express';
import Fastify, { type FastifyInstance } from 'fastify';
import { createApp, defineEventHandler, readBody, toNodeListener } from 'h3';
import Koa from 'koa';
import { createNodeHandler } from 'mews-webhooks/node';
import { afterAll, describe, expect, test } from 'vitest';
import { servers, temporary } from './commands.js';
import { examples, start } from './start.js';

// What the parsers of each framework leave of a delivery, and that the handler takes it all the same.
const express4: typeof express = createRequire(import.meta.url)('express');
const express5: typeof express = createRequire(join(examples, 'package.json'))('express');
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
const probeSource = `
  const kindOf = ${kindOf};
  export const mews = (request, response) => response.end(kindOf(request.body));
  export default mews;
`;
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

describe('NestJS', () => {
  const start = async (adapter: AbstractHttpAdapter, seen: string[]): Promise<number> => {
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
    const app = await NestFactory.create(App, adapter, { logger: ['error'] });
    closing.push(() => app.close());
    await app.listen(0, '127.0.0.1');
    return app.getHttpServer().address().port;
  };

  test('on Express: its body parser leaves nothing of a delivery without a content type', async () => {
    const seen: string[] = [];
    const port = await start(new ExpressAdapter(), seen);
    expect((await post(port, undefined)).status).toBe(201);
    expect((await post(port, 'application/json')).status).toBe(201);
    expect(seen).toEqual(['undefined', '{"']);
  });

  test('on Fastify: a delivery without a content type reaches no controller', async () => {
    const seen: string[] = [];
    const port = await start(new FastifyAdapter(), seen);
    expect((await post(port, undefined)).status).toBe(415);
    expect((await post(port, 'application/json')).status).toBe(201);
    expect(seen).toEqual(['{"']);
  });
});

test('h3: readBody does not need a content type', async () => {
  const seen: string[] = [];
  const app = createApp().use(
    defineEventHandler(async (event) => {
      seen.push(kindOf(await readBody(event)));
      return null;
    }),
  );
  const port = await listen(toNodeListener(app));
  expect((await post(port, undefined)).status).toBe(204);
  expect((await post(port, 'application/json')).status).toBe(204);
  expect(seen).toEqual(['{"', '{"']);
});

// Their helpers are no exports, so that a function of this test is given to the server itself.
test.each([
  ['Vercel functions', 'vercel.ts', '""', '{"'],
  ['Google Cloud Functions', 'google-cloud-functions.ts', 'undefined', '{"'],
])('%s', async (name, file, without, withType) => {
  const probe = join(temporary, 'probe.mjs');
  mkdirSync(temporary, { recursive: true });
  writeFileSync(probe, probeSource);
  closing.push(() => rmSync(temporary, { recursive: true, force: true }));
  const server = await start((port) => {
    const command = servers[name]?.command(port);
    if (!command) throw new Error(`There is no example of ${name}`);
    const replace = (text: string): string => text.replace(join(examples, file), probe);
    return {
      ...command,
      args: command.args.map(replace),
      folder: temporary,
      variables: { ...command.variables, VERCEL_DEV_ENTRYPOINT: 'probe.mjs' },
    };
  });
  closing.push(server.stop);
  const port = Number(new URL(server.base).port);
  expect(await (await post(port, undefined)).text()).toBe(without);
  expect(await (await post(port, 'application/json')).text()).toBe(withType);
});
