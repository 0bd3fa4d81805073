import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { safeParseWebhook } from '../../src/parse.js';
import { webhookSchema } from '../../src/schema.js';
import { body } from './bodies.js';
import { check, patience } from './check.js';

const { validate, jsonSchema } = webhookSchema['~standard'];
const options = { allErrors: true, strict: true };

const engines = {
  'draft-2020-12': new Ajv2020(options),
  'draft-07': new Ajv(options),
  // Its keywords mean there what they mean in draft-07.
  'openapi-3.0': new Ajv(options),
} as const;

/** Every place that ajv complains about; of an absent property, its own place. */
function placesOf({ errors }: ValidateFunction): Set<string> {
  return new Set(
    (errors ?? []).map(({ instancePath, params }) =>
      typeof params.missingProperty === 'string'
        ? `${instancePath}/${params.missingProperty}`
        : instancePath,
    ),
  );
}

describe.each(['draft-2020-12', 'draft-07', 'openapi-3.0'] as const)('%s', patience, (target) => {
  const input = engines[target].compile(jsonSchema.input({ target }));
  const output = engines[target].compile(jsonSchema.output({ target }));

  test('ajv gives the verdict of safeParseWebhook, and complains about the same places', () => {
    check(body, (value) => {
      const result = safeParseWebhook(JSON.stringify(value));
      expect(input(value)).toBe(result.success);
      if (result.success) {
        expect(output(result.data)).toBe(true);
      } else {
        // ajv tells for every event that fails why it is no known and no unknown one.
        const places = placesOf(input);
        for (const { path } of result.error.issues) {
          expect(places).toContain(path.map((step) => `/${step}`).join(''));
        }
        const roots = (all: Iterable<string>): Set<string> =>
          new Set([...all].map((place) => place.split('/').slice(0, 3).join('/')));
        const own = result.error.issues.map(({ path }) => path.map((step) => `/${step}`).join(''));
        expect(roots(own)).toEqual(roots(places));
      }
    });
  });
});

test('the Standard Schema gives the verdict and the paths of safeParseWebhook', patience, () => {
  check(body, (value) => {
    const result = safeParseWebhook(value);
    const { value: data, issues } = { value: undefined, ...validate(value) };
    expect(data).toEqual(result.success ? result.data : undefined);
    expect(issues).toEqual(result.success ? undefined : result.error.issues);
  });
});
