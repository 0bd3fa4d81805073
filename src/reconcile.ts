import { isObject } from './json.js';
import type { FetchRequest } from './plan.js';

/** A row of a response: the entity as Mews sends it. Nothing of it is checked but its `Id`. */
export interface FetchedRow {
  readonly Id: string;
  readonly [property: string]: unknown;
}

/** Which of the entities that a request asked for have come, and which have not. */
export interface Reconciliation {
  /** The rows by `Id`, in the order of the response. */
  readonly found: Map<string, FetchedRow>;
  /** The ids without a row, in the order of the request. */
  readonly missing: string[];
}

/**
 * Compares a response with its request. An entity without a row is no error: the token may not reach
 * it, it may have been merged, or it lags by seconds; fetch it once more later.
 *
 * @param request - The request that was sent.
 * @param response - The parsed JSON body of its response. A list that is `null` or absent has no rows.
 * @throws `TypeError` that names the property when the response is no object, or its rows no array.
 * @see https://docs.mews.com/connector-api/operations
 * @example
 * ```ts
 * import { type FetchRequest, reconcileFetch } from 'mews-webhooks';
 *
 * async function rowsOf(request: FetchRequest, response: Response) {
 *   const { found, missing } = reconcileFetch(request, await response.json());
 *   console.log(`${missing.length} of ${request.ids.length} did not come`);
 *   return [...found.values()];
 * }
 * ```
 */
export function reconcileFetch(request: FetchRequest, response: unknown): Reconciliation {
  const { rowsProperty } = request.operation;
  if (!isObject(response)) {
    throw new TypeError('response: expected object, which is the parsed JSON body of the response');
  }
  const rows = response[rowsProperty];
  if (rows != null && !Array.isArray(rows)) {
    throw new TypeError(`response.${rowsProperty}: expected array or null`);
  }
  const asked = new Set<unknown>(request.ids);
  const isAskedFor = (row: unknown): row is FetchedRow => isObject(row) && asked.has(row.Id);
  const found = new Map(rows?.filter(isAskedFor).map((row) => [row.Id, row]));
  return { found, missing: request.ids.filter((id) => !found.has(id)) };
}
