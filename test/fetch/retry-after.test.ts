import { afterEach, expect, test, vi } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import { backOffMs, parseRetryAfter } from '../../src/fetch/retry-after.js';
import { optionsOf, payments, refusal, webhookOf } from './webhooks.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([
  ['0', 0],
  ['7', 7000],
  [' 30 ', 30_000],
  ['99999999999999999999', 86_400_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['Fri, 01 Jan 2027 00:00:00 GMT', 86_400_000],
  ['Thu, 99 Jan 2026 00:00:00 GMT', null],
  [null, null],
  ['', null],
  ['-5', null],
  ['soon 1', null],
  ['1.5', null],
  ['2026-01-01', null],
])('Retry-After %j is %j ms', (header, ms) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  expect(parseRetryAfter(header)).toBe(ms);
});

test.each([
  [1, 10_000],
  [2, 20_000],
  [6, 320_000],
  [7, 600_000],
  [5000, 600_000],
])('attempt %i without the header waits from half of %i ms up to all of it', (attempt, most) => {
  vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.5);
  expect(backOffMs(attempt)).toBe(most / 2);
  expect(backOffMs(attempt)).toBe(most * 0.75);
});

test('a retry waits as long as the response says, else as the attempt does', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const afterMs = async (headers: Record<string, string>) => {
    const options = optionsOf(() => refusal(503, headers));
    const outcome = await fetchEntities(webhookOf(payments('p')), { ...options, attempt: 3 });
    return outcome.retries.map((retry) => retry.afterMs);
  };
  expect(await afterMs({ 'Retry-After': '7' })).toEqual([7000]);
  expect(await afterMs({ 'Retry-After': 'soon' })).toEqual([20_000]);
  expect(await afterMs({})).toEqual([20_000]);
});
