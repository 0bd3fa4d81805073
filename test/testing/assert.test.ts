import { afterAll, expect, test } from 'vitest';
import { assertReceiver } from '../../src/testing/index.js';
import { startReceiver, stopReceivers } from './receivers.js';

afterAll(stopReceivers);

const messageOf = (promise: Promise<void>) =>
  promise.then(
    () => 'resolved',
    (error: Error) => error.message,
  );

test('resolves for a good receiver', async () => {
  const url = await startReceiver();
  expect(await messageOf(assertReceiver(url, { only: ['get', 'sample'] }))).toBe('resolved');
});

test('throws one text that says what to do, without the token', async () => {
  const url = await startReceiver(() => ({ status: 503 }));
  const one = await messageOf(assertReceiver(url, { only: ['sample'] }));
  expect(one).toMatch(
    /^The receiver is not ready for Mews: one rule failed\n\nsample: [^\n]+\n {2}what {2}the sample: responded 503 [^\n]+\n {2}why {3}[^\n]+\n {2}fix {3}[^\n]+\n {2}docs {2}https:[^\n]+$/,
  );
  const both = await messageOf(assertReceiver(url, { only: ['get', 'malformed-json'] }));
  expect(both).toMatch(/: 2 rules failed\n\nget: .*\n\nmalformed-json: /s);
  expect(one + both).not.toContain('secret');
});

test('throws what the check throws', async () => {
  await expect(assertReceiver('http://example.com/')).rejects.toThrow(/^url: expected a loopback/);
});
