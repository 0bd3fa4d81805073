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

// Comparing with the names of the same length costs less than a switch, a Set or an object, and unlike
// an object it knows no inherited names.
const byLength: readonly (readonly string[])[] = /* @__PURE__ */ Array.from(
  { length: 32 },
  (_, length) => discriminators.filter((discriminator) => discriminator.length === length),
);

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
  return typeof value === 'string' && byLength[value.length]?.includes(value) === true;
}
