import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveries, expectReady, postTo, type Receiver, token } from './deliveries.js';

const here = import.meta.dirname;
const next = join(here, 'nextjs/node_modules/next/dist/bin/next');
const tsx = fileURLToPath(import.meta.resolve('tsx'));

interface Server {
  /** What `node` is given; run in a folder of its own. */
  readonly args: readonly string[];
  /** The folder in which it runs instead. */
  readonly cwd?: string;
  readonly prepare?: () => void;
}

const source = (file: string): Server => ({ args: ['--import', tsx, join(here, file)] });
const servers: Record<string, Server> = {
  'node:http': source('node-http.ts'),
  'Express 5': source('express.ts'),
  'Express 4': source('express-4/server.ts'),
  Fastify: source('fastify.ts'),
  Koa: source('koa.ts'),
  NestJS: source('nestjs.ts'),
  Hono: source('hono.ts'),
  'Next.js': {
    args: [next, 'start'],
    cwd: join(here, 'nextjs'),
    prepare: () => {
      const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
      execFileSync(process.execPath, [next, 'build'], { cwd: join(here, 'nextjs'), env });
    },
  },
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.each(Object.entries(servers))('%s', (_, { args, cwd, prepare }) => {
  let child: ChildProcess | undefined;
  let base: string;
  let receiver: Receiver;
  let output = '';
  const folder = cwd ?? mkdtempSync(join(tmpdir(), 'mews-server-'));

  beforeAll(async () => {
    rmSync(join(folder, 'webhooks.jsonl'), { force: true });
    prepare?.();
    const port = await freePort();
    child = spawn(process.execPath, args, {
      cwd: folder,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(port),
        MEWS_TOKEN: token,
        TSX_TSCONFIG_PATH: join(here, 'tsconfig.json'),
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
      });
    }
    base = `http://127.0.0.1:${port}`;
    receiver = {
      post: postTo(base),
      stored: async () => {
        const lines = await readFile(join(folder, 'webhooks.jsonl'), 'utf8').catch(() => '');
        return lines
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line));
      },
    };
    for (let tries = 0; ; tries++) {
      const up = await fetch(base).then(
        () => true,
        () => false,
      );
      if (up) break;
      if (tries > 300 || child.exitCode !== null) throw new Error(`It does not start: ${output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  afterAll(async () => {
    if (child?.exitCode === null) {
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill();
      await ended;
    }
    rmSync(cwd === undefined ? folder : join(folder, 'webhooks.jsonl'), {
      recursive: true,
      force: true,
    });
  });

  test.each(Object.entries(deliveries))('%s', async (_, deliver) => {
    await deliver(receiver);
  });

  test('has no fault that Mews would find', () => expectReady(base));

  test('prints what was wrong, and no token', () => {
    expect(output).toContain('invalid_webhook');
    expect(output).not.toContain(token);
  });
});
