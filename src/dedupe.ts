import type { WebhookEvent } from './events.js';

/**
 * Keeps one event per entity, so that each is fetched once: repeated events collapse, and a
 * `CustomerAdded` stands for the `CustomerUpdated` of the same `Id` that comes with it.
 *
 * Takes the events of one enterprise that still wait to be processed. Never keep the result as a list
 * of what was seen: a later event with the same `Id` is a new change.
 *
 * @param events - The known events of one message, or of several of the same enterprise.
 * @returns A new array, each event at the place where its entity came first.
 * @see https://docs.mews.com/connector-api/events/wh-general#customeradded-and-customerupdated-events
 * @example
 * ```ts
 * import { dedupeEvents, type GeneralWebhook } from 'mews-webhooks';
 *
 * const entities = (webhook: GeneralWebhook) => dedupeEvents(webhook.Events);
 * ```
 */
export function dedupeEvents<E extends WebhookEvent>(events: Iterable<E>): E[] {
  const deduped: E[] = [];
  const places = new Map<string, number>();
  for (const event of events) {
    const { Discriminator, Value } = event;
    const kind = Discriminator === 'CustomerAdded' ? 'CustomerUpdated' : Discriminator;
    const key = `${kind} ${Value.Id}`;
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, deduped.push(event) - 1);
    } else if (
      Discriminator === 'CustomerAdded' &&
      deduped[place]?.Discriminator !== Discriminator
    ) {
      deduped[place] = event;
    }
  }
  return deduped;
}
