import { isObject, type JsonObject } from '../json.js';
import type { HttpRequest } from '../request.js';
import { rejectWhenAborted, throwIfAborted } from './abort.js';
import type { FetchFunction, FetchResponse, FetchSignal } from './client.js';
import type { FetchSettings } from './options.js';
import { parseRetryAfter } from './retry-after.js';

/** What came back for one HTTP request. */
export interface Reply extends ResponseHead {
  /** The body; `undefined` when it did not come, or not to its end. */
  readonly text: string | undefined;
  readonly timedOut: boolean;
}

interface ResponseHead {
  /** `null` without a response. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

/** Sends one HTTP request. Throws only when the call was aborted before: the signal's reason. */
export async function send(
  http: HttpRequest,
  { fetch, timeoutMs }: FetchSettings,
  callSignal: FetchSignal,
): Promise<Reply> {
  throwIfAborted(callSignal);
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  callSignal.addEventListener('abort', abort);
  const aborted = rejectWhenAborted(signal);
  let head: ResponseHead = { status: null, requestId: null, retryAfterMs: null };
  try {
    // A race, since not every function of the shape of fetch heeds its signal.
    const response = await Promise.race([respond(fetch, http, signal), aborted]);
    head = headOf(response);
    const text = await Promise.race([response.text(), aborted]);
    return { ...head, text, timedOut: false };
  } catch {
    // What was thrown is the client's, and can quote the request.
    return { ...head, text: undefined, timedOut: signal.aborted };
  } finally {
    clearTimeout(timer);
    callSignal.removeEventListener('abort', abort);
  }
}

async function respond(
  fetch: FetchFunction,
  { url, method, headers, body }: HttpRequest,
  signal: FetchSignal,
): Promise<FetchResponse> {
  try {
    // Not as a method of an object: some runtimes refuse a fetch that has another `this`.
    return expectResponse(await fetch(url, { method, headers, body, redirect: 'manual', signal }));
  } catch (error) {
    // ky throws for a status. The error holds the response and, from version 2 on, what was read of its body.
    const { response, data }: JsonObject = isObject(error) ? error : {};
    return data === undefined ? expectResponse(response) : withBody(expectResponse(response), data);
  }
}

function withBody({ status, headers }: FetchResponse, data: unknown): FetchResponse {
  return { status, headers, text: async () => JSON.stringify(data) };
}

function headOf({ status, headers }: FetchResponse): ResponseHead {
  return {
    status,
    requestId: headers.get('Request-Id'),
    retryAfterMs: parseRetryAfter(headers.get('Retry-After')),
  };
}

function expectResponse(value: unknown): FetchResponse {
  if (isResponse(value)) return value;
  throw new TypeError('options.fetch: expected a response');
}

function isResponse(value: unknown): value is FetchResponse {
  return (
    isObject(value) &&
    typeof value.status === 'number' &&
    typeof value.text === 'function' &&
    isObject(value.headers) &&
    typeof value.headers.get === 'function'
  );
}
