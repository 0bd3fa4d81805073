/**
 * Every event that Mews documents for General Webhooks, in the order of its page.
 *
 * {@link Discriminator} is derived from this tuple.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#event-discriminator
 * @example
 * ```ts
 * import { discriminators } from 'mews-webhooks';
 *
 * console.log(`Subscribed to ${discriminators.join(', ')}`);
 * ```
 */
export const discriminators = [
  'ServiceOrderUpdated',
  'ResourceUpdated',
  'MessageAdded',
  'ResourceBlockUpdated',
  'CustomerAdded',
  'CustomerUpdated',
  'PaymentUpdated',
] as const;

/**
 * The name of an event that this version of the library knows.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#event-discriminator
 */
export type Discriminator = (typeof discriminators)[number];

const isKnownName = /* @__PURE__ */ createNameTest(discriminators);

/**
 * A test for names that is faster than a Set of them: with a Set, the validation of a message takes
 * twice as long. The key of a text leads to the only name that it can be. Names that share a key with
 * another are compared one by one; none of today's does.
 *
 * @internal
 */
export function createNameTest(names: readonly string[]): (text: string) => boolean {
  const nameByKey: Readonly<Record<number, string>> = Object.fromEntries(
    names.map((name) => [keyOf(name), name]),
  );
  const otherNames = names.filter((name) => nameByKey[keyOf(name)] !== name);
  return (text) => nameByKey[keyOf(text)] === text || otherNames.includes(text);
}

function keyOf(text: string): number {
  return text.length ^ text.charCodeAt(0);
}

/**
 * Whether a value is one of the {@link discriminators}. Case matters, and names that every object
 * inherits, such as `constructor`, are not among them.
 *
 * @param value - Anything.
 * @see https://docs.mews.com/connector-api/events/wh-general#event-discriminator
 * @example
 * ```ts
 * import { isDiscriminator } from 'mews-webhooks';
 *
 * const wanted = (process.env.EVENTS ?? '').split(',').filter(isDiscriminator);
 * ```
 */
export function isDiscriminator(value: unknown): value is Discriminator {
  return typeof value === 'string' && isKnownName(value);
}
