import type { JsonObject } from '../json.js';
import type { Connection } from '../request.js';
import type { RejectionReason, RetryReason } from './outcome.js';
import { readableText } from './readable-text.js';
import type { Reply } from './send.js';

/** Why entities were not fetched, and what the response says about it. */
export interface Failure {
  readonly reason: RetryReason | RejectionReason;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly detail: string | null;
  readonly retryAfterMs: number | null;
}

/** A failure without a response. */
export function failureWithoutResponse(reason: Failure['reason']): Failure {
  return { reason, status: null, requestId: null, detail: null, retryAfterMs: null };
}

/** What a reply says about the entities that it did not bring; `body` is its JSON, if it is an object. */
export function failureOf(
  reply: Reply,
  body: JsonObject | undefined,
  connection: Connection,
): Failure {
  return {
    reason: reasonOf(reply),
    status: reply.status,
    requestId: readableText(reply.requestId ?? body?.RequestId, connection),
    detail: readableText(body?.Message, connection),
    retryAfterMs: reply.retryAfterMs,
  };
}

function reasonOf({ status, text, timedOut }: Reply): Failure['reason'] {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 408) return 'timeout';
  // 413 as well: it is final for a request that can't be made smaller.
  if (status !== null && status >= 400 && status < 500) return 'invalid_request';
  if (timedOut) return 'timeout';
  // Of another status than success, the body decides nothing.
  if (text === undefined && (status === null || isSuccess(status))) return 'network_error';
  return 'server_error';
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Whether a smaller request may be accepted: 400 may be due to one id, 408 and 413 to their number. */
export function isTooMuch({ status }: Failure): boolean {
  return status === 400 || status === 408 || status === 413;
}

/** Whether the integration may send nothing more in this call. */
export function stopsIntegration({ reason }: Failure): boolean {
  return reason === 'rate_limited' || reason === 'unauthorized';
}
