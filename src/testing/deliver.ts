import { readAddress, redirectTarget } from './address.js';
import { type Exchange, type ExchangeRequest, exchange, type FailureReason } from './exchange.js';

/** Options of {@link deliver}. */
export interface DeliverOptions {
  /** How long to wait for the answer; 5000, as Mews does, by default. */
  readonly timeoutMs?: number | undefined;
  /** Sends again after a failure, once for each, that many milliseconds later. None by default. */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** Has to be `true` for a host that is not this machine. */
  readonly allowRemote?: boolean | undefined;
}

/** One sending of a message. */
export interface DeliveryAttempt {
  /** The status of the answer; `null` without one. */
  readonly status: number | null;
  /** Why there is no answer: `timeout`, `unreachable`, `tls`, `closed` or `endless`; else `null`. */
  readonly failure: FailureReason | null;
  readonly durationMs: number;
}

/** What came of a message. */
export interface DeliveryResult {
  /** Whether the last attempt was answered with 2xx. */
  readonly ok: boolean;
  readonly attempts: readonly [DeliveryAttempt, ...DeliveryAttempt[]];
}

/**
 * Sends a message as Mews does: POST, no content type, five seconds for the answer, 307 and 308
 * followed; and again after a failure, if told to. Uses `node:http`, so it runs in Node.
 *
 * A redirect to a host that is neither the same nor this machine is not followed.
 *
 * @param url - The address of the receiver with its token.
 * @param body - Text or bytes to send as they are, or a value to send as JSON.
 * @param options - See {@link DeliverOptions}.
 * @returns What came of it. A failure is a value, not an error.
 * @throws `TypeError` when the URL is not HTTP, or of another host and not confirmed.
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

/** Text and bytes as they are, anything else as JSON. */
export function encode(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Sends, and sends on where 307 and 308 lead, within one time-out. */
export async function follow(request: ExchangeRequest): Promise<Exchange> {
  let { url, timeoutMs } = request;
  let result = await exchange(request);
  for (let hops = 0; hops < 5; hops++) {
    const target = isFollowed(result) ? redirectTarget(url, result.location ?? '') : undefined;
    if (target === undefined) break;
    url = target;
    timeoutMs -= result.durationMs;
    const { durationMs } = result;
    const next = await exchange({ ...request, url, timeoutMs: Math.max(1, timeoutMs) });
    result = { ...next, durationMs: durationMs + next.durationMs };
  }
  return result;
}

/** Whether an answer is a redirect of those that Mews follows. */
export function isFollowed(result: Exchange): result is Extract<Exchange, { kind: 'answer' }> {
  return result.kind === 'answer' && (result.status === 307 || result.status === 308);
}

function attemptOf(result: Exchange): DeliveryAttempt {
  const { durationMs } = result;
  return result.kind === 'answer'
    ? { status: result.status, failure: null, durationMs }
    : { status: null, failure: result.reason, durationMs };
}

function isOk({ status }: DeliveryAttempt): boolean {
  return status !== null && status >= 200 && status < 300;
}
