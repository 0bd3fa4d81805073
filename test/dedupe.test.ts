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
  const events = ['7', ' 7', '7'.padStart(20)].map((id) => event('PaymentUpdated', id));
  for (const times of [2, 20]) {
    expect(dedupeEvents(Array.from({ length: times }, () => events).flat())).toEqual(events);
  }
});

test('the verdict does not depend on how many events there are', () => {
  const padding = Array.from({ length: 20 }, (_, index) => event('MessageAdded', `${index}`));
  for (const id of ['c', '6ea21fbf-1a1d-4a35-8d9d-b2e5010d2be5']) {
    const events = discriminators.map((name) => event(name, id));
    for (const list of [events, [...events].reverse()]) {
      const few = dedupeEvents([...list, ...list]);
      expect(few).toHaveLength(6);
      expect(dedupeEvents([...list, ...list, ...padding])).toEqual([...few, ...padding]);
    }
  }
});

test('of many events, none is compared with all others', () => {
  let reads = 0;
  const events = Array.from({ length: 200 }, (_, index) => ({
    ...event('PaymentUpdated', ''),
    Value: {
      get Id() {
        reads += 1;
        return `${index}`;
      },
    },
  }));
  dedupeEvents(events);
  expect(reads).toBeLessThan(2_000);
});
