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

const names: readonly string[] = discriminators;

// A number made of a name finds the one name that it has to be compared with. With a Set, the whole
// validation takes a third to a half longer.
const keyOf = (name: string): number => name.length ^ name.charCodeAt(0);
const nameByKey: Readonly<Record<number, string>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ discriminators.map((name) => [keyOf(name), name]),
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
  if (typeof value !== 'string') return false;
  // Of two names with the same number, one is found in the list.
  return nameByKey[keyOf(value)] === value || names.includes(value);
}
