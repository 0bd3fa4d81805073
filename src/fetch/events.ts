import { dedupeEvents } from '../dedupe.js';
import type { GeneralWebhook, WebhookEvent } from '../events.js';
import { fetchOperations } from '../operations.js';
import { type FetchRequest, toBatch } from '../plan.js';

/** Finds the events of a planned request, or of some of its ids. */
type EventLookup = (request: FetchRequest, ids: readonly string[]) => WebhookEvent[];

/**
 * The events that a planned request, or some of its ids, stands for: the way back from a request to the
 * webhooks that wait, for those who send the requests themselves.
 *
 * @param webhooks - The webhooks that were planned.
 * @param request - A request of `planFetches`, also after a queue.
 * @param ids - Some ids of the request, such as those without a row; all of them by default.
 * @returns A webhook that holds just these events, de-duplicated, in the order of the ids.
 * @see https://docs.mews.com/connector-api/events/wh-general
 * @example
 * ```ts
 * import { type FetchRequest, type GeneralWebhook, reconcileFetch } from 'mews-webhooks';
 * import { eventsOf } from 'mews-webhooks/fetch';
 *
 * // What to put back into the queue: the events whose entities did not come.
 * function eventsWithoutRow(batch: GeneralWebhook[], request: FetchRequest, response: unknown) {
 *   return eventsOf(batch, request, reconcileFetch(request, response).missing);
 * }
 * ```
 */
export function eventsOf(
  webhooks: GeneralWebhook | Iterable<GeneralWebhook>,
  request: FetchRequest,
  ids: readonly string[] = request.ids,
): GeneralWebhook {
  const { EnterpriseId, IntegrationId } = request;
  const Events = createEventIndex(toBatch(webhooks))(request, [...new Set(ids)]);
  return { EnterpriseId, IntegrationId, Events, UnknownEvents: [] };
}

/** Looks events up in time that does not grow with the batch. Nothing is done before the first look-up. */
export function createEventIndex(batch: readonly GeneralWebhook[]): EventLookup {
  let eventsByScope: Map<string, WebhookEvent[]> | undefined;
  const indexes = new Map<string, Map<string, WebhookEvent>>();
  return (request, ids) => {
    eventsByScope ??= groupByScope(batch);
    const scope = scopeOf(request);
    const index = indexes.get(scope) ?? indexByEntity(eventsByScope.get(scope) ?? []);
    indexes.set(scope, index);
    return ids.flatMap((id) => index.get(`${request.operation.entity} ${id}`) ?? []);
  };
}

/** Tells the events of one enterprise and integration from those of others. */
function scopeOf(target: {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
}): string {
  return JSON.stringify([target.EnterpriseId, target.IntegrationId]);
}

function groupByScope(batch: readonly GeneralWebhook[]): Map<string, WebhookEvent[]> {
  const groups = new Map<string, WebhookEvent[]>();
  for (const webhook of batch) {
    const scope = scopeOf(webhook);
    const group = groups.get(scope) ?? [];
    groups.set(scope, group);
    for (const event of webhook.Events) group.push(event);
  }
  return groups;
}

function indexByEntity(events: readonly WebhookEvent[]): Map<string, WebhookEvent> {
  return new Map(
    dedupeEvents(events).map((event) => [
      `${fetchOperations[event.Discriminator].entity} ${event.Value.Id}`,
      event,
    ]),
  );
}
