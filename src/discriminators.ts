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

// Comparing with the names of the same length takes half the time of a Set of all names.
const namesByLength: Readonly<Record<number, readonly string[]>> =
  /* @__PURE__ */ Object.fromEntries(
    /* @__PURE__ */ discriminators.map(({ length }) => [
      length,
      discriminators.filter((name) => name.length === length),
    ]),
  );

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
  return typeof value === 'string' && namesByLength[value.length]?.includes(value) === true;
}
