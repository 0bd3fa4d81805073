import type { GeneralWebhook } from './events.js';
import { type FetchOperation, fetchOperations } from './operations.js';

/** What every planned request has. */
export interface FetchTarget {
  readonly EnterpriseId: string;
  /** The integration whose access token the request needs. */
  readonly IntegrationId: string;
  readonly operation: FetchOperation;
  /** The entities that the request is for, each once; at least one, at most `operation.maxIds`. */
  readonly ids: readonly string[];
  /** The request body, but for the credentials and, in an incomplete request, what is `missing`. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request that needs nothing but credentials. */
export interface ReadyFetchRequest extends FetchTarget {
  readonly kind: 'ready';
}

/**
 * A request for messages: they can't be fetched by `Id`, so the caller brings the threads to look in.
 */
export interface IncompleteFetchRequest extends FetchTarget {
  readonly kind: 'incomplete';
  /** The body properties to bring, as `extra` of `toHttpRequest`. */
  readonly missing: readonly 'MessageThreadIds'[];
}

/** One request to the Connector API, without credentials: plain data that fits into a queue. */
export type FetchRequest = ReadyFetchRequest | IncompleteFetchRequest;

/**
 * Plans the fewest requests that fetch every entity of the messages once: one per enterprise,
 * integration and operation, split where an operation takes no more ids.
 *
 * @param webhooks - One message, or all messages that wait to be processed.
 * @returns The requests in the order in which their first entity came; none without a known event.
 * @see https://docs.mews.com/connector-api/events/wh-general#event-discriminator
 * @example
 * ```ts
 * import { type GeneralWebhook, planFetches } from 'mews-webhooks';
 *
 * function print(batch: GeneralWebhook[]): void {
 *   for (const { operation, ids } of planFetches(batch)) console.log(operation.name, ids.length);
 * }
 * ```
 */
export function planFetches(webhooks: GeneralWebhook | Iterable<GeneralWebhook>): FetchRequest[] {
  const groups: Group[] = [];
  const groupsOf = new Map<string, Map<FetchOperation, Group>>();
  for (const { EnterpriseId, IntegrationId, Events } of 'Events' in webhooks
    ? [webhooks]
    : webhooks) {
    // The length keeps two pairs of ids apart that read the same when joined.
    const key = `${EnterpriseId.length} ${EnterpriseId}${IntegrationId}`;
    const byOperation = groupsOf.get(key) ?? new Map<FetchOperation, Group>();
    groupsOf.set(key, byOperation);
    for (const event of Events) {
      const operation = fetchOperations[event.Discriminator];
      let group = byOperation.get(operation);
      if (group === undefined) {
        group = { EnterpriseId, IntegrationId, operation, ids: new Map() };
        byOperation.set(operation, group);
        groups.push(group);
      }
      // A prefixed key can't be made to collide as digits can, whose hash is their value.
      group.ids.set(`#${event.Value.Id}`, event.Value.Id);
    }
  }
  return groups.flatMap(requestsOf);
}

interface Group {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
  readonly operation: FetchOperation;
  readonly ids: Map<string, string>;
}

function requestsOf(group: Group): FetchRequest[] {
  const { EnterpriseId, IntegrationId, operation } = group;
  const { idsProperty, maxIds, missing, parameters } = operation;
  const allIds = [...group.ids.values()];
  const requests: FetchRequest[] = [];
  for (let start = 0; start < allIds.length; start += maxIds) {
    const ids = allIds.slice(start, start + maxIds);
    const target = { EnterpriseId, IntegrationId, operation, ids };
    if (idsProperty === null) {
      // How many messages the threads hold is unknown here: a full page, and a cursor may follow.
      const body = { ...parameters, Limitation: { Count: maxIds } };
      requests.push({ kind: 'incomplete', ...target, missing, body });
    } else {
      const body = { ...parameters, [idsProperty]: ids, Limitation: { Count: ids.length } };
      requests.push({ kind: 'ready', ...target, body });
    }
  }
  return requests;
}
