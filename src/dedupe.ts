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
  // The last place of a key, and for each place the one before with the same key. There are few: one for
  // each kind and id, and the ids differ in leading spaces alone.
  const lastPlaces = new Map<string, number>();
  const placesBefore: (number | undefined)[] = [];
  for (const event of events) {
    const { Id } = event.Value;
    // V8 takes a short number for its own hash, so that a sender could choose many that are the same.
    // A longer text is hashed with a secret seed.
    const key = Id.padStart(20);
    const lastPlace = lastPlaces.get(key);
    let place = lastPlace;
    while (place !== undefined && !isSameEntity(deduped[place], event)) place = placesBefore[place];
    if (place === undefined) {
      lastPlaces.set(key, deduped.length);
      placesBefore.push(lastPlace);
      deduped.push(event);
    } else {
      preferAdded(event, deduped, place);
    }
  }
  return deduped;
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
