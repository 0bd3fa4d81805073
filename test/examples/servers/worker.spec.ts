import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { deliveries, expectReady, postTo, token } from './deliveries.js';

// In workerd, with a queue whose consumer gives each message to the test.
const consumer = `
  const kept = [];
  export default {
    async queue(batch) { for (const { body } of batch.messages) kept.push(body); },
    fetch() { return Response.json(kept); },
  };
`;
let miniflare: Miniflare;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/worker.ts`],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const compatibilityDate = '2026-01-01';
  miniflare = new Miniflare({
    workers: [
      {
        name: 'receiver',
        modules: true,
        script: outputFiles[0]?.text ?? '',
        compatibilityDate,
        bindings: { MEWS_TOKEN: token },
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
  await miniflare.ready;
});
afterAll(() => miniflare.dispose());

describe('Cloudflare Worker', () => {
  test.each(Object.entries(deliveries))('%s', async (_, deliver) => {
    const address = await miniflare.ready;
    await deliver({
      post: postTo(address),
      async stored() {
        await new Promise((resolve) => setTimeout(resolve, 200)); // the queue delivers in its own time
        const worker = await miniflare.getWorker('consumer');
        const kept: unknown = await (await worker.fetch('http://consumer/')).json();
        return Array.isArray(kept) ? kept : [];
      },
    });
  });

  test('has no fault that Mews would find', async () => expectReady(await miniflare.ready));
});
