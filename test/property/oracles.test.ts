import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dedupeEvents } from '../../src/dedupe.js';
import { discriminators } from '../../src/discriminators.js';
import type { GeneralWebhook, WebhookEvent } from '../../src/events.js';
import { fetchOperations } from '../../src/operations.js';
import { planFetches } from '../../src/plan.js';
import { reconcileFetch } from '../../src/reconcile.js';
import { check, patience } from './check.js';

// Few ids, so that they meet; and ids that read the same when they are joined or split.
const id = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'a b',
      '1',
      '01',
      ' a',
      '#a',
      'x'.repeat(19),
      `#${'x'.repeat(19)}`,
      '__proto__',
      '\0',
    ),
  },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
);

const event: fc.Arbitrary<WebhookEvent> = fc.record({
  Discriminator: fc.constantFrom(...discriminators),
  Value: fc.record({ Id: id }),
});

const webhook: fc.Arbitrary<GeneralWebhook> = fc.record({
  EnterpriseId: id,
  IntegrationId: id,
  Events: fc.array(event, { maxLength: 12 }),
  UnknownEvents: fc.constant([]),
});

const entityOf = ({ Discriminator }: WebhookEvent): string => fetchOperations[Discriminator].entity;

const sameEntity = (one: WebhookEvent, other: WebhookEvent): boolean =>
  entityOf(one) === entityOf(other) && one.Value.Id === other.Value.Id;

const isAdded = ({ Discriminator }: WebhookEvent): boolean => Discriminator.endsWith('Added');

/** What dedupeEvents does, the slow and obvious way. */
function dedupeSlowly(events: readonly WebhookEvent[]): (WebhookEvent | undefined)[] {
  return events
    .filter((event, index) => events.findIndex((other) => sameEntity(event, other)) === index)
    .map((first) => {
      const same = events.filter((other) => sameEntity(first, other));
      return same.find(isAdded) ?? same[0];
    });
}

describe('dedupeEvents', patience, () => {
  const events = fc.array(event, { maxLength: 30 });

  test('does what comparing every event with every other does', () => {
    check(events, (input) => {
      const before = JSON.stringify(input);
      const deduped = dedupeEvents(input);
      const expected = dedupeSlowly(input);
      expect(deduped.length).toBe(expected.length);
      for (const [index, kept] of deduped.entries()) expect(kept).toBe(expected[index]);
      expect(dedupeEvents(deduped)).toEqual(deduped);
      expect(dedupeEvents(new Set(input))).toEqual(deduped);
      expect(JSON.stringify(input)).toBe(before);
    });
  });
});

/** What planFetches asks for, as one line per enterprise, integration, operation and id. */
function planSlowly(webhooks: readonly GeneralWebhook[]): string[] {
  const groups: { name: string; lines: string[] }[] = [];
  for (const { EnterpriseId, IntegrationId, Events } of webhooks) {
    for (const event of Events) {
      const name = JSON.stringify([EnterpriseId, IntegrationId, entityOf(event)]);
      let group = groups.find((other) => other.name === name);
      if (!group) {
        group = { name, lines: [] };
        groups.push(group);
      }
      const line = `${name} ${event.Value.Id}`;
      if (!group.lines.includes(line)) group.lines.push(line);
    }
  }
  return groups.flatMap(({ lines }) => lines);
}

describe('planFetches', patience, () => {
  test('asks once for what comparing every event with every other finds, in that order', () => {
    check(fc.array(webhook, { maxLength: 6 }), (input) => {
      const requests = planFetches(input);
      const lines = requests.flatMap(({ EnterpriseId, IntegrationId, operation, ids }) =>
        ids.map((id) => `${JSON.stringify([EnterpriseId, IntegrationId, operation.entity])} ${id}`),
      );
      expect(lines).toEqual(planSlowly(input));
      for (const { kind, operation, ids, body } of requests) {
        const { idsProperty, parameters } = operation;
        expect(kind).toBe(idsProperty === null ? 'incomplete' : 'ready');
        expect(body).toEqual(
          idsProperty === null
            ? { ...parameters, Limitation: { Count: 1000 } }
            : { ...parameters, [idsProperty]: ids, Limitation: { Count: ids.length } },
        );
      }
    });
  });

  test('splits in the fewest requests that the operation takes', () => {
    check(
      fc.integer({ min: 0, max: 5000 }),
      (count) => {
        const Events = Array.from({ length: count }, (_, index) => ({
          Discriminator: 'PaymentUpdated' as const,
          Value: { Id: `${index}` },
        }));
        const message = { EnterpriseId: 'e', IntegrationId: 'i', Events, UnknownEvents: [] };
        const requests = planFetches(message);
        expect(requests.length).toBe(Math.ceil(count / 1000));
        expect(requests.every(({ ids }) => ids.length >= 1 && ids.length <= 1000)).toBe(true);
        expect(requests.flatMap(({ ids }) => ids)).toEqual(Events.map(({ Value }) => Value.Id));
      },
      100,
    );
  });

  test('survives a queue, and reconciles with any response', () => {
    check(fc.tuple(webhook, fc.array(id)), ([message, given]) => {
      const requests = planFetches(message);
      const queued: unknown = JSON.parse(JSON.stringify(requests));
      expect(queued).toEqual(JSON.parse(JSON.stringify(planFetches([message]))));
      for (const request of requests) {
        const rows = given.map((Id) => ({ Id }));
        const { found, missing } = reconcileFetch(request, {
          [request.operation.rowsProperty]: rows,
        });
        expect(new Set([...found.keys(), ...missing])).toEqual(new Set(request.ids));
        expect(found.size + missing.length).toBe(request.ids.length);
        expect(missing).toEqual(request.ids.filter((id) => !given.includes(id)));
      }
    });
  });
});
