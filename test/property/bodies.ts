import fc from 'fast-check';
import { discriminators } from '../../src/discriminators.js';

/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [property: string]: Json };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json): value is Json[] => Array.isArray(value);

// Names that an object has without being given them, and others that code trips over.
const trickyNames = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '0',
  'Id',
  'Type',
  'Value',
  'Action',
  'Data',
  'Discriminator',
  'Events',
  'UnknownEvents',
  'customeradded',
  'CustomerAdded ',
  'ResourceDeleted',
);

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), trickyNames);
const text = anyText.filter((value) => value !== '');

/** Any JSON value; names of the contract and of `Object.prototype` are likely among its keys. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(anyText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    properties(tie('value')),
  ),
})).value;

function properties(value: fc.Arbitrary<Json>): fc.Arbitrary<{ [property: string]: Json }> {
  // Not fc.dictionary: an entry named __proto__ has to become a property of its own, as in JSON.parse.
  return fc
    .array(fc.tuple(anyText, value), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
}

/** The same properties in another order, and a few more; the given ones stand. */
function shuffled(given: fc.Arbitrary<{ [property: string]: Json }>): fc.Arbitrary<Json> {
  return fc
    .tuple(given, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, properties(json)))
    .chain(([own, extra]) => {
      const free = Object.entries(extra).filter(
        ([name]) => !Object.hasOwn(own, name) && name !== 'UnknownEvents',
      );
      const entries = [...Object.entries(own), ...free];
      return fc
        .shuffledSubarray(entries, { minLength: entries.length })
        .map((order) => Object.fromEntries(order));
    });
}

const knownEvent = shuffled(
  fc.record({
    Discriminator: fc.constantFrom(...discriminators),
    Value: shuffled(fc.record({ Id: text })),
  }),
);

const unknownName = text.filter((name) => !discriminators.some((known) => known === name));

const unknownEvent = fc.oneof(
  shuffled(fc.record({ Discriminator: unknownName, Value: json })),
  fc.record({ Discriminator: unknownName }),
);

const events = fc.array(fc.oneof({ weight: 3, arbitrary: knownEvent }, unknownEvent), {
  maxLength: 6,
});

/** A body that the contract allows. */
export const validBody: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 3,
    arbitrary: shuffled(fc.record({ EnterpriseId: text, IntegrationId: text, Events: events })),
  },
  shuffled(
    fc.record({ EnterpriseId: text, IntegrationId: text, Events: events, UnknownEvents: events }),
  ),
);

type Fault = (value: Json, name: string) => readonly (readonly [name: string, value: Json])[];

// What goes wrong with one property, or with one element of an array.
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>(() => []),
  fc.constant<Fault>((_, name) => [[name, null]]),
  fc.constantFrom<Json>('', ' ', 0, -0, 1, false, true, [], {}, [''], 'Events').map(
    (other): Fault =>
      (_, name) => [[name, other]],
  ),
  json.map(
    (other): Fault =>
      (_, name) => [[name, other]],
  ),
  fc.constant<Fault>((value, name) => [
    [name, value],
    [`${name}2`, value],
  ]),
  fc.constant<Fault>((value, name) => [[name, [value]]]),
  fc.constant<Fault>((value, name) => [[name, { Value: value }]]),
  trickyNames.map(
    (other): Fault =>
      (value) => [[other, value]],
  ),
  fc.constant<Fault>((value, name) => [[name.toLowerCase(), value]]),
  fc.constant<Fault>((value, name) => [
    [name, typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)],
  ]),
);

/** How many places there are in a value for something to go wrong. */
function placesIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + 1 + placesIn(inner), 0);
}

/** The value with one fault at the given place, counted in depth-first order. */
function spoil(value: Json, place: number, apply: Fault): Json {
  if (typeof value !== 'object' || value === null) return value;
  let left = place;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const here = left;
    left -= 1 + placesIn(inner);
    if (here === 0) return apply(inner, name);
    return [[name, here > 0 && left < 0 ? spoil(inner, here - 1, apply) : inner] as const];
  });
  return isList(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A valid body in which one to three places are dropped, retyped, emptied, renamed and so on. */
export const nearBody: fc.Arbitrary<Json> = fc
  .tuple(validBody, fc.array(fc.tuple(fc.nat(), fault), { minLength: 1, maxLength: 3 }))
  .map(([body, faults]) =>
    faults.reduce((spoiled, [place, apply]) => {
      const places = placesIn(spoiled);
      return places === 0 ? spoiled : spoil(spoiled, place % places, apply);
    }, body),
  );

const lookAlike = fc.oneof(
  fc.record({ Action: text, Data: json }),
  fc.record({
    Events: fc.array(fc.record({ Type: text, Id: text }), { minLength: 1, maxLength: 3 }),
  }),
);

/** A body of any kind: valid, nearly valid, of a neighbour, or anything. */
export const body: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: validBody },
  { weight: 6, arbitrary: nearBody },
  { weight: 1, arbitrary: lookAlike },
  { weight: 2, arbitrary: json },
);

export const encode = (value: string): Uint8Array => new TextEncoder().encode(value);

const harm = fc.oneof(
  fc.uint8Array({ maxLength: 4 }),
  fc.constantFrom(
    [0xef, 0xbb, 0xbf], // byte order mark
    [0xff, 0xfe], // that of UTF-16
    [0xc0, 0x80], // NUL, overlong
    [0xe0, 0x80, 0xaf], // a slash, overlong
    [0xf0, 0x80, 0x80, 0xaf],
    [0xed, 0xa0, 0x80], // a lone surrogate
    [0xf4, 0x90, 0x80, 0x80], // beyond Unicode
    [0xe2, 0x82], // cut short
    [0x00],
    [0x20],
  ),
);

/** Bytes: of a body, cut, with bytes put in or replaced; or at random. */
export const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(body, harm, fc.nat(), fc.nat(3), fc.constantFrom('start', 'end', 'within', 'cut'))
      .map(([value, inserted, at, replaced, where]) => {
        const whole = encode(JSON.stringify(value));
        const within = at % (whole.length + 1);
        const place = where === 'start' ? 0 : where === 'end' ? whole.length : within;
        const rest =
          where === 'cut' ? [] : whole.subarray(place + (where === 'within' ? replaced : 0));
        return Uint8Array.from([...whole.subarray(0, place), ...inserted, ...rest]);
      }),
  },
);

/** What no JSON parser makes: functions, symbols, class instances, sparse arrays, and the like. */
export const anything: fc.Arbitrary<unknown> = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
