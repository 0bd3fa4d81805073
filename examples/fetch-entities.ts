// Fetches the entities of webhooks with plain fetch: waits as long as a 429 says, backs off when it
// says nothing, and asks once more for rows that lag behind their event.
import {
  type Connection,
  dedupeEvents,
  type FetchedRow,
  type FetchRequest,
  fetchOperations,
  type GeneralWebhook,
  type HttpRequest,
  planFetches,
  type Reconciliation,
  reconcileFetch,
  toHttpRequest,
  type WebhookEvent,
} from 'mews-webhooks';

export interface FetchSettings {
  readonly connection: Connection;
  /** Messages can be fetched by thread only: yours, or those of Get all message threads. */
  readonly threadsOf: (enterpriseId: string) => Promise<readonly string[]>;
  /** Attempts for one request; 6 by default. */
  readonly attempts?: number | undefined;
  /** The first back-off in milliseconds, 1000 by default; it doubles each time, up to 30 s. */
  readonly backOffMs?: number | undefined;
  /** Milliseconds before the one re-fetch of rows that did not come; 10 s by default. */
  readonly lagMs?: number | undefined;
}

export interface EntityRow {
  readonly EnterpriseId: string;
  readonly entity: FetchRequest['operation']['entity'];
  readonly row: FetchedRow;
}

/** Fetches every entity of a webhook, and once more those that did not come. */
export async function fetchEntities(
  webhook: GeneralWebhook,
  settings: FetchSettings,
): Promise<{ rows: EntityRow[]; missing: readonly WebhookEvent[] }> {
  const rows: EntityRow[] = [];
  let missing = webhook.Events;
  for (const waitMs of [0, settings.lagMs ?? 10_000]) {
    if (missing.length === 0) break;
    await sleep(waitMs);
    const asked = { ...webhook, Events: missing };
    missing = [];
    for (const request of planFetches(asked)) {
      const result = await fetchRequest(request, settings);
      rows.push(...rowsOf(request, result));
      missing = [...missing, ...part([asked], request, result.missing).Events];
    }
  }
  return { rows, missing };
}

/** Sends one planned request: for messages, page by page through the threads. */
export async function fetchRequest(
  request: FetchRequest,
  settings: FetchSettings,
): Promise<Reconciliation> {
  const { connection } = settings;
  if (request.kind === 'ready') {
    return reconcileFetch(request, await send(toHttpRequest(request, connection), settings));
  }
  const found: Reconciliation['found'] = new Map();
  const threads = await settings.threadsOf(request.EnterpriseId);
  for (let start = 0; start < threads.length; start += 1000) {
    let Cursor: unknown;
    do {
      const http = toHttpRequest(request, connection, {
        MessageThreadIds: threads.slice(start, start + 1000),
        CreatedUtc: { StartUtc: daysFromNow(-7), EndUtc: daysFromNow(1) },
        Limitation: { Count: 1000, ...(typeof Cursor === 'string' && { Cursor }) },
      });
      const response = await send(http, settings);
      for (const [id, row] of reconcileFetch(request, response).found) found.set(id, row);
      Cursor = property(response, 'Cursor');
    } while (typeof Cursor === 'string' && found.size < request.ids.length);
  }
  return { found, missing: request.ids.filter((id) => !found.has(id)) };
}

/** The rows of a request, with what is needed to store them. */
export function rowsOf(request: FetchRequest, { found }: Reconciliation): EntityRow[] {
  const { EnterpriseId, operation } = request;
  return [...found.values()].map((row) => ({ EnterpriseId, entity: operation.entity, row }));
}

/** Those events of the webhooks that asked for these ids of a request, as a webhook of their own. */
export function part(
  webhooks: readonly GeneralWebhook[],
  { EnterpriseId, IntegrationId, operation }: FetchRequest,
  ids: readonly string[],
): GeneralWebhook {
  const wanted = new Set(ids);
  const events = webhooks
    .filter((w) => w.EnterpriseId === EnterpriseId && w.IntegrationId === IntegrationId)
    .flatMap(({ Events }) => Events)
    .filter(({ Discriminator, Value }) => {
      return fetchOperations[Discriminator].path === operation.path && wanted.has(Value.Id);
    });
  return { EnterpriseId, IntegrationId, Events: dedupeEvents(events), UnknownEvents: [] };
}

/** A request that was refused, or failed as often as it may. Holds no value of the request. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly status: number | undefined;

  constructor(url: string, status: number | undefined) {
    super(`${new URL(url).pathname}: ${status === undefined ? 'no answer' : `answered ${status}`}`);
    this.status = status;
  }
}

async function send(http: HttpRequest, settings: FetchSettings): Promise<unknown> {
  const { attempts = 6, backOffMs = 1000 } = settings;
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptToSend(http);
    if (answer.status === 200) return answer.body;
    const { status, retryAfterMs } = answer;
    const passing = status === undefined || status === 408 || status === 429 || status >= 500;
    if (!passing || attempt >= attempts) throw new FetchError(http.url, status);
    // Jitter keeps workers that failed together from coming back together.
    const backOff = Math.random() * Math.min(30_000, backOffMs * 2 ** (attempt - 1));
    await sleep(retryAfterMs ?? backOff);
  }
}

interface Attempt {
  readonly status: number | undefined;
  readonly body?: unknown;
  readonly retryAfterMs?: number | undefined;
}

async function attemptToSend(http: HttpRequest): Promise<Attempt> {
  try {
    const response = await fetch(http.url, { ...http, signal: AbortSignal.timeout(120_000) });
    if (response.status === 200) return { status: 200, body: await response.json() };
    await response.arrayBuffer();
    return { status: response.status, retryAfterMs: waitOf(response.headers.get('retry-after')) };
  } catch {
    return { status: undefined };
  }
}

/** `Retry-After` is a number of seconds or a date. */
function waitOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
