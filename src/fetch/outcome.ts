import type { GeneralWebhook } from '../events.js';
import type { CustomRows, EntityName, EntityRows, RowOf } from './rows.js';

/** An entity that was fetched: a union over `entity`, so that a `switch` types `row`. */
export type FetchedEntity<Rows extends CustomRows = EntityRows> = {
  readonly [E in EntityName]: {
    /** What the row is. */
    readonly entity: E;
    /** The enterprise of the webhook that named the entity. */
    readonly EnterpriseId: string;
    /** The integration of the webhook that named the entity. */
    readonly IntegrationId: string;
    /** Unique identifier of the entity. */
    readonly Id: string;
    /** The row as Mews sent it; nothing of it is checked but its `Id`. */
    readonly row: RowOf<Rows, E>;
    /**
     * Sorts, compared as text, as the instant of the row's last change does; empty when the row has none.
     * Keep it beside the row, and never let a smaller one replace it: a response can be overtaken.
     */
    readonly version: string;
  };
}[EntityName];

/** Why an entity is to be fetched again later. */
export type RetryReason =
  | 'not_found'
  | 'rate_limited'
  | 'timeout'
  | 'server_error'
  | 'network_error';

// A record, so that the compiler finds a reason that is missing here.
const retryReasons: Readonly<Record<RetryReason, true>> = {
  not_found: true,
  rate_limited: true,
  timeout: true,
  server_error: true,
  network_error: true,
};

/** Whether what failed for this reason goes back into the queue. */
export function isRetryReason(reason: RetryReason | RejectionReason): reason is RetryReason {
  return reason in retryReasons;
}

/** Why it is of no use to fetch an entity again. */
export type RejectionReason =
  | 'invalid_request'
  | 'unauthorized'
  | 'no_connection'
  | 'no_message_threads'
  | 'unknown_event';

/** Events to put back into the queue. */
export interface FetchRetry {
  /** Just these events, de-duplicated. */
  readonly webhook: GeneralWebhook;
  /**
   * - `not_found`: the response has no such row. It lags, or the access token does not reach it. For a
   *   message also: the integration did not create its thread.
   * - `rate_limited`: 429, to this request or to one before it of the same integration.
   * - `timeout`: 408, or no complete response within `timeoutMs`.
   * - `server_error`: 3xx, 5xx, or a response that is not the JSON that was expected.
   * - `network_error`: no response, or one that broke off.
   */
  readonly reason: RetryReason;
  /** Milliseconds to wait before the next attempt. */
  readonly afterMs: number;
  /** The status of the response that decided this; `null` without a response. */
  readonly status: number | null;
  /** The `Request-Id` of that response, which Mews' support asks for; `null` without one. */
  readonly requestId: string | null;
}

/** Events for a dead-letter list. */
export interface FetchRejection {
  /** Just these events, de-duplicated; unknown ones are in its `UnknownEvents`, as they came. */
  readonly webhook: GeneralWebhook;
  /**
   * - `invalid_request`: a 4xx that no smaller request could avoid.
   * - `unauthorized`: 401 or 403, to this request or to one before it of the same integration.
   * - `no_connection`: `connectionOf` knows no connection.
   * - `no_message_threads`: there is no `messageThreadIdsOf`, or it knows no thread.
   * - `unknown_event`: this version knows no operation that would fetch it.
   */
  readonly reason: RejectionReason;
  /** The status of the response that decided this; `null` without a response. */
  readonly status: number | null;
  /** The `Request-Id` of that response, which Mews' support asks for; `null` without one. */
  readonly requestId: string | null;
  /** What Mews says about it, cut off after 500 characters; `null` without a message. */
  readonly detail: string | null;
}

/** What became of a batch: each entity of it is in exactly one of the three lists. */
export interface FetchOutcome<Rows extends CustomRows = EntityRows> {
  /** The entities that were fetched. */
  readonly entities: FetchedEntity<Rows>[];
  /** What to fetch again later. */
  readonly retries: FetchRetry[];
  /** What to keep for a person to look at. */
  readonly rejections: FetchRejection[];
}
