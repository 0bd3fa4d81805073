import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, createNitro, prepare } from 'nitropack';
import { type Command, examples, installed, runInNode } from './start.js';

interface Example {
  /** What has to be built before it can start. */
  readonly prepare?: () => unknown;
  readonly command: (port: number) => Command;
  /** A delivery that this server cannot pass on. */
  readonly without?: string;
}

export const temporary = join(import.meta.dirname, '.tmp');
const key = join(temporary, 'key.pem');
const certificate = join(temporary, 'certificate.pem');
const next = join(examples, 'node_modules/next/dist/bin/next');
const nextFolder = join(examples, 'nextjs');
const file = (name: string): Example => ({ command: () => runInNode(join(examples, name)) });

/** How each example is started. */
export const servers: Record<string, Example> = {
  'node:http': file('node-http.ts'),
  'HTTP/2': {
    prepare: () => {
      mkdirSync(temporary, { recursive: true });
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const files = ['-keyout', key, '-out', certificate];
      const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
      execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'ignore' });
      // Nobody else signed it, and fetch has no other way to accept it.
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    },
    command: () => ({
      ...runInNode(join(examples, 'http2.ts')),
      scheme: 'https',
      variables: { TLS_KEY: key, TLS_CERT: certificate },
    }),
  },
  'Express 5': file('express.ts'),
  'Express 4': {
    // Here the name `express` is that of version 4.
    prepare: () => cpSync(join(examples, 'express.ts'), join(temporary, 'express-4.ts')),
    command: () => runInNode(join(temporary, 'express-4.ts')),
  },
  Fastify: file('fastify.ts'),
  Koa: file('koa.ts'),
  'NestJS on Express': file('nestjs.ts'),
  'NestJS on Fastify': file('nestjs-fastify.ts'),
  Hono: file('hono.ts'),
  'Nuxt (Nitro)': {
    prepare: buildNitro,
    command: () => ({ args: [join(temporary, 'nitro/server/index.mjs')] }),
  },
  'Next.js': {
    prepare: () => {
      const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
      execFileSync(process.execPath, [next, 'build'], { cwd: nextFolder, env });
    },
    command: () => ({ args: [next, 'start'], folder: nextFolder }),
  },
  Bun: {
    command: () => ({
      program: join(installed, '.bin/bun'),
      args: [join(examples, 'bun-deno.ts')],
    }),
  },
  Deno: {
    command: (port) => ({
      program: join(installed, '.bin/deno'),
      args: [
        ...['serve', '--no-remote', '--host', '127.0.0.1', '--port', String(port)],
        ...['--allow-env', '--allow-read', '--allow-write', join(examples, 'bun-deno.ts')],
      ],
      folder: examples, // where its package.json is
      variables: { DENO_DIR: join(temporary, 'deno'), DENO_NO_UPDATE_CHECK: '1' },
    }),
  },
  'Vercel functions': {
    command: (port) => ({
      ...runInNode(join(installed, '@vercel/node/dist/dev-server.mjs')),
      folder: examples,
      variables: { VERCEL_DEV_ENTRYPOINT: 'vercel.ts', VERCEL_DEV_PORT: String(port) },
    }),
    // Vercel's server for development answers every chunked request with 500.
    without: 'more than a megabyte, without Content-Length',
  },
  'Azure Functions': {
    command: () => runInNode(join(import.meta.dirname, 'azure-host.ts')),
  },
  'Google Cloud Functions': {
    command: () =>
      runInNode(
        join(examples, 'node_modules/@google-cloud/functions-framework/build/src/main.js'),
        '--target=mews',
        `--source=${join(examples, 'google-cloud-functions.ts')}`,
      ),
  },
};

async function buildNitro(): Promise<void> {
  const nitro = await createNitro({
    rootDir: join(examples, 'nuxt'),
    srcDir: 'server',
    buildDir: join(temporary, 'nitro-build'),
    output: { dir: join(temporary, 'nitro') },
    preset: 'node-server',
    compatibilityDate: '2026-01-01',
    logLevel: 1,
  });
  await prepare(nitro);
  await build(nitro);
  await nitro.close();
}
