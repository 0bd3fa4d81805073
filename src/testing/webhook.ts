import { discriminators } from '../discriminators.js';
import type { EntityUpdatedData, UnknownEvent, WebhookEvent } from '../events.js';
import { createRandom, randomId } from './random.js';

/** A General webhook as Mews sends it: the value of the JSON body. */
export interface WebhookPayload {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
  readonly Events: readonly (WebhookEvent | UnknownEvent)[];
  /** Properties that are not documented, such as the deprecated `Entities`. */
  readonly [property: string]: unknown;
}

/** How {@link createWebhook} makes what is not given. */
export interface CreateWebhookOptions {
  /** Makes the message the same each time; random without. */
  readonly seed?: number | undefined;
  /** How many events; 3 by default. */
  readonly count?: number | undefined;
  /**
   * The mix to draw from: all seven by default. Other names make unknown events. `CustomerAdded` comes
   * with its `CustomerUpdated`, which counts, unless it is the last one.
   */
  readonly discriminators?: readonly string[] | undefined;
}

/**
 * Builds a valid General webhook with random identifiers.
 *
 * @param overrides - Properties of the message that are to be these; any others are added to it.
 * @param options - See {@link CreateWebhookOptions}.
 * @throws `TypeError` that names the option when `count` is no whole number from 0, or the mix is empty.
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { parseWebhook } from 'mews-webhooks';
 * import { createWebhook } from 'mews-webhooks/testing';
 *
 * const message = createWebhook(
 *   { EnterpriseId: 'hotel', Entities: [] },
 *   { seed: 1, count: 500, discriminators: ['CustomerAdded', 'ResourceDeleted'] },
 * );
 * console.log(parseWebhook(JSON.stringify(message)).UnknownEvents.length);
 * ```
 */
export function createWebhook(
  overrides?: Partial<WebhookPayload>,
  options?: CreateWebhookOptions,
): WebhookPayload {
  const random = createRandom(options?.seed);
  const mix = options?.discriminators ?? discriminators;
  const count = options?.count ?? 3;
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new TypeError('options.count: expected whole number from 0');
  }
  if (mix.length === 0) throw new TypeError('options.discriminators: expected at least one');
  const ids = { EnterpriseId: randomId(random), IntegrationId: randomId(random) };
  const Events: UnknownEvent[] = [];
  while (Events.length < count) {
    const drawn = Math.floor(random() * mix.length);
    for (const Discriminator of mix.slice(drawn, drawn + 1)) {
      const Value = { Id: randomId(random) };
      Events.push({ Discriminator, Value });
      if (Discriminator === 'CustomerAdded' && Events.length < count) {
        Events.push({ Discriminator: 'CustomerUpdated', Value });
      }
    }
  }
  return { ...ids, Events, ...overrides };
}

/**
 * Builds an event.
 *
 * @param discriminator - What happened; a name that is not known makes an unknown event.
 * @param id - The `Id` of its entity; random by default.
 * @see https://docs.mews.com/connector-api/events/wh-general#event
 * @example
 * ```ts
 * import { createEvent, createWebhook } from 'mews-webhooks/testing';
 *
 * const events = [createEvent('CustomerUpdated', 'c1'), createEvent('ResourceDeleted')];
 * console.log(createWebhook({ Events: events }).Events.length); // 2
 * ```
 */
export function createEvent<D extends string>(
  discriminator: D,
  id: string = randomId(createRandom()),
): { readonly Discriminator: D; readonly Value: EntityUpdatedData } {
  return { Discriminator: discriminator, Value: { Id: id } };
}
