import { expect, test } from 'vitest';
import * as integration from '../../src/integration/index.js';

test('exports exactly this at run time', () => {
  expect(Object.keys(integration).sort()).toEqual([
    'integrationActions',
    'parseAnyWebhook',
    'parseIntegrationWebhook',
    'safeParseAnyWebhook',
    'safeParseIntegrationWebhook',
  ]);
});
