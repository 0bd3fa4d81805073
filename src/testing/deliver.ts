import { readAddress } from './address.js';
import type { Exchange } from './exchange.js';
import type { FailureReason } from './failure.js';
import { encode, follow } from './follow.js';

/** Options of {@link deliver}. */
export interface DeliverOptions {
  /** How long to wait for the response, in milliseconds; 5000, as Mews does, by default. */
  readonly timeoutMs?: number | undefined;
  /** Sends again after a failure, once for each, that many milliseconds later. None by default. */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** Must be `true` for a host that is not this machine. */
  readonly allowRemote?: boolean | undefined;
}

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  /** The status of the response; `null` without one. */
  readonly status: number | null;
  /** Why there is no response: `timeout`, `unreachable`, `tls`, `closed` or `endless`; else `null`. */
  readonly failure: FailureReason | null;
  /** From the start of the request to the end of the response, redirects included. */
  readonly durationMs: number;
}

/** The outcome of a delivery. */
export interface DeliveryResult {
  /** Whether the response to the last attempt is 2xx. */
  readonly ok: boolean;
  readonly attempts: readonly [DeliveryAttempt, ...DeliveryAttempt[]];
}

/**
 * Sends a message as Mews does: POST, no content type, five seconds for the response, 307 and 308
 * followed; and again after a failure where `retryDelaysMs` says so. Uses `node:http`, so it runs in Node.
 *
 * A redirect to a host that is neither the same nor this machine is not followed.
 *
 * @param url - The address of the receiver with its token.
 * @param body - Text or bytes to send as they are, or a value to send as JSON.
 * @param options - See {@link DeliverOptions}.
 * @returns The outcome. A failure is a value, not an error.
 * @throws `TypeError` when the URL is not HTTP, or names another host without `allowRemote`.
 * @see https://docs.mews.com/connector-api/events/wh-faq
 * @example
 * ```ts
 * import { createWebhook, deliver } from 'mews-webhooks/testing';
 *
 * export async function send(url: string) {
 *   const { ok, attempts } = await deliver(url, createWebhook(), { retryDelaysMs: [100, 1000] });
 *   console.log(ok, attempts.map(({ status, durationMs }) => `${status} in ${durationMs} ms`));
 * }
 * ```
 */
export async function deliver(
  url: string | { readonly href: string },
  body: unknown,
  options?: DeliverOptions,
): Promise<DeliveryResult> {
  const address = readAddress(url, options?.allowRemote === true);
  const request = { url: address, body: encode(body), timeoutMs: options?.timeoutMs ?? 5000 };
  let attempt = attemptOf(await follow(request));
  const attempts: [DeliveryAttempt, ...DeliveryAttempt[]] = [attempt];
  for (const delay of options?.retryDelaysMs ?? []) {
    if (isOk(attempt)) break;
    await new Promise((resolve) => setTimeout(resolve, delay));
    attempt = attemptOf(await follow(request));
    attempts.push(attempt);
  }
  return { ok: isOk(attempt), attempts };
}

function attemptOf(result: Exchange): DeliveryAttempt {
  const { durationMs } = result;
  return result.kind === 'response'
    ? { status: result.status, failure: null, durationMs }
    : { status: null, failure: result.reason, durationMs };
}

function isOk({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}
