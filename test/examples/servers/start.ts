import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support.js';
import { token } from './deliveries.js';

export const examples = join(import.meta.dirname, '../../../examples/servers');
export const installed = join(import.meta.dirname, 'node_modules');

/** A command that starts a server; in an empty folder, unless it names one. */
export interface Command {
  readonly program?: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly scheme?: 'http' | 'https';
  readonly variables?: NodeJS.ProcessEnv;
}

export interface RunningServer {
  readonly base: string;
  output(): string;
  stored(): Promise<unknown[]>;
  stop(): Promise<void>;
}

/** Runs a TypeScript file in Node.js. */
export function runInNode(...args: string[]): Command {
  return { args: ['--import', fileURLToPath(import.meta.resolve('tsx')), ...args] };
}

/** Waits until the server responds. Rejects with its output when it ends before that. */
export async function start(
  commandFor: (port: number) => Command,
  variables: NodeJS.ProcessEnv = { MEWS_TOKEN: token },
): Promise<RunningServer> {
  const port = await freePort();
  const {
    program = process.execPath,
    args,
    folder,
    scheme = 'http',
    ...command
  } = commandFor(port);
  const queued: unknown[] = [];
  const queue = createServer(async (request, response) => {
    queued.push(JSON.parse(await text(request)));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(queue, 'listening');
  const cwd = folder ?? mkdtempSync(join(tmpdir(), 'mews-server-'));
  const file = join(cwd, 'webhooks.jsonl');
  rmSync(file, { force: true });

  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      TSX_TSCONFIG_PATH: join(examples, 'tsconfig.json'),
      QUEUE_URL: `http://127.0.0.1:${(queue.address() as AddressInfo).port}`,
      PORT: String(port),
      ...command.variables,
      ...variables,
    },
  });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }

  const base = `${scheme}://127.0.0.1:${port}`;
  const server: RunningServer = {
    base,
    output: () => output,
    async stored() {
      const lines = await readFile(file, 'utf8').catch(() => '');
      const inFile = lines.split('\n').filter(Boolean);
      return [...inFile.map((line): unknown => JSON.parse(line)), ...queued];
    },
    async stop() {
      queue.close();
      if (child.exitCode === null) child.kill();
      await ended;
      rmSync(folder === undefined ? cwd : file, { recursive: true, force: true });
    },
  };
  for (let tries = 0; tries < 600; tries++) {
    const status = await fetch(base).then(
      (response) => response.status,
      () => undefined,
    );
    // Vercel's server responds 500 until it has loaded the function.
    if (status !== undefined && status !== 500 && child.exitCode === null) return server;
    // Without a token, that of Next.js prints so and responds 500 to everything.
    if (child.exitCode !== null || output.includes('MEWS_TOKEN is not set')) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await server.stop();
  throw new Error(`The server did not start: ${output}`);
}
