import { expect } from '../errors.js';
import { isNonEmptyString } from '../json.js';
import type { IncompleteFetchRequest } from '../plan.js';
import { toHttpRequest } from '../request.js';
import { exchange, type RequestContext } from './exchange.js';
import { type Failure, failureWithoutResponse } from './failure.js';
import { sendHalving } from './halve.js';
import { isRetryReason } from './outcome.js';

const mostThreads = 1000;
const pageSize = 1000;
// A server whose pages do not end must not keep a worker.
const mostPages = 100;
const dayMs = 86_400_000;

/**
 * Fetches messages. They can't be asked for by id: the pages of the threads are read until every message
 * was found or the pages end.
 */
export async function fetchMessages(
  request: IncompleteFetchRequest,
  context: RequestContext,
): Promise<Failure | undefined> {
  const { rows, failures } = context.result;
  const threadIds = await threadIdsOf(request, context);
  if (threadIds.length === 0) {
    const failure = failureWithoutResponse('no_message_threads');
    failures.push({ request, ids: request.ids, failure });
    return undefined;
  }
  const missing = new Set(request.ids);
  const CreatedUtc = createdWithin(7 * dayMs, dayMs);
  let decisive: Failure | undefined;
  let notFound = failureWithoutResponse('not_found');

  async function readPages(threads: readonly string[]): Promise<Failure | undefined> {
    let Cursor: string | undefined;
    for (let page = 0; page < mostPages && missing.size > 0; page++) {
      const extra = {
        CreatedUtc,
        ...context.extra,
        MessageThreadIds: threads,
        Limitation: { Count: pageSize, ...(Cursor !== undefined && { Cursor }) },
      };
      const http = toHttpRequest(request, context.connection, extra);
      const response = await exchange(http, { ...request, ids: [...missing] }, context);
      if (!response.ok) return response.failure;
      ({ notFound } = response);
      for (const row of response.found.values()) {
        rows.push({ request, row });
        missing.delete(row.Id);
      }
      const { cursor } = response;
      if (!isNonEmptyString(cursor) || cursor === Cursor) return undefined;
      Cursor = cursor;
    }
    return undefined;
  }

  const stop = await sendHalving(chunksOf(threadIds, mostThreads), readPages, (_, failure) => {
    // An outage is no reason to give a message up, whatever came before or after it.
    if (!decisive || isRetryReason(failure.reason)) decisive = failure;
  });
  if (missing.size > 0) {
    // A message that did not come may be in a thread that could not be read.
    failures.push({ request, ids: [...missing], failure: decisive ?? notFound });
  }
  return stop;
}

async function threadIdsOf(
  { EnterpriseId, IntegrationId }: IncompleteFetchRequest,
  { settings }: RequestContext,
): Promise<readonly string[]> {
  const threadIds = (await settings.messageThreadIdsOf?.(EnterpriseId, IntegrationId)) ?? [];
  expect(
    Array.isArray(threadIds) && threadIds.every(isNonEmptyString),
    'options.messageThreadIdsOf',
    'a function that returns an array of non-empty strings',
  );
  return [...new Set(threadIds)];
}

/** The API wants a window of at most a month. Events are late by minutes, clocks may differ. */
function createdWithin(beforeMs: number, afterMs: number): { StartUtc: string; EndUtc: string } {
  const now = Date.now();
  return {
    StartUtc: new Date(now - beforeMs).toISOString(),
    EndUtc: new Date(now + afterMs).toISOString(),
  };
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) {
    chunks.push(list.slice(start, start + size));
  }
  return chunks;
}
