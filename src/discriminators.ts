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

// One comparison with the only name that it can be costs less than a switch, a Set or an object of
// names, and no inherited name is among the numbers. Two names must not share one: the tests tell.
const nameOf: Readonly<Record<number, Discriminator>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ discriminators.map((name) => [keyOf(name), name]),
);

function keyOf(name: string): number {
  return name.length ^ name.charCodeAt(0);
}

/**
 * Tells whether a value is one of the seven {@link discriminators}. Case matters, and inherited names
 * such as `constructor` are not among them.
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
  return typeof value === 'string' && nameOf[keyOf(value)] === value;
}
