import type { GeneralWebhook } from '../events.js';
import { type FetchRequest, planFetches } from '../plan.js';
import { endWith } from './abort.js';
import { toBatch } from './events.js';
import { fetchLane } from './lane.js';
import { type FetchOptions, resolveOptions } from './options.js';
import type { FetchOutcome } from './outcome.js';
import { runInParallel } from './parallel.js';
import type { CustomRows, EntityRows } from './rows.js';
import { toOutcome, type UntypedOutcome } from './to-outcome.js';

/** Integrations whose requests run side by side. */
const mostLanes = 8;

/**
 * Fetches the entities of a batch of webhooks, and sorts out what failed. Each entity of the batch is
 * in exactly one list of the outcome, whatever the API does. Nothing is kept between calls: the queue
 * and the store are yours.
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
  const lanes = groupByIntegration(planFetches(batch));
  const results = await endWith(settings.signal, (call) =>
    runInParallel(lanes, mostLanes, (requests) => fetchLane(requests, settings, call)),
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
