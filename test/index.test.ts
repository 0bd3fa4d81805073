import { expect, test } from 'vitest';

test('exports exactly this at run time', async () => {
  // Here, so that a core that fails to load fails a test: mutation testing looks at nothing else.
  const core = await import('../src/index.js');
  expect(Object.keys(core).sort()).toEqual([
    'WebhookParseError',
    'dedupeEvents',
    'discriminators',
    'fetchOperations',
    'isDiscriminator',
    'parseWebhook',
    'planFetches',
    'reconcileFetch',
    'safeParseWebhook',
    'toHttpRequest',
    'verifyToken',
    'webhookSchema',
  ]);
});
