import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWebhook, safeParseWebhook } from '../../src/parse.js';
import { check, patience } from './check.js';

const envelope = { EnterpriseId: 'e', IntegrationId: 'i' };

describe('size and depth', patience, () => {
  test('a value as deep as JSON.parse allows is taken, or refused, and never thrown over', () => {
    const nested = fc.record({
      depth: fc.integer({ min: 1000, max: 100_000 }),
      pair: fc.constantFrom(['[', ']'], ['{"a":', '}'], ['{"Value":', '}'], ['{"Id":', '}']),
      name: fc.constantFrom('Unheard', 'CustomerAdded'),
    });
    check(
      nested,
      ({ depth, pair: [open = '', close = ''], name }) => {
        const deep = `${open.repeat(depth)}null${close.repeat(depth)}`;
        const text = (events: string): string =>
          `{"EnterpriseId":"e","IntegrationId":"i","Events":${events}}`;
        const result = safeParseWebhook(text(`[{"Discriminator":"${name}","Value":${deep}}]`));
        expect(result.success).toBe(name === 'Unheard');
        expect(safeParseWebhook(text(deep)).success).toBe(false);
        expect(safeParseWebhook(text(`[${deep}]`)).success).toBe(false);
        expect(safeParseWebhook(deep).success).toBe(false);
      },
      20,
    );
  });

  test('there is no upper bound on the events', () => {
    check(
      fc.tuple(fc.integer({ min: 1, max: 200_000 }), fc.nat(3)),
      ([count, rare]) => {
        const Events = Array.from({ length: count }, (_, index) => ({
          Discriminator: index % 1000 < rare ? 'Unheard' : 'PaymentUpdated',
          Value: { Id: `${index}` },
        }));
        const webhook = parseWebhook({ EnterpriseId: 'e', IntegrationId: 'i', Events });
        expect(webhook.Events.length + webhook.UnknownEvents.length).toBe(count);
        expect(
          webhook.UnknownEvents.every(({ Discriminator }) => Discriminator === 'Unheard'),
        ).toBe(true);
      },
      20,
    );
  });

  test('a million events are taken as they are', () => {
    const event = { Discriminator: 'PaymentUpdated', Value: { Id: '1' } };
    const Events = Array.from({ length: 1_000_000 }, () => event);
    const unknown = { Discriminator: 'Unheard', Value: null };
    expect(parseWebhook({ ...envelope, Events }).Events).toHaveLength(1_000_000);
    const mixed = parseWebhook({ ...envelope, Events: [unknown, ...Events] });
    expect(mixed.Events).toHaveLength(1_000_000);
    expect(mixed.UnknownEvents).toEqual([unknown]);
  });

  test('a million wrong events cost little memory', () => {
    const Events = Array.from({ length: 1_000_000 }, () => ({}));
    const text = JSON.stringify({ ...envelope, Events });
    const before = process.memoryUsage().heapUsed;
    const result = safeParseWebhook(text);
    const error = result.success ? undefined : result.error;
    expect(error?.issues).toHaveLength(100);
    expect(error?.message).toMatch(/\(and 999999 more\)$/);
    // The parsed value itself takes most of it: 56 bytes an event.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * text.length);
  });
});
