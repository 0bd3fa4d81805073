import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWebhook, safeParseWebhook } from '../../src/parse.js';
import { encode } from './bodies.js';
import { check, patience } from './check.js';

// Where JSON parsers differ, the library does what JSON.parse does. These hold it to that.

const messageOf = (events: string): string =>
  `{"EnterpriseId":"e","IntegrationId":"i","Events":[${events}]}`;

describe('of a key that comes twice, the last one counts', () => {
  test('in the envelope', () => {
    const twice = messageOf('').replace('{', '{"EnterpriseId":"first","Events":"none",');
    expect(parseWebhook(twice).EnterpriseId).toBe('e');
    const voided = messageOf('').replace('}', ',"EnterpriseId":""}');
    expect(safeParseWebhook(voided)).toMatchObject({
      error: { issues: [{ path: ['EnterpriseId'], received: 'empty string' }] },
    });
  });

  test('in an event, so that what is checked is what is returned', () => {
    const { Events, UnknownEvents } = parseWebhook(
      messageOf(
        '{"Discriminator":"Unheard","Discriminator":"PaymentUpdated","Value":7,"Value":{"Id":"1","Id":"2"}}',
      ),
    );
    expect(Events).toEqual([{ Discriminator: 'PaymentUpdated', Value: { Id: '2' } }]);
    expect(UnknownEvents).toEqual([]);
  });

  test('__proto__ is a key like any other, and gives nothing to inherit', () => {
    const result = safeParseWebhook(
      messageOf('{"Discriminator":"PaymentUpdated","Value":{"__proto__":{"Id":"1"}}}'),
    );
    expect(result).toMatchObject({ error: { issues: [{ path: ['Events', 0, 'Value', 'Id'] }] } });
    const body = messageOf('').replace('{', '{"__proto__":{"EnterpriseId":"x","polluted":1},');
    const webhook = parseWebhook(body);
    expect(Object.keys(webhook)).toContain('__proto__');
    expect(Object.getPrototypeOf(webhook)).toBe(Object.prototype);
    expect(Reflect.get(webhook, 'polluted')).toBeUndefined();
    expect(JSON.parse(JSON.stringify(webhook))).toEqual(webhook);
  });
});

describe('numbers of values that the library does not check', patience, () => {
  const numberOf = (value: string): unknown =>
    parseWebhook(messageOf(`{"Discriminator":"Unheard","Value":${value}}`)).UnknownEvents[0]?.Value;

  test('past 2^53 lose digits, as in any JavaScript', () => {
    expect(numberOf('9007199254740993')).toBe(9007199254740992);
    expect(numberOf('1e400')).toBe(Infinity);
  });

  test('-0 keeps its sign until it is written as JSON', () => {
    expect(numberOf('-0')).toBe(-0);
    const message = messageOf('{"Discriminator":"Unheard","Value":-0}');
    const again = parseWebhook(JSON.stringify(parseWebhook(message)));
    expect(again.UnknownEvents[0]?.Value).toBe(0);
  });

  test('come out as JSON.parse reads them', () => {
    const digits = fc.stringMatching(
      /^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/,
    );
    check(digits, (number) => expect(numberOf(number)).toBe(JSON.parse(number)));
  });
});

describe('ids', patience, () => {
  const idOf = (body: string | Uint8Array): string | undefined =>
    parseWebhook(body).Events[0]?.Value.Id;
  const withId = (id: string): string =>
    messageOf(`{"Discriminator":"PaymentUpdated","Value":{"Id":${id}}}`);

  test('may hold \\u0000 when it is escaped; a raw one is not JSON', () => {
    expect(idOf(withId('"a\\u0000b"'))).toBe('a\0b');
    expect(safeParseWebhook(withId('"a\0b"'))).toMatchObject({ error: { code: 'invalid_json' } });
    expect(safeParseWebhook('\0')).toMatchObject({ error: { code: 'invalid_json' } });
  });

  test('are the same as a surrogate pair, escaped or not', () => {
    expect(idOf(withId('"\\ud83d\\ude00"'))).toBe('\u{1F600}');
    expect(idOf(encode(withId('"\u{1F600}"')))).toBe('\u{1F600}');
  });

  test('keep an escaped lone surrogate, also across a queue; as raw bytes it is not UTF-8', () => {
    const message = withId('"\\ud83d"');
    expect(idOf(encode(message))).toBe('\ud83d');
    expect(idOf(encode(JSON.stringify(parseWebhook(message))))).toBe('\ud83d');
    const raw = Uint8Array.from([...encode('{"EnterpriseId":"'), 0xed, 0xa0, 0xbd, 0x22, 0x7d]);
    expect(safeParseWebhook(raw)).toMatchObject({ error: { code: 'invalid_json' } });
  });

  test('are neither normalised nor trimmed', () => {
    expect(idOf(withId('" A\u0301 "'))).toBe(' A\u0301 ');
    check(fc.string({ unit: 'binary', minLength: 1 }), (id) => {
      expect(idOf(withId(JSON.stringify(id)))).toBe(id);
      expect(idOf(encode(withId(JSON.stringify(id))))).toBe(id);
    });
  });
});
