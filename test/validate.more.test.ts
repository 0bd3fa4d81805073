import { expect, test, vi } from 'vitest';
import { WebhookParseError } from '../src/errors.js';
import { safeParseWebhook } from '../src/parse.js';
import { validateWebhook } from '../src/validate.js';

const envelope = { EnterpriseId: 'e', IntegrationId: 'i' };
const throwing = (name: string): object =>
  Object.defineProperty({}, name, { enumerable: true, get });
function get(): never {
  throw new Error('read');
}

test('what the body throws after a callback is not taken for what the callback throws', () => {
  const body = Object.defineProperty({ ...envelope, Events: [7] }, 'Extra', {
    enumerable: true,
    get,
  });
  expect(safeParseWebhook(body, { onInvalidEvent() {} })).toMatchObject({
    error: { code: 'invalid_webhook' },
  });
});

test('an event that throws when it is read is no object', () => {
  expect(safeParseWebhook({ ...envelope, Events: [7, throwing('Discriminator')] })).toMatchObject({
    error: { issues: [{}, { path: ['Events', 1], expected: 'object', received: 'undefined' }] },
  });
});

test('a body whose first event throws when it is read is no WebSocket message', () => {
  for (const name of ['Discriminator', 'Type']) {
    expect(safeParseWebhook({ ...envelope, Events: [throwing(name)] })).toMatchObject({
      error: { code: 'invalid_webhook' },
    });
  }
});

test('where malformed events go nowhere, they are issues', () => {
  expect(validateWebhook({ ...envelope, Events: [7] })).toBeInstanceOf(WebhookParseError);
});

test('a message names an index of two digits', () => {
  const event = { Discriminator: 'Unheard' };
  const result = safeParseWebhook({ ...envelope, Events: [...Array(12).fill(event), 7] });
  expect(result).toMatchObject({
    error: { message: 'Events[12]: expected object, received number' },
  });
});

test('the very first bytes that are read have to be UTF-8, and keep a second byte order mark', async () => {
  vi.resetModules();
  const { parseWebhook } = await import('../src/parse.js');
  expect(() => parseWebhook(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('JSON');
  const marks = [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf];
  expect(() => parseWebhook(Uint8Array.of(...marks, 0x7b, 0x7d))).toThrow('is not JSON');
});
