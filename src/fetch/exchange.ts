import { isObject, type JsonObject } from '../json.js';
import type { FetchRequest } from '../plan.js';
import { type Reconciliation, reconcileFetch } from '../reconcile.js';
import type { Connection, ExtraProperties, HttpRequest } from '../request.js';
import type { FetchSignal } from './client.js';
import { type Failure, failureOf, isSuccess } from './failure.js';
import type { LaneResult } from './lane-result.js';
import type { FetchSettings } from './options.js';
import { send } from './send.js';

/** What all HTTP requests of one planned request share. */
export interface RequestContext {
  readonly connection: Connection;
  readonly extra: ExtraProperties | undefined;
  readonly settings: FetchSettings;
  readonly callSignal: FetchSignal;
  /** Takes what was found, and what was not. */
  readonly result: LaneResult;
}

/** What one HTTP request brought. */
type Exchange =
  | {
      readonly ok: true;
      readonly found: Reconciliation['found'];
      readonly missing: readonly string[];
      /** Why the missing ones are missing. */
      readonly notFound: Failure;
      /** Where the next page begins. */
      readonly cursor: unknown;
    }
  | { readonly ok: false; readonly failure: Failure };

/** Sends one HTTP request and reads the response: rows, or a failure. */
export async function exchange(
  http: HttpRequest,
  request: FetchRequest,
  { connection, settings, callSignal }: RequestContext,
): Promise<Exchange> {
  const reply = await send(http, settings, callSignal);
  const body = parseObject(reply.text);
  const failure = failureOf(reply, body, connection);
  if (body === undefined || !isSuccess(failure.status)) return { ok: false, failure };
  const rows = rowsIn(body, request);
  if (rows === undefined) return { ok: false, failure };
  return { ok: true, ...rows, notFound: { ...failure, reason: 'not_found' }, cursor: body.Cursor };
}

/** `undefined` when the text is not that of a JSON object. */
function parseObject(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` when the body has another shape than the operation's responses. */
function rowsIn(body: JsonObject, request: FetchRequest): Reconciliation | undefined {
  try {
    return reconcileFetch(request, body);
  } catch {
    return undefined;
  }
}
