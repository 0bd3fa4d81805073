import type { JsonObject } from '../../json.js';
import type { MockResponse } from './server.js';
import type { StoredRow } from './store.js';

/** What the API decided to send. */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject | readonly unknown[];
  readonly rows: readonly StoredRow[];
  readonly retryAfter?: string | undefined;
  readonly delayMs?: number;
  /** Sent instead of the body. */
  readonly html?: string;
}

export function errorReply(status: number, Message: string): Reply {
  return { status, body: { Message, Details: null }, rows: [] };
}

/** The response for a reply. */
export function toResponse(reply: Reply, requestId: string, prefersMinimal: boolean): MockResponse {
  const { status, body, rows, retryAfter, delayMs = 0, html } = reply;
  const isRefused = status >= 400;
  const isMinimal = prefersMinimal && !isRefused && rows.length === 0;
  const text = html ?? JSON.stringify(isRefused ? { ...body, RequestId: requestId } : body);
  return {
    status: isMinimal ? 204 : status,
    headers: {
      'Content-Type': html === undefined ? 'application/json; charset=utf-8' : 'text/html',
      'Request-Id': requestId,
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    },
    body: isMinimal ? '' : text,
    delayMs,
  };
}
