// What the workers of all three queues do with the webhooks that wait: fetch each entity once.
import { type FetchRequest, type GeneralWebhook, planFetches } from 'mews-webhooks';
import {
  type EntityRow,
  FetchError,
  type FetchSettings,
  fetchRequest,
  part,
  rowsOf,
} from './fetch-entities.js';

/** A webhook that waits, and how often it was tried before. */
export interface Waiting {
  readonly webhook: GeneralWebhook;
  readonly attempts: number;
}

/** What is put aside for a person, or for a newer version, to look at; and why. */
export interface Aside {
  readonly reason: string;
  readonly webhook: GeneralWebhook;
}

/** What became of a batch. Store all of it, and only then remove the batch from the queue. */
export interface Outcome {
  readonly rows: EntityRow[];
  /** To be tried again after `delayMs`. */
  readonly again: (Waiting & { readonly delayMs: number })[];
  readonly aside: Aside[];
}

export type SettingsOf = (integrationId: string) => FetchSettings | undefined;

const mostAttempts = 4;

/**
 * Fetches the entities of a batch. A request that fails, or a row that does not come, concerns its
 * own events only: they are tried again and put aside in the end, while the others are done.
 */
export async function fetchBatch(
  batch: readonly Waiting[],
  settingsOf: SettingsOf,
): Promise<Outcome> {
  const outcome: Outcome = { rows: [], again: [], aside: [] };
  for (const { webhook } of batch) {
    if (webhook.UnknownEvents.length === 0) continue;
    outcome.aside.push({ reason: 'unknown event', webhook: { ...webhook, Events: [] } });
  }
  // Each integration has an access token, and so a rate limit, of its own: one does not wait for
  // another. What was tried before is planned apart, since its attempts are counted.
  const lanes = new Map<string, Waiting[]>();
  for (const waiting of batch) {
    const lane = `${waiting.attempts} ${waiting.webhook.IntegrationId}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), waiting]);
  }
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      const webhooks = lane.map(({ webhook }) => webhook);
      const attempts = (lane[0]?.attempts ?? 0) + 1;
      for (const request of planFetches(webhooks)) {
        await fetchOrPutOff(request, { webhooks, attempts, settingsOf, outcome });
      }
    }),
  );
  return outcome;
}

interface Lane {
  readonly webhooks: readonly GeneralWebhook[];
  readonly attempts: number;
  readonly settingsOf: SettingsOf;
  readonly outcome: Outcome;
}

async function fetchOrPutOff(request: FetchRequest, lane: Lane): Promise<void> {
  const { webhooks, settingsOf, outcome } = lane;
  const settings = settingsOf(request.IntegrationId);
  if (settings === undefined) {
    const webhook = part(webhooks, request, request.ids);
    outcome.aside.push({ reason: 'no access token for this integration', webhook });
    return;
  }
  try {
    const result = await fetchRequest(request, settings);
    outcome.rows.push(...rowsOf(request, result));
    putOff('not in the response', result.missing);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const middle = request.ids.length >> 1;
    if (error.status !== 400 || middle === 0) return putOff(error.message, request.ids);
    // One id can spoil the request for all: halve until it stands alone.
    for (const ids of [request.ids.slice(0, middle), request.ids.slice(middle)]) {
      for (const half of planFetches(part(webhooks, request, ids))) {
        await fetchOrPutOff(half, lane);
      }
    }
  }

  function putOff(reason: string, ids: readonly string[]): void {
    if (ids.length === 0) return;
    const { attempts } = lane;
    const webhook = part(webhooks, request, ids);
    if (attempts >= mostAttempts) outcome.aside.push({ reason, webhook });
    else {
      const delayMs = (settings?.lagMs ?? 10_000) * 2 ** (attempts - 1);
      outcome.again.push({ webhook, attempts, delayMs });
    }
  }
}

/**
 * A text that sorts as the instant of a row's last change does: `UpdatedUtc` can come with fewer or
 * more digits, and with an offset, so that neither its text nor `Date` alone orders it.
 */
export function instantOf({ row }: EntityRow): string {
  const utc = row.UpdatedUtc ?? row.CreatedUtc;
  const ms = typeof utc === 'string' ? Date.parse(utc) : Number.NaN;
  if (typeof utc !== 'string' || Number.isNaN(ms)) return '';
  const beyondMs = /\.\d{3}(\d+)/.exec(utc)?.[1] ?? '';
  return `${String(ms).padStart(15, '0')}.${beyondMs.padEnd(4, '0')}`;
}

/**
 * Tries until it succeeds, or until the handler gives up waiting and has answered 503. So a store
 * that is away for a moment costs nothing, and one that stays away has nothing acknowledged.
 */
export async function storeOr503(store: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await store();
    } catch (error) {
      if (signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
