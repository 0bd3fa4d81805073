import type { WebhookEvent } from './events.js';

/**
 * Keeps one event per entity, so that each is fetched once: repeated events collapse, and so do a
 * `CustomerAdded` and a `CustomerUpdated` of the same `Id`, of which the `CustomerAdded` is kept.
 *
 * Pass the events of one enterprise that still wait to be processed. Never keep the result as a list of
 * what was seen: a later event with the same `Id` is a new change.
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
  const list = [...events];
  // Up to about this number, comparing with each event takes less time than hashing the ids.
  return list.length < 16 ? dedupeByComparing(list) : dedupeById(list);
}

function dedupeByComparing<E extends WebhookEvent>(events: readonly E[]): E[] {
  const deduped: E[] = [];
  for (const event of events) {
    let place = 0;
    while (place < deduped.length && !isSameEntity(deduped[place], event)) place++;
    if (place === deduped.length) deduped.push(event);
    else preferAdded(event, deduped, place);
  }
  return deduped;
}

function dedupeById<E extends WebhookEvent>(events: readonly E[]): E[] {
  const deduped: E[] = [];
  // The entities of a key are few: one of each kind and id, and the ids differ in leading spaces alone.
  const placesById = new Map<string, number[]>();
  for (const event of events) {
    const { Id } = event.Value;
    // V8 takes a short number for its own hash, so that a sender could choose many that are the same.
    // A longer text is hashed with a secret seed.
    const key = Id.padStart(20);
    const places = placesById.get(key);
    if (places === undefined) {
      placesById.set(key, [deduped.length]);
      deduped.push(event);
    } else {
      addOrMerge(places, event, deduped);
    }
  }
  return deduped;
}

/** Adds an event, or merges it with one of the same entity among the events at these places. */
function addOrMerge<E extends WebhookEvent>(places: number[], event: E, deduped: E[]): void {
  for (const place of places) {
    if (isSameEntity(deduped[place], event)) {
      preferAdded(event, deduped, place);
      return;
    }
  }
  places.push(deduped.length);
  deduped.push(event);
}

/** Of two events of an entity, keeps the Added one. */
function preferAdded<E extends WebhookEvent>(event: E, deduped: E[], place: number): void {
  const isAdded = event.Discriminator === 'CustomerAdded';
  if (isAdded && deduped[place]?.Discriminator !== 'CustomerAdded') deduped[place] = event;
}

function isSameEntity(a: WebhookEvent | undefined, b: WebhookEvent): boolean {
  return a?.Value.Id === b.Value.Id && kindOf(a) === kindOf(b);
}

function kindOf({ Discriminator }: WebhookEvent): string {
  return Discriminator === 'CustomerAdded' ? 'CustomerUpdated' : Discriminator;
}
