import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveries, expectReady, postTo, token } from './deliveries.js';
import { examples } from './start.js';

// In workerd, with a queue whose consumer gives each message to the test.
const consumer = `
  const kept = [];
  export default {
    async queue(batch) { for (const { body } of batch.messages) kept.push(body); },
    fetch() { return Response.json(kept); },
  };
`;
const compatibilityDate = '2026-01-01';
let script: string;
let miniflare: Miniflare;
let output = '';

const start = (bindings: Record<string, string>): Miniflare =>
  new Miniflare({
    handleRuntimeStdio(...streams: Readable[]) {
      for (const stream of streams) {
        stream.on('data', (chunk) => {
          output += chunk;
        });
      }
    },
    workers: [
      {
        name: 'receiver',
        modules: true,
        script,
        compatibilityDate,
        bindings,
        queueProducers: { WEBHOOKS: 'webhooks' },
      },
      {
        name: 'consumer',
        modules: true,
        script: consumer,
        compatibilityDate,
        queueConsumers: { webhooks: { maxBatchTimeout: 0, maxBatchSize: 1 } },
      },
    ],
  });

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(examples, 'cloudflare/worker.ts')],
    bundle: true,
    external: ['cloudflare:workers'],
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  script = outputFiles[0]?.text ?? '';
  miniflare = start({ MEWS_TOKEN: token });
});
afterAll(() => miniflare.dispose());

async function stored(): Promise<unknown[]> {
  await new Promise((resolve) => setTimeout(resolve, 200)); // the queue delivers in its own time
  const worker = await miniflare.getWorker('consumer');
  const kept: unknown = await (await worker.fetch('http://consumer/')).json();
  return Array.isArray(kept) ? kept : [];
}

describe('Cloudflare Worker', () => {
  // A queue takes messages of up to 128 kB.
  const large = '200 kB with a JSON content type, which body parsers read';
  const fitting = Object.entries(deliveries).filter(([name]) => name !== large);

  test.each(fitting)('%s', async (_, deliver) => {
    await deliver({ post: postTo(await miniflare.ready), stored });
  });

  test('a message that the queue refuses for its size is 500 and logged', async () => {
    const deliver = deliveries[large];
    await expect(deliver?.({ post: postTo(await miniflare.ready), stored })).rejects.toThrow('500');
    expect(output).toContain('exceeds limit of 128000');
  });

  test('passes the receiver check', async () => expectReady(await miniflare.ready));

  test('prints why it refused a request, and no token', () => {
    expect(output).toMatch(/401 token/);
    expect(output).toMatch(/400 invalid .*Events\[0\]/);
    expect(output).not.toContain(token);
  });

  test('does not start without a token', async () => {
    const withoutToken = start({});
    await expect(withoutToken.ready).rejects.toThrow();
    expect(output).toContain('MEWS_TOKEN is not set');
    await withoutToken.dispose().catch(() => {}); // it rejects with the same error
  });
});
