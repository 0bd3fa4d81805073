import assert from 'node:assert/strict';
import { formatWithOptions, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseIntegrationWebhook,
  safeParseIntegrationWebhook,
} from '../../src/integration/index.js';
import { samples, secrets } from './samples.js';

const [created] = samples;
const issuesOf = (body: unknown) => {
  const result = safeParseIntegrationWebhook(body);
  if (result.success) throw new Error('expected a failure');
  expect(result.error.code).toBe('invalid_webhook');
  return result.error.issues;
};

const absent = Symbol('absent');

/** A copy of a body with another value, or none, at a path. */
function withValue(body: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const entries = new Map<string, unknown>(Object.entries(Object(body)));
  const changed = withValue(entries.get(name), rest, value);
  if (changed === absent) entries.delete(name);
  else entries.set(name, changed);
  return Object.fromEntries(entries);
}
const without = (body: unknown, path: readonly string[]) => withValue(body, path, absent);

const named = (name: string): [string, string][] => [
  [name, 'object'],
  [`${name}.Id`, 'non-empty string'],
  [`${name}.Name`, 'string'],
];
const required: Record<string, [string, string][]> = {
  IntegrationCreated: [
    ...named('Enterprise'),
    ['AccessToken', 'non-empty string'],
    ['CreatedUtc', 'non-empty string'],
    ['IsEnabled', 'boolean'],
    ...named('Integration'),
  ],
  IntegrationEnabled: named('Integration'),
  IntegrationDisabled: named('Integration'),
  IntegrationCanceled: named('Integration'),
  IntegrationReinstated: named('Integration'),
  IntegrationDeleted: [['DeletedUtc', 'non-empty string'], ...named('Integration')],
  IntegrationApiKeyCreated: [...named('Integration'), ['ApiKey', 'non-empty string']],
};
const person = { Name: 'Ada', Email: 'ada@example.com' };
const requested = withValue(created, ['Data', 'Requestor'], person);

describe.each(samples.map((sample) => [sample.Action, sample]))('%s', (action, sample) => {
  test('is parsed as it is', () => {
    expect(parseIntegrationWebhook(sample)).toStrictEqual(sample);
  });

  test.each(required[action] ?? [])('requires Data.%s: %s', (place, expected) => {
    const path = ['Data', ...place.split('.')];
    const wrong = { null: null, number: 5, array: [], object: {}, boolean: true, string: 'x' };
    for (const [received, value] of Object.entries(wrong)) {
      const type = expected === 'non-empty string' ? 'string' : expected;
      if (received === type) continue;
      expect(issuesOf(withValue(sample, path, value))).toEqual([
        { path, expected, received, message: `expected ${expected}, received ${received}` },
      ]);
    }
    expect(issuesOf(without(sample, path))).toMatchObject([{ path, received: 'undefined' }]);
    if (expected === 'non-empty string') {
      expect(issuesOf(withValue(sample, path, ''))).toMatchObject([{ received: 'empty string' }]);
    }
  });

  test('takes a name that is empty, and no Data in its place', () => {
    const unnamed = withValue(sample, ['Data', 'Integration', 'Name'], '');
    expect(parseIntegrationWebhook(unnamed)).toEqual(unnamed);
    for (const Data of [undefined, null, 'x', [], 5]) {
      expect(issuesOf({ ...sample, Data })).toMatchObject([{ path: ['Data'], expected: 'object' }]);
    }
  });
});

test.each(['Service', 'Requestor'])('%s may be null or absent, or else is checked', (property) => {
  const path = ['Data', property];
  for (const body of [withValue(requested, path, null), without(requested, path)]) {
    expect(parseIntegrationWebhook(body)).toStrictEqual(body);
  }
  expect(issuesOf(withValue(requested, path, 'Ada'))).toMatchObject([{ path }]);
  const inner = property === 'Service' ? ['Id', 'Name'] : ['Name', 'Email'];
  expect(issuesOf(withValue(requested, path, {})).map(({ path }) => path)).toEqual(
    inner.map((name) => [...path, name]),
  );
});

test('every issue is told, in the order of the documentation', () => {
  const [first, ...others] = issuesOf({ Action: 'IntegrationCreated', Data: {} });
  expect([first, ...others].map(({ path }) => path.join('.'))).toEqual([
    'Data.Enterprise',
    'Data.AccessToken',
    'Data.CreatedUtc',
    'Data.IsEnabled',
    'Data.Integration',
  ]);
});

test.each([undefined, null, '', 5, ['IntegrationEnabled'], {}])('%o is no action', (Action) => {
  expect(issuesOf({ Action, Data: {} })).toMatchObject([
    { path: ['Action'], expected: 'non-empty string' },
  ]);
});

describe('an unknown action', () => {
  test.each(['IntegrationMoved', 'integrationenabled', 'constructor', '__proto__', 'toString'])(
    '%s is a value',
    (Action) => {
      for (const Data of [null, 5, 'x', [1], { Any: { thing: [] } }]) {
        expect(parseIntegrationWebhook({ Action, Data })).toStrictEqual({
          kind: 'unknown',
          Action,
          Data,
        });
      }
      expect(parseIntegrationWebhook({ Action })).toStrictEqual({
        kind: 'unknown',
        Action,
        Data: undefined,
      });
    },
  );

  test('that a newer version knows loses its kind', () => {
    expect(parseIntegrationWebhook({ kind: 'unknown', ...created })).toStrictEqual(created);
  });
});

describe('properties that are not documented', () => {
  const text = `{"__proto__":{"a":1},"Extra":[1],"Action":"IntegrationEnabled","Data":{"Integration":
    {"Id":"i","constructor":null,"Name":"n"},"Extra":{"deep":true},"__proto__":{"b":2}}}`;

  test('are kept, at every level and in their order', () => {
    const webhook = parseIntegrationWebhook(text);
    expect(JSON.stringify(webhook)).toBe(JSON.stringify(JSON.parse(text)));
    expect(Object.getPrototypeOf(webhook)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(webhook.Data)).toBe(Object.prototype);
  });
});

test('the body is neither changed nor handed back', () => {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null)
      Object.values(Object.freeze(value)).map(freeze);
    return value;
  };
  for (const sample of [...samples, requested, { Action: 'New', Data: { Secret: 's' } }]) {
    const before = JSON.stringify(sample);
    const webhook = parseIntegrationWebhook(freeze(structuredClone(sample)));
    expect(JSON.stringify(sample)).toBe(before);
    expect(webhook).not.toBe(sample);
    expect(webhook.Data).not.toBe(sample.Data);
  }
});

describe('secrets', () => {
  const hidden = [
    ...samples,
    {
      Action: 'IntegrationTokenCreated',
      Data: { AccessToken: secrets[0], deep: [{ list: [{ ApiKey: secrets[1] }] }] },
    },
    { Action: 'IntegrationTokenCreated', Data: [{ AccessToken: { Text: secrets[0] } }] },
    { ...samples[1], Data: { ...samples[1].Data, Extra: { ApiKey: [secrets[1]] } } },
  ].map((sample) => parseIntegrationWebhook(sample));

  test('are read as ordinary properties', () => {
    expect(hidden[0]).toHaveProperty('Data.AccessToken', secrets[0]);
    expect(hidden[6]).toHaveProperty('Data.ApiKey', secrets[1]);
    expect(Object.entries(hidden[6]?.Data ?? {})).toContainEqual(['ApiKey', secrets[1]]);
  });

  test('are not printed, by whatever prints an object', () => {
    const options = { depth: null, showHidden: true, customInspect: false };
    const printed = hidden.flatMap((webhook) => [
      inspect(webhook),
      inspect(webhook, options),
      inspect([new Map([[webhook, webhook]])], options),
      inspect(new Error('failed', { cause: webhook }), options),
      inspect(Object.assign(new Error('failed'), { webhook }), options),
      formatWithOptions(options, '%o %O %s %d', webhook, webhook, webhook, webhook),
      `${webhook}`,
    ]);
    for (const text of printed) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    for (const webhook of hidden.slice(0, samples.length)) {
      for (const secret of secrets) expect(inspect({ ...webhook }, options)).not.toContain(secret);
    }
    expect(printed[0]).toContain('AccessToken: [Getter]');
    expect(printed.join()).toContain('WebhookTEST');
  });

  test('nor is the data alone', () => {
    for (const { Data } of hidden) {
      for (const secret of secrets) {
        expect(inspect(Data, { depth: null, showHidden: true })).not.toContain(secret);
      }
    }
  });

  test('survive what reaches a store, and equal the plain value', () => {
    hidden.forEach((webhook, index) => {
      const plain = JSON.parse(JSON.stringify(webhook));
      expect(plain).toStrictEqual(webhook);
      expect(structuredClone(webhook)).toStrictEqual(plain);
      expect({ ...webhook, Data: plain.Data }).toStrictEqual(plain);
      assert.deepEqual(webhook, plain);
      assert.deepEqual(plain, webhook);
      expect(parseIntegrationWebhook(JSON.stringify(webhook))).toStrictEqual(webhook);
      expect(parseIntegrationWebhook(webhook)).toStrictEqual(webhook);
      if (index < samples.length) expect(plain).toStrictEqual(samples[index]);
    });
  });

  test('are hidden by their names alone: every other property is plain data', () => {
    const Data = {
      Integration: { Id: 'i', Name: 'n' },
      Token: 't',
      accesstoken: 'a',
      list: [1, { deep: null }],
      date: new Date(0),
    };
    const webhook = parseIntegrationWebhook({ Action: 'IntegrationEnabled', Data, Extra: 'x' });
    expect(inspect(webhook, { depth: null })).toBe(
      inspect({ Action: 'IntegrationEnabled', Data, Extra: 'x' }, { depth: null }),
    );
    expect(Object.getOwnPropertyDescriptor(webhook.Data, 'Token')).toEqual({
      value: 't',
      configurable: true,
      enumerable: true,
      writable: true,
    });
  });

  test('are hidden at any depth, and in data that holds itself', () => {
    const levels = 100_000;
    const text = `{"Action":"New","Data":${'{"a":'.repeat(levels)}{"ApiKey":"s"}${'}'.repeat(levels)}}`;
    let deepest: unknown = parseIntegrationWebhook(text).Data;
    for (let level = 0; level < levels; level++) deepest = Reflect.get(Object(deepest), 'a');
    expect(inspect(deepest)).toBe('{ ApiKey: [Getter] }');

    const Data: Record<string, unknown> = { AccessToken: 's' };
    Data.Itself = Data;
    const copy = parseIntegrationWebhook({ Action: 'New', Data }).Data;
    expect(Reflect.get(Object(copy), 'Itself')).toBe(copy);
    expect(copy).not.toBe(Data);
    expect(inspect(copy)).not.toContain("'s'");
  });

  test('a webhook that differs in its secret alone is not equal', () => {
    const other = parseIntegrationWebhook(withValue(created, ['Data', 'AccessToken'], 'other'));
    expect(other).not.toEqual(hidden[0]);
    assert.notDeepEqual(other, hidden[0]);
  });

  test('do print where a program asks for them', () => {
    // What parsing can't prevent, so that nobody relies on it: copies and serialised forms.
    const [webhook] = hidden;
    if (webhook === undefined) throw new Error('no webhook');
    expect(inspect(structuredClone(webhook))).toContain(secrets[0]);
    expect(inspect(Object.assign({}, webhook.Data))).toContain(secrets[0]);
    expect(inspect(webhook, { getters: true })).toContain(secrets[0]);
    expect(JSON.stringify(webhook)).toContain(secrets[0]);
  });
});

describe('of generated bodies', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const entity = fc.record({ Id: fc.string({ minLength: 1 }), Name: fc.string() });
  const filled = fc.string({ minLength: 1 });
  const base = { Integration: entity };
  const dataByAction = {
    IntegrationCreated: fc.record(
      {
        ...base,
        Enterprise: entity,
        AccessToken: filled,
        CreatedUtc: filled,
        IsEnabled: fc.boolean(),
        Service: fc.option(entity),
        Requestor: fc.option(fc.record({ Name: fc.string(), Email: fc.string() })),
      },
      { requiredKeys: ['Integration', 'Enterprise', 'AccessToken', 'CreatedUtc', 'IsEnabled'] },
    ),
    IntegrationEnabled: fc.record(base),
    IntegrationDisabled: fc.record(base),
    IntegrationCanceled: fc.record(base),
    IntegrationReinstated: fc.record(base),
    IntegrationDeleted: fc.record({ ...base, DeletedUtc: filled }),
    IntegrationApiKeyCreated: fc.record({ ...base, ApiKey: filled }),
  };
  const extra = fc.dictionary(
    fc.string().filter((name) => name !== 'kind' && name !== '__proto__'),
    json,
  );
  const webhooks = fc.oneof(
    ...Object.entries(dataByAction).map(([Action, data]) =>
      fc
        .tuple(extra, extra, data)
        .map(([outer, inner, Data]) => ({ ...outer, Action, Data: { ...inner, ...Data } })),
    ),
  );

  test('the valid are parsed as they are, again and again', () => {
    fc.assert(
      fc.property(webhooks, (body) => {
        const webhook = parseIntegrationWebhook(body);
        expect(webhook).toEqual(body);
        expect('kind' in webhook).toBe(false);
        expect(parseIntegrationWebhook(JSON.stringify(webhook))).toEqual(
          JSON.parse(JSON.stringify(body)),
        );
        expect(JSON.stringify(webhook)).toBe(JSON.stringify(body));
      }),
    );
  });

  test('a valid one with one property removed or replaced is refused at that place, or still valid', () => {
    fc.assert(
      fc.property(webhooks, fc.nat(), json, (body, choice, value) => {
        const names = Object.keys(body.Data);
        const path = ['Data', names[choice % names.length] ?? ''];
        for (const wrong of [withValue(body, path, value), without(body, path)]) {
          const result = safeParseIntegrationWebhook(wrong);
          if (result.success) expect(result.data).toEqual(wrong);
          else
            for (const issue of result.error.issues) expect(issue.path.slice(0, 2)).toEqual(path);
        }
      }),
    );
  });

  test('any body gives a webhook or an error, and no error holds a value', () => {
    const body = fc.oneof(
      json,
      fc.record({
        Action: fc.oneof(json, fc.constantFrom(...Object.keys(dataByAction))),
        Data: fc.oneof(json, fc.record({ AccessToken: json, Integration: json }), extra),
      }),
    );
    fc.assert(
      fc.property(body, (body) => {
        const marked = JSON.parse(JSON.stringify(body), (_, value) =>
          typeof value === 'string' && !(value in dataByAction) ? `§${value}` : value,
        );
        const result = safeParseIntegrationWebhook(marked);
        if (!result.success) {
          expect(inspect(result.error, { depth: null })).not.toContain('§');
          expect(JSON.stringify(result.error)).not.toContain('§');
          expect(result.error.issues.length).toBeGreaterThan(0);
        } else {
          expect(parseIntegrationWebhook(JSON.stringify(result.data))).toEqual(result.data);
        }
      }),
    );
  });
});
