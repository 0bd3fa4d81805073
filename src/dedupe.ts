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
  const waiting = [...events];
  const placeOf = waiting.length < 16 ? scan(deduped) : index(deduped);
  for (const event of waiting) {
    const place = placeOf(event);
    if (place === undefined) {
      deduped.push(event);
    } else if (
      event.Discriminator === 'CustomerAdded' &&
      deduped[place]?.Discriminator !== 'CustomerAdded'
    ) {
      deduped[place] = event;
    }
  }
  return deduped;
}

/** Where the entity of an event stands, if it does. */
type PlaceOf = (event: WebhookEvent) => number | undefined;

/** Compares with all that stand, which is faster than hashing where they are few. */
function scan(deduped: readonly WebhookEvent[]): PlaceOf {
  return (event) => {
    const place = deduped.findIndex((standing) => isSameEntity(standing, event));
    return place < 0 ? undefined : place;
  };
}

/** Remembers places by id alone: one lookup an event, and no key to be joined. */
function index(deduped: readonly WebhookEvent[]): PlaceOf {
  // The newest place of each id, and of each place the one before it that has the same id, if any.
  const newest = new Map<string, number>();
  const before = new Map<number, number>();
  return (event) => {
    const { Id } = event.Value;
    // The hash of digits can be their value, so they can be made to collide; with a prefix they can't.
    const key = Id.length < 20 ? `#${Id}` : Id;
    const last = newest.get(key);
    let place = last;
    while (place !== undefined && !isSameEntity(deduped[place], event)) place = before.get(place);
    if (place === undefined) {
      newest.set(key, deduped.length);
      if (last !== undefined) before.set(deduped.length, last);
    }
    return place;
  };
}

function isSameEntity(a: WebhookEvent | undefined, b: WebhookEvent): boolean {
  return a?.Value.Id === b.Value.Id && kindOf(a) === kindOf(b);
}

function kindOf({ Discriminator }: WebhookEvent): string {
  return Discriminator === 'CustomerAdded' ? 'CustomerUpdated' : Discriminator;
}
