import type { ReadyFetchRequest } from '../plan.js';
import { toHttpRequest } from '../request.js';
import { exchange, type RequestContext } from './exchange.js';
import type { Failure } from './failure.js';
import { sendHalving } from './halve.js';

/** Fetches entities by their ids: with one request, or with smaller ones where it is refused. */
export function fetchByIds(
  request: ReadyFetchRequest,
  context: RequestContext,
): Promise<Failure | undefined> {
  const { rows, failures } = context.result;

  async function sendIds(ids: readonly string[]): Promise<Failure | undefined> {
    const part = ids === request.ids ? request : partOf(request, ids);
    const http = toHttpRequest(part, context.connection, context.extra ?? {});
    const response = await exchange(http, part, context);
    if (!response.ok) return response.failure;
    for (const row of response.found.values()) rows.push({ request, row });
    const { missing, notFound } = response;
    if (missing.length > 0) failures.push({ request, ids: missing, failure: notFound });
    return undefined;
  }

  return sendHalving([request.ids], sendIds, (ids, failure) => {
    failures.push({ request, ids, failure });
  });
}

/** The same request for some of its ids. */
function partOf(request: ReadyFetchRequest, ids: readonly string[]): ReadyFetchRequest {
  // A ready request always has the property; its type is that of all operations.
  const idsProperty = `${request.operation.idsProperty}`;
  const body = { ...request.body, [idsProperty]: ids, Limitation: { Count: ids.length } };
  return { ...request, ids, body };
}
