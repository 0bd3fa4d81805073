import type { GeneralWebhook } from '../events.js';
import { type FetchRequest, planFetches, toBatch } from '../plan.js';
import { runAbortable } from './abort.js';
import { fetchLane } from './lane.js';
import { type FetchOptions, resolveOptions } from './options.js';
import type { FetchOutcome } from './outcome.js';
import { runInParallel } from './parallel.js';
import type { CustomRows, EntityRows } from './rows.js';
import { toOutcome, type UntypedOutcome } from './to-outcome.js';

/** Integrations whose requests run side by side. */
const mostLanes = 8;

/**
 * Fetches the entities of a batch of webhooks, and sorts out what failed. Each entity of the batch is in
 * exactly one list of the outcome, whatever the API does. Nothing is kept between calls, and what failed
 * is not sent again: the queue and the store are yours, and the queue is the retry.
 *
 * At most 8 integrations are served in parallel, the requests of each one after the other. A request that
 * is refused with 400, 408 or 413 is sent again in halves, 40 requests in all; what is left then shares
 * the last reason. After 429, 401 or 403 nothing more is sent for that integration in this call. Redirects
 * are not followed. Events of one enterprise and integration that failed for the same reason with the same
 * response come back as one webhook. `afterMs` is what `Retry-After` says, at most a day; without it 10 s,
 * doubled with each attempt up to 10 min, times a random number from 0.5 to 1.
 *
 * @param webhooks - One webhook, or all that wait to be processed.
 * @param options - See {@link FetchOptions}; `connectionOf` is required.
 * @returns Entities to store, webhooks to put back, and webhooks for a dead-letter list. Nothing in it
 *   holds a token, a URL or a request body.
 * @throws What a callback throws, the reason of `signal`, or a `TypeError` that names what is wrong: an
 *   option, a property of a connection, or `webhooks`, such as texts that `parseWebhook` has not read.
 * @see https://docs.mews.com/connector-api/events/wh-general
 * @example
 * ```ts
 * import type { Connection, GeneralWebhook } from 'mews-webhooks';
 * import { type FetchedEntity, fetchEntities } from 'mews-webhooks/fetch';
 *
 * declare const queue: {
 *   take(): Promise<{ webhooks: GeneralWebhook[]; attempt: number; remove(): Promise<void> }>;
 *   put(webhook: GeneralWebhook, options: { attempt: number; afterMs: number }): Promise<void>;
 * };
 * declare const store: { putIfNotOlder(entity: FetchedEntity): Promise<void> };
 * declare const deadLetters: { put(webhook: GeneralWebhook, reason: string): Promise<void> };
 * declare const connections: Map<string, Connection>;
 *
 * async function work() {
 *   const { webhooks, attempt, remove } = await queue.take();
 *   const { entities, retries, rejections } = await fetchEntities(webhooks, {
 *     connectionOf: (integrationId) => connections.get(integrationId),
 *     attempt,
 *   });
 *   for (const entity of entities) await store.putIfNotOlder(entity); // compares `version`
 *   for (const { webhook, afterMs } of retries) {
 *     await queue.put(webhook, { attempt: attempt + 1, afterMs });
 *   }
 *   for (const { webhook, reason } of rejections) await deadLetters.put(webhook, reason);
 *   await remove(); // not before: what a crash interrupts is then done again
 * }
 * ```
 */
export function fetchEntities<Rows extends CustomRows = EntityRows>(
  webhooks: GeneralWebhook | Iterable<GeneralWebhook>,
  options: FetchOptions,
): Promise<FetchOutcome<Rows>>;
// Rows get their documented types here, and nowhere else: no more than their Id is checked.
export async function fetchEntities(
  webhooks: GeneralWebhook | Iterable<GeneralWebhook>,
  options: FetchOptions,
): Promise<UntypedOutcome> {
  const settings = resolveOptions(options);
  const batch = toBatch(webhooks);
  const lanes = groupByIntegration(planFetches(batch, { maxIds: settings.maxIds }));
  const results = await runAbortable(settings.signal, (callSignal) =>
    runInParallel(lanes, mostLanes, (requests) => fetchLane(requests, settings, callSignal)),
  );
  return toOutcome(batch, results, settings.attempt);
}

/** An access token, and so a rate limit, belongs to an integration: each has a lane of its own. */
function groupByIntegration(requests: readonly FetchRequest[]): FetchRequest[][] {
  const lanes = new Map<string, FetchRequest[]>();
  for (const request of requests) {
    const lane = lanes.get(request.IntegrationId) ?? [];
    lanes.set(request.IntegrationId, lane);
    lane.push(request);
  }
  return [...lanes.values()];
}
