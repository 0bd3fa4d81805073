import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { discriminators } from '../../src/discriminators.js';
import { safeParseWebhook } from '../../src/parse.js';
import { body, isRecord } from '../property/bodies.js';
import { check, patience } from '../property/check.js';

// The contract in three other languages, each as its library would have it written.

// Not min(1): it reads the length of whatever came, and throws where that is `{ toString: 0 }`.
const zodText = z.string().refine((text) => text !== '');
const zodKnown = z.looseObject({ Value: z.looseObject({ Id: zodText }) });
const zodEvents = z.array(
  z.looseObject({ Discriminator: zodText }).superRefine((event, context) => {
    if (!z.enum(discriminators).safeParse(event.Discriminator).success) return;
    for (const { path, message } of zodKnown.safeParse(event).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path, message });
    }
  }),
);
const zodWebhook = z.looseObject({
  EnterpriseId: zodText,
  IntegrationId: zodText,
  Events: zodEvents,
  UnknownEvents: zodEvents.optional(),
});

const valibotText = v.pipe(v.string(), v.nonEmpty());
// It takes an array for an object.
const valibotRecord = v.custom<object>(isRecord);
const valibotEvents = v.array(
  v.pipe(
    valibotRecord,
    v.variant('Discriminator', [
      v.looseObject({
        Discriminator: v.picklist(discriminators),
        Value: v.pipe(valibotRecord, v.looseObject({ Id: valibotText })),
      }),
      v.looseObject({ Discriminator: v.pipe(valibotText, v.notValues(discriminators)) }),
    ]),
  ),
);
const valibotWebhook = v.pipe(
  valibotRecord,
  v.looseObject({
    EnterpriseId: valibotText,
    IntegrationId: valibotText,
    Events: valibotEvents,
    UnknownEvents: v.optional(valibotEvents),
  }),
);

const typeboxText = Type.String({ minLength: 1 });
const typeboxNames = Type.Union(discriminators.map((name) => Type.Literal(name)));
const typeboxEvents = Type.Array(
  Type.Union([
    Type.Object({ Discriminator: typeboxNames, Value: Type.Object({ Id: typeboxText }) }),
    Type.Object({
      Discriminator: Type.Intersect([typeboxText, Type.Unsafe<string>({ not: typeboxNames })]),
    }),
  ]),
);
const typeboxWebhook = Compile(
  Type.Object({
    EnterpriseId: typeboxText,
    IntegrationId: typeboxText,
    Events: typeboxEvents,
    UnknownEvents: Type.Optional(typeboxEvents),
  }),
);

type Paths = readonly (readonly PropertyKey[])[];

/** Paths as text: zod gives some twice. */
const setOf = (paths: Paths): Set<string> => new Set(paths.map((path) => JSON.stringify(path)));

function ownPaths(value: unknown): Paths {
  const result = safeParseWebhook(JSON.stringify(value));
  return result.success ? [] : result.error.issues.map(({ path }) => path);
}

describe('the same verdict', patience, () => {
  test('and the same wrong places as zod', () => {
    check(body, (value) => {
      const issues = zodWebhook.safeParse(value).error?.issues ?? [];
      expect(setOf(ownPaths(value))).toEqual(setOf(issues.map(({ path }) => path)));
    });
  });

  test('and the same wrong places as valibot', () => {
    check(body, (value) => {
      const issues = v.safeParse(valibotWebhook, value).issues ?? [];
      const paths = issues.map(({ path = [] }) => path.map(({ key }) => key));
      expect(setOf(ownPaths(value))).toEqual(setOf(paths.map((path) => path.filter(isKey))));
    });
  });

  // It tells of every member of a union why it does not fit, so that its places can't be compared.
  test('as typebox', () => {
    check(body, (value) => {
      expect(ownPaths(value).length === 0).toBe(typeboxWebhook.Check(value));
    });
  });
});

function isKey(key: unknown): key is PropertyKey {
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'symbol';
}
