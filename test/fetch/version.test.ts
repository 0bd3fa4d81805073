import fc from 'fast-check';
import { expect, test } from 'vitest';
import { versionOf } from '../../src/fetch/version.js';

const updated = (UpdatedUtc: unknown) => versionOf({ Id: 'x', UpdatedUtc });

test.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00'],
  ['2026-01-01T00:00:00', '2026-01-01T00:00:00'],
  ['2026-01-01T00:00Z', '2026-01-01T00:00:00'],
  ['2026-01-01T00:00:00+02:00', '2025-12-31T22:00:00'],
  ['2026-01-01T00:00:00-05:30', '2026-01-01T05:30:00'],
  ['2026-01-01T00:00:00+0530', '2025-12-31T18:30:00'],
  ['2026-01-01T00:00:00+02', '2025-12-31T22:00:00'],
  ['2026-01-01T00:00:00.1234567Z', '2026-01-01T00:00:00.1234567'],
  ['2026-01-01T00:00:00.1200000Z', '2026-01-01T00:00:00.12'],
  ['2026-01-01T00:00:00.000+00:00', '2026-01-01T00:00:00'],
  ['2024-02-29T23:59:59.9Z', '2024-02-29T23:59:59.9'],
  ['0001-01-01T00:00:00', '0001-01-01T00:00:00'],
  ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999'],
])('%s is %s', (time, version) => {
  expect(updated(time)).toBe(version);
});

test.each([
  [''],
  ['yesterday'],
  ['2026-01-01'],
  ['2026-02-30T00:00:00Z'],
  ['2026-13-01T00:00:00Z'],
  ['2026-01-01T24:00:00Z'],
  ['2026-01-01T00:00:60Z'],
  ['2026-01-01T00:00:00+25:00'],
  ['2026-01-01T00:00:00.Z'],
  ['2026-01-01T00:00.5Z'],
  ['2026-01-01T00:00:00+02:'],
  ['2026-01-01T00:00:00 UTC'],
  ['9999-12-31T23:59:59-01:00'],
  ['0000-01-01T00:00:00+01:00'],
  [1767225600000],
  [{}],
])('%j has no instant', (time) => {
  expect(updated(time)).toBe('');
});

test('is of the creation where there is no change', () => {
  const CreatedUtc = '2026-01-01T00:00:00Z';
  expect(versionOf({ Id: 'x', CreatedUtc })).toBe('2026-01-01T00:00:00');
  expect(versionOf({ Id: 'x', CreatedUtc, UpdatedUtc: null })).toBe('2026-01-01T00:00:00');
  expect(versionOf({ Id: 'x', CreatedUtc, UpdatedUtc: '2026-01-02T00:00:00Z' })).toBe(
    '2026-01-02T00:00:00',
  );
  expect(versionOf({ Id: 'x' })).toBe('');
});

test('sorts as the instants do, whatever their offset and decimals', () => {
  // Ten-millionths of a second since 1970, as .NET counts them.
  const ticks = fc.bigInt({ min: 0n, max: 2n ** 57n });
  const near = fc.tuple(ticks, fc.bigInt({ min: 0n, max: 20_000_000n }));
  const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
  const text = (instant: bigint, offset: number): string => {
    const ms = Number(instant / 10_000n);
    const local = new Date(ms - (ms % 1000) + offset * 60_000).toISOString().slice(0, 19);
    const decimals = String(instant % 10_000_000n).padStart(7, '0');
    const two = (value: number) => String(value).padStart(2, '0');
    const size = Math.abs(offset);
    return `${local}.${decimals}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };
  fc.assert(
    fc.property(near, offsets, offsets, ([first, more], one, two) => {
      const a = updated(text(first, one));
      const b = updated(text(first + more, two));
      expect(a === b).toBe(more === 0n);
      expect(a <= b).toBe(true);
    }),
  );
});

test('takes a megabyte of decimals in its stride', () => {
  const zeros = '0'.repeat(1_000_000);
  expect(updated(`2026-01-01T00:00:00.${zeros}1${zeros}Z`)).toBe(`2026-01-01T00:00:00.${zeros}1`);
  expect(updated(`2026-01-01T00:00:00.${'10'.repeat(500_000)}x`)).toBe('');
});
