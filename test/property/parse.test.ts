import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discriminators } from '../../src/discriminators.js';
import { type WebhookIssue, WebhookParseError } from '../../src/errors.js';
import { parseWebhook, safeParseWebhook } from '../../src/parse.js';
import {
  anything,
  body,
  bytes,
  encode,
  isRecord,
  type Json,
  nearBody,
  validBody,
} from './bodies.js';
import { check, patience } from './check.js';

// A string that is handed over is text to be parsed; as a JSON value it comes quoted.
const parsedForm = body.filter((value) => typeof value !== 'string');

/** What came of a body, for comparing. */
function outcome(input: unknown): unknown {
  try {
    return parseWebhook(input);
  } catch (error) {
    if (!(error instanceof WebhookParseError)) throw error;
    return error.toJSON();
  }
}

function expectWellFormed(error: WebhookParseError): void {
  expect(error.issues.length).toBeGreaterThan(0);
  expect(error.issues.length).toBeLessThanOrEqual(100);
  for (const { expected, received, message } of error.issues) {
    expect(message).toBe(`expected ${expected}, received ${received}`);
  }
  expect(error.message).toMatch(/^.{10,}$/);
  expect(error.cause).toBeUndefined();
}

/** What is said against a body, if anything is. */
function errorOf(input: unknown): WebhookParseError | undefined {
  const result = safeParseWebhook(input);
  return result.success ? undefined : result.error;
}

const textOf = (value: Json): string => JSON.stringify(value);

const reparse = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('nothing but WebhookParseError is thrown', patience, () => {
  const holds = (input: unknown): void => {
    const result = safeParseWebhook(input);
    if (!result.success) expectWellFormed(result.error);
    expect(outcome(input)).toEqual(result.success ? result.data : result.error.toJSON());
  };

  test('for JSON values', () => check(parsedForm, holds));
  test('for values that no JSON parser makes', () => check(anything, holds));
  test('for text', () => check(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), holds));
  test('for bytes', () => check(bytes, holds));

  test('for values that throw when they are read', () => {
    const traps = fc.tuple(nearBody, fc.nat(40)).map(([value, reads]) => {
      let left = reads;
      const proxied = (inner: unknown): unknown =>
        typeof inner === 'object' && inner !== null
          ? new Proxy(inner, {
              get(target, name, receiver) {
                if (left-- <= 0) throw new Error('secret');
                return proxied(Reflect.get(target, name, receiver));
              },
              ownKeys(target) {
                if (left-- <= 0) throw new Error('secret');
                return Reflect.ownKeys(target);
              },
            })
          : inner;
      return proxied(value);
    });
    check(traps, (input) => {
      const result = safeParseWebhook(input);
      if (!result.success) expect(inspect(result.error)).not.toContain('secret');
    });
  });
});

describe('the verdict does not depend on the form', patience, () => {
  test('text, bytes, views and the parsed value give the same', () => {
    check(body, (value) => {
      const text = textOf(value);
      const encoded = encode(text);
      const padded = new Uint8Array([0x7b, ...encoded, 0x7d]);
      const expected = outcome(text);
      expect(outcome(`\uFEFF${text}`)).toEqual(expected);
      expect(outcome(encoded)).toEqual(expected);
      expect(outcome(Buffer.from(text))).toEqual(expected);
      expect(outcome(new Uint8Array([0xef, 0xbb, 0xbf, ...encoded]))).toEqual(expected);
      expect(outcome(encoded.slice().buffer)).toEqual(expected);
      expect(outcome(padded.subarray(1, -1))).toEqual(expected);
      expect(outcome(new DataView(padded.buffer, 1, encoded.length))).toEqual(expected);
      if (typeof value !== 'string') expect(outcome(JSON.parse(text))).toEqual(expected);
    });
  });

  test('bytes are refused exactly where they are not JSON in UTF-8', () => {
    check(bytes, (input) => {
      let value: unknown;
      let readable = true;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(input));
      } catch {
        readable = false;
      }
      if (readable && typeof value !== 'string') expect(outcome(input)).toEqual(outcome(value));
      else if (readable) expect(errorOf(input)).toBeDefined();
      else expect(['invalid_json', 'missing_body']).toContain(errorOf(input)?.code);
    });
  });

  test('the order of the properties does not matter', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (!isRecord(value)) return value;
      const entries = Object.entries(value).reverse();
      return Object.fromEntries(entries.map(([name, inner]) => [name, reversed(inner)]));
    };
    check(parsedForm, (value) => expect(outcome(reversed(value))).toEqual(outcome(value)));
  });
});

describe('what comes out', patience, () => {
  test('is the same when it is parsed again, also after a queue', () => {
    check(validBody, (value) => {
      const webhook = parseWebhook(textOf(value));
      expect(parseWebhook(webhook)).toEqual(webhook);
      expect(parseWebhook(JSON.stringify(webhook))).toEqual(reparse(webhook));
    });
  });

  test('holds every property that came in', () => {
    check(validBody, (value) => {
      const webhook = parseWebhook(value);
      if (!isRecord(value)) throw new Error('expected an object');
      for (const name of Object.keys(value)) {
        if (name === 'Events' || name === 'UnknownEvents') continue;
        expect(Object.getOwnPropertyDescriptor(webhook, name)?.value).toBe(
          Object.getOwnPropertyDescriptor(value, name)?.value,
        );
      }
      expect(Object.getPrototypeOf(webhook)).toBe(Object.prototype);
    });
  });

  test('leaves the input and every prototype as they were', () => {
    const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
    const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
    check(parsedForm, (value) => {
      const text = textOf(value);
      const input: unknown = JSON.parse(text);
      const frozen = deepFreeze(JSON.parse(text));
      expect(outcome(frozen)).toEqual(outcome(input));
      safeParseWebhook(input, { onInvalidEvent: () => {} });
      expect(JSON.stringify(input)).toBe(JSON.stringify(JSON.parse(text)));
      expect(prototypes.map((prototype) => Reflect.ownKeys(prototype).length)).toEqual(before);
      expect(Reflect.get({}, 'Id')).toBeUndefined();
    });
  });
});

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

/** The contract of one event, said once more. */
function kindOf(event: unknown): 'known' | 'unknown' | 'malformed' {
  if (!isRecord(event)) return 'malformed';
  const name = event.Discriminator;
  if (typeof name !== 'string' || name.length === 0) return 'malformed';
  if (!new Set<string>(discriminators).has(name)) return 'unknown';
  const id = isRecord(event.Value) ? event.Value.Id : undefined;
  return typeof id === 'string' && id.length > 0 ? 'known' : 'malformed';
}

test('every event is known, unknown or handed over, exactly once and in order', patience, () => {
  const wellWrapped = fc
    .tuple(fc.array(nearBody, { maxLength: 3 }), nearBody)
    .map(([several, last]) => [...several, last].flatMap(eventsIn))
    .chain((events) => fc.tuple(fc.constant(events), fc.nat(events.length)))
    .map(([events, split]) => ({
      EnterpriseId: 'e',
      IntegrationId: 'i',
      Events: events.slice(0, split),
      UnknownEvents: events.slice(split),
    }));
  check(wellWrapped, (input) => {
    const all = [...input.Events, ...input.UnknownEvents];
    const handed: unknown[] = [];
    const paths: (string | number)[][] = [];
    const webhook = parseWebhook(input, {
      onInvalidEvent(event, issues) {
        handed.push(event);
        paths.push(...issues.map(({ path }) => path.slice(0, 2)));
      },
    });
    const of = (kind: string): unknown[] => all.filter((event) => kindOf(event) === kind);
    expectSame(webhook.Events, of('known'));
    expectSame(webhook.UnknownEvents, of('unknown'));
    expectSame(handed, of('malformed'));
    expect(paths).toEqual(
      [
        ...input.Events.map((event, index) => ({ event, path: ['Events', index] })),
        ...input.UnknownEvents.map((event, index) => ({ event, path: ['UnknownEvents', index] })),
      ]
        .filter(({ event }) => kindOf(event) === 'malformed')
        .map(({ path }) => path),
    );
    expect(safeParseWebhook(input).success).toBe(of('malformed').length === 0);
  });
});

test(
  'a message is judged alike with and without an event that has to be sorted out',
  patience,
  () => {
    let fast = 0;
    const added = { Discriminator: 'Added', Value: null };
    check(fc.oneof(validBody, nearBody).map(eventsIn), (Events) => {
      const input = { EnterpriseId: 'e', IntegrationId: 'i', Events, Extra: 1 };
      const result = safeParseWebhook(input);
      const sorted = safeParseWebhook({ ...input, UnknownEvents: [added] });
      if (result.success && Object.is(result.data.Events, Events)) fast++;
      if (!result.success || !sorted.success) {
        expect(sorted).toEqual(result);
        return;
      }
      expectSame(sorted.data.Events, result.data.Events);
      expectSame(sorted.data.UnknownEvents, [...result.data.UnknownEvents, added]);
      expect(Reflect.get(sorted.data, 'Extra')).toBe(Reflect.get(result.data, 'Extra'));
      // Nothing was left in its own list that belongs into another.
      expect(Object.is(result.data.Events, Events)).toBe(result.data.UnknownEvents.length === 0);
    });
    expect(fast).toBeGreaterThan(0);
  },
);

function eventsIn(value: Json): Json[] {
  const events = isRecord(value) ? value.Events : undefined;
  return Array.isArray(events) ? events : [value];
}

function expectSame(actual: readonly unknown[], expected: readonly unknown[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [index, event] of actual.entries()) expect(event).toBe(expected[index]);
}

describe('an issue', patience, () => {
  test('leads to the value that is wrong, and names its type', () => {
    check(nearBody, (value) => {
      const result = safeParseWebhook(textOf(value));
      if (result.success) return;
      for (const issue of result.error.issues) expectTrue(issue, JSON.parse(textOf(value)));
      const paths = result.error.issues.map(({ path }) => JSON.stringify(path));
      expect(new Set(paths).size).toBe(paths.length);
    });
  });

  test('changes nothing but the count when there are more than a hundred', () => {
    check(
      fc.integer({ min: 90, max: 300 }),
      (count) => {
        const input = { EnterpriseId: 'e', IntegrationId: 'i', Events: Array(count).fill(7) };
        const error = errorOf(input);
        expect(error?.issues.length).toBe(Math.min(count, 100));
        expect(error?.message).toBe(
          `Events[0]: expected object, received number (and ${count - 1} more)`,
        );
      },
      100,
    );
  });
});

function expectTrue({ path, expected, received }: WebhookIssue, root: unknown): void {
  let found = root;
  for (const step of path) {
    expect(typeof found).toBe('object');
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? Reflect.get(found, step)
        : undefined;
  }
  const name =
    found === null
      ? 'null'
      : found === ''
        ? 'empty string'
        : Array.isArray(found)
          ? 'array'
          : typeof found;
  expect(received).toBe(name);
  expect(received).not.toBe(expected === 'non-empty string' ? 'string' : expected);
}

test('an error holds no value and no name of the body', patience, () => {
  const sentinel = 'S3nt1nel';
  const planted = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value}${sentinel}`;
    if (typeof value === 'number') return 530_291_307;
    if (Array.isArray(value)) return value.map(planted);
    if (!isRecord(value)) return value;
    return Object.fromEntries([
      ...Object.entries(value).map(([name, inner]) => [
        name,
        name === 'Discriminator' ? inner : planted(inner),
      ]),
      [`${sentinel}Name`, sentinel],
    ]);
  };
  const forms = fc.tuple(nearBody, fc.constantFrom('value', 'text', 'bytes', 'cut'), fc.nat());
  check(forms, ([value, form, at]) => {
    const input = planted(value);
    const text = JSON.stringify(input);
    const given = { value: input, bytes: encode(text), cut: text.slice(0, at % text.length) }[
      form === 'text' ? 'value' : form
    ];
    const error = errorOf(form === 'text' ? text : given);
    if (error === undefined) return;
    const shown = [
      error.message,
      error.stack,
      String(error),
      JSON.stringify(error),
      JSON.stringify(error.issues),
      inspect(error, { showHidden: true, depth: Infinity, getters: true }),
      ...Reflect.ownKeys(error).map((name) => inspect(Reflect.get(error, name))),
    ].join('\n');
    expect(shown).not.toContain(sentinel);
    expect(shown).not.toContain('530291307');
    expect(shown).not.toContain('530_291_307');
  });
});
