import { expect, test } from 'vitest';
import * as core from '../src/index.js';

test('exports exactly this at run time', () => {
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
