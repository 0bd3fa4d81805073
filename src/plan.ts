import { expect } from './errors.js';
import type { GeneralWebhook } from './events.js';
import { isObject } from './json.js';
import { type FetchOperation, fetchOperations } from './operations.js';

/** What every planned request has. */
export interface FetchTarget {
  readonly EnterpriseId: string;
  /** The integration whose access token the request needs. */
  readonly IntegrationId: string;
  readonly operation: FetchOperation;
  /** The entities that the request is for, each once; at least one, at most `operation.maxIds`. */
  readonly ids: readonly string[];
  /** The request body without the credentials and, in an incomplete request, without what is `missing`. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request that needs nothing but credentials. */
export interface ReadyFetchRequest extends FetchTarget {
  readonly kind: 'ready';
}

/**
 * A request that needs more than an event carries. Today these are the requests for messages, which
 * cannot be fetched by `Id`: the caller brings the threads to look in.
 */
export interface IncompleteFetchRequest extends FetchTarget {
  readonly kind: 'incomplete';
  /** The body properties to bring, as `extra` of `toHttpRequest`: `['MessageThreadIds']` for messages. */
  readonly missing: readonly string[];
}

/** One request to the Connector API, without credentials: plain data that fits into a queue. */
export type FetchRequest = ReadyFetchRequest | IncompleteFetchRequest;

/** Options of {@link planFetches}. */
export interface PlanOptions {
  /**
   * The most ids in one request, a whole number from 1; `maxIds` of the operation by default, which is
   * also the limit. Choose a smaller one when Mews responds with 408: the request was too heavy. It makes
   * no request for messages lighter, since these hold no ids.
   */
  readonly maxIds?: number | undefined;
}

/**
 * Plans the fewest requests that fetch every entity of the messages once: one per enterprise,
 * integration and operation, and more where these are too many ids for one.
 *
 * @param webhooks - One message, or all messages that wait to be processed.
 * @param options - See {@link PlanOptions}.
 * @returns The requests in the order in which their first entity came; none without a known event.
 * @throws `TypeError` when `maxIds` is not a whole number from 1, or `webhooks` is something else, such
 *   as the text of a message: parse it first.
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
export function planFetches(
  webhooks: GeneralWebhook | Iterable<GeneralWebhook>,
  options?: PlanOptions,
): FetchRequest[] {
  const { maxIds = Number.MAX_SAFE_INTEGER } = options ?? {};
  expect(Number.isInteger(maxIds) && maxIds >= 1, 'options.maxIds', 'a whole number from 1');
  return groupEntities(toBatch(webhooks)).flatMap((group) => splitGroup(group, maxIds));
}

/** The entities of one enterprise and integration that one operation fetches. */
interface Group {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
  readonly operation: FetchOperation;
  /** The ids by a key that is the id with a prefix. */
  readonly ids: Map<string, string>;
}

/**
 * One webhook or several, as a list that can be read more than once.
 *
 * @internal
 */
export function toBatch(
  webhooks: GeneralWebhook | Iterable<GeneralWebhook>,
): readonly GeneralWebhook[] {
  const expected = 'a parsed webhook, or several';
  expect(typeof webhooks === 'object' && webhooks !== null, 'webhooks', expected);
  const batch = 'Events' in webhooks ? [webhooks] : [...webhooks];
  expect(batch.every(isObject), 'webhooks', expected);
  return batch;
}

function groupEntities(webhooks: readonly GeneralWebhook[]): Group[] {
  const groups: Group[] = [];
  const groupsOf = new Map<string, Map<FetchOperation, Group>>();
  for (const { EnterpriseId, IntegrationId, Events } of webhooks) {
    // The length keeps apart two pairs of ids that are the same text when joined.
    const key = `${EnterpriseId.length} ${EnterpriseId}${IntegrationId}`;
    const byOperation = groupsOf.get(key) ?? new Map<FetchOperation, Group>();
    groupsOf.set(key, byOperation);
    for (const { Discriminator, Value } of Events) {
      const operation = fetchOperations[Discriminator];
      expect(
        operation !== undefined,
        'webhooks',
        'known events in Events; parseWebhook sorts them',
      );
      let group = byOperation.get(operation);
      if (group === undefined) {
        group = { EnterpriseId, IntegrationId, operation, ids: new Map() };
        byOperation.set(operation, group);
        groups.push(group);
      }
      // Without a prefix, a sender could choose digits as ids whose hashes are all the same.
      group.ids.set(`#${Value.Id}`, Value.Id);
    }
  }
  return groups;
}

function splitGroup(group: Group, maxIds: number): FetchRequest[] {
  const ids = [...group.ids.values()];
  const count = Math.min(maxIds, group.operation.maxIds);
  const requests: FetchRequest[] = [];
  for (let start = 0; start < ids.length; start += count) {
    requests.push(createFetchRequest(group, ids.slice(start, start + count)));
  }
  return requests;
}

// The largest page that the API returns.
const pageSize = 1000;

/**
 * The request that fetches some entities of a target, which may be a group or a request that is split.
 *
 * @internal
 */
export function createFetchRequest(
  target: Pick<FetchTarget, 'EnterpriseId' | 'IntegrationId' | 'operation'>,
  ids: readonly string[],
): FetchRequest {
  const { EnterpriseId, IntegrationId, operation } = target;
  const { idsProperty, missing, parameters } = operation;
  const body =
    idsProperty === null
      ? // How many rows there are is unknown: one full page, and the caller may follow a cursor.
        { ...parameters, Limitation: { Count: pageSize } }
      : { ...parameters, [idsProperty]: ids, Limitation: { Count: ids.length } };
  const request = { EnterpriseId, IntegrationId, operation, ids, body };
  return missing.length === 0
    ? { kind: 'ready', ...request }
    : { kind: 'incomplete', ...request, missing };
}
