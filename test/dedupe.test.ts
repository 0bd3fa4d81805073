import { describe, expect, test } from 'vitest';
import { dedupeEvents, discriminators, fetchOperations, type WebhookEvent } from '../src/index.js';

const event = (Discriminator: WebhookEvent['Discriminator'], Id: string): WebhookEvent => ({
  Discriminator,
  Value: { Id },
});

describe('CustomerAdded and CustomerUpdated of one customer', () => {
  const added = event('CustomerAdded', 'c');
  const updated = event('CustomerUpdated', 'c');
  const other = event('PaymentUpdated', 'c');

  test.each<[string, WebhookEvent[], WebhookEvent[]]>([
    ['added first', [added, other, updated], [added, other]],
    ['updated first', [updated, other, added], [added, other]],
    ['updated only', [updated, updated], [updated]],
    ['many', [updated, updated, added, updated, added], [added]],
    [
      'of two customers',
      [added, event('CustomerUpdated', 'd')],
      [added, event('CustomerUpdated', 'd')],
    ],
  ])('%s: the Added one stands at the first place', (_, events, expected) => {
    const deduped = dedupeEvents(events);
    expect(deduped).toEqual(expected);
  });

  test('the event that stands is the one that came', () => {
    const again = event('CustomerAdded', 'c');
    expect(dedupeEvents([updated, added, again])[0]).toBe(added);
    expect(dedupeEvents([updated, { ...updated }])[0]).toBe(updated);
  });
});

test('events merge when they have the same operation and the same id, and only then', () => {
  for (const first of discriminators) {
    for (const second of discriminators) {
      const merged = dedupeEvents([event(first, 'x'), event(second, 'x')]).length === 1;
      expect([first, second, merged]).toEqual([
        first,
        second,
        fetchOperations[first] === fetchOperations[second],
      ]);
      expect(dedupeEvents([event(first, 'x'), event(second, 'X')])).toHaveLength(2);
    }
  }
});

test('takes any iterable, returns a new array, changes nothing, and is idempotent', () => {
  const events = Object.freeze(
    discriminators.flatMap((name) => ['1', '2', '1'].map((Id) => Object.freeze(event(name, Id)))),
  );
  const deduped = dedupeEvents(events);
  expect(deduped).toHaveLength(12);
  expect(dedupeEvents(new Set(events))).toEqual(deduped);
  expect(
    dedupeEvents(
      (function* () {
        yield* events;
      })(),
    ),
  ).toEqual(deduped);
  expect(dedupeEvents(deduped)).toEqual(deduped);
  expect(dedupeEvents(deduped)).not.toBe(deduped);
  expect(dedupeEvents([])).toEqual([]);
});

test('ids may hold anything', () => {
  const ids = ['__proto__', 'constructor', ' ', '0', '00', '\u0000', '🏨', 'a b', 'a\u0000b'];
  const events = discriminators.flatMap((name) => ids.map((Id) => event(name, Id)));
  expect(dedupeEvents([...events, ...events])).toHaveLength(6 * ids.length);
});

test('an id that reads like the key of another one stays apart', () => {
  const id = '1234567890123456789';
  const events = [event('PaymentUpdated', id), event('PaymentUpdated', `#${id}`)];
  expect(dedupeEvents([...events, ...events])).toEqual(events);
});

test('ids whose hashes V8 could be made to collide cost no more than others', () => {
  // Node before 2026 takes digits for their own hash, of which a table looks at the lowest bits.
  const timeOf = (idOf: (index: number) => string) => {
    const events = Array.from({ length: 20_000 }, (_, index) =>
      event('PaymentUpdated', idOf(index)),
    );
    const start = performance.now();
    expect(dedupeEvents(events)).toHaveLength(20_000);
    return performance.now() - start;
  };
  timeOf((index) => `warm-up ${index}`);
  const plain = timeOf((index) => `${1e9 + index}`);
  const colliding = timeOf((index) => `${index * 65_536}`);
  expect(colliding).toBeLessThan(50 * plain + 200);
});
