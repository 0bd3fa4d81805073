import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parseWebhook, safeParseWebhook, webhookSchema } from '../src/index.js';

const standard = webhookSchema['~standard'];
const sample = JSON.parse(readFileSync('test/fixtures/general.json', 'utf8'));
const envelope = { EnterpriseId: 'e', IntegrationId: 'i' };
const event = { Discriminator: 'CustomerAdded', Value: { Id: 'c' } };
const unknown = { Discriminator: 'ResourceDeleted' };

const bodies: unknown[] = [
  sample,
  { ...envelope, Events: [] },
  { ...envelope, Events: [event, unknown, { ...unknown, Value: 5 }], Extra: null },
  { ...envelope, Events: [unknown], UnknownEvents: [event, unknown] },
  { ...envelope, Events: [{ ...event, Value: { Id: '' } }] },
  { ...envelope, Events: [{ ...event, Value: [] }] },
  { ...envelope, Events: [{ Discriminator: 'CustomerAdded' }] },
  { ...envelope, Events: [{ Discriminator: '' }] },
  { ...envelope, Events: [{ Discriminator: 5 }] },
  { ...envelope, Events: [null] },
  { ...envelope, Events: [[]] },
  { ...envelope, Events: {} },
  { ...envelope },
  { ...envelope, Events: [], UnknownEvents: null },
  { ...envelope, Events: [], UnknownEvents: [{ ...event, Value: {} }] },
  { EnterpriseId: '', IntegrationId: 5, Events: [] },
  {},
  [],
  null,
  5,
];

test('is a Standard Schema, version 1', () => {
  expect(standard).toEqual({
    version: 1,
    vendor: 'mews-webhooks',
    validate: expect.any(Function),
    jsonSchema: { input: expect.any(Function), output: expect.any(Function) },
  });
});

test.each(bodies)('validates as safeParseWebhook does: %o', (body) => {
  const result = safeParseWebhook(body);
  expect(standard.validate(body)).toEqual(
    result.success ? { value: result.data } : { issues: result.error.issues },
  );
});

describe.each(['draft-2020-12', 'draft-07', 'openapi-3.0'] as const)('%s', (target) => {
  const Validator = target === 'draft-2020-12' ? Ajv2020 : Ajv;
  const compile = (schema: object) => new Validator({ strict: true }).compile(schema);

  test('the input schema has the same verdict', () => {
    const accepts = compile(standard.jsonSchema.input({ target }));
    for (const body of bodies) {
      expect(accepts(body), JSON.stringify(body)).toBe(safeParseWebhook(body).success);
    }
  });

  test('the output schema takes what is returned, and it only', () => {
    const returns = compile(standard.jsonSchema.output({ target }));
    expect(returns(sample)).toBe(false);
    for (const body of bodies) {
      const result = safeParseWebhook(body);
      if (result.success) expect(returns(result.data)).toBe(true);
    }
    const webhook = parseWebhook({ ...envelope, Events: [event, unknown] });
    expect(returns(webhook)).toBe(true);
    expect(returns({ ...webhook, Events: [{ ...event, ...unknown }] })).toBe(false);
    expect(returns({ ...webhook, UnknownEvents: [event] })).toBe(false);
    expect(returns({ ...webhook, UnknownEvents: undefined })).toBe(false);
  });

  test('names its dialect, and is the caller’s to change', () => {
    const input = standard.jsonSchema.input({ target });
    expect(input.$schema).toBe(
      {
        'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
        'draft-07': 'http://json-schema.org/draft-07/schema#',
        'openapi-3.0': undefined,
      }[target],
    );
    input.properties = null;
    expect(standard.jsonSchema.input({ target }).properties).toMatchObject({
      Events: { type: 'array' },
    });
  });
});

test('the openapi-3.0 target uses only keywords of that version', () => {
  const allowed = ['type', 'required', 'properties', 'items', 'anyOf', 'not', 'enum', 'minLength'];
  const keywordsOf = (schema: unknown): string[] =>
    Object.entries(Object(schema)).flatMap(([keyword, value]) => {
      if (keyword === 'properties')
        return [keyword, ...Object.values(Object(value)).flatMap(keywordsOf)];
      if (keyword === 'anyOf')
        return [keyword, ...Object.values(Object(value)).flatMap(keywordsOf)];
      return keyword === 'items' || keyword === 'not' ? [keyword, ...keywordsOf(value)] : [keyword];
    });
  for (const schema of [
    standard.jsonSchema.input({ target: 'openapi-3.0' }),
    standard.jsonSchema.output({ target: 'openapi-3.0' }),
  ]) {
    const keywords = new Set(keywordsOf(schema));
    expect([...keywords].filter((keyword) => !allowed.includes(keyword))).toEqual([]);
    expect(keywords).toContain('minLength');
  }
});

test.each(['draft-04', 'openapi-3.1', '', 'toString'])('another target throws: %s', (target) => {
  for (const convert of [standard.jsonSchema.input, standard.jsonSchema.output]) {
    expect(() => convert({ target })).toThrow(
      new TypeError('target: expected draft-2020-12, draft-07 or openapi-3.0'),
    );
  }
});
