import { isObject } from '../json.js';
import type { HttpRequest } from '../request.js';
import { throwIfAborted } from './abort.js';
import type { FetchFunction, FetchResponse, FetchSignal } from './client.js';
import type { FetchSettings } from './options.js';

/** What came back for one HTTP request. */
export interface Reply {
  readonly response: FetchResponse | undefined;
  /** The body; `undefined` when it did not come, or not to its end. */
  readonly text: string | undefined;
  readonly timedOut: boolean;
}

/** Sends one HTTP request. Throws nothing but the reason of a call that was aborted. */
export async function send(
  http: HttpRequest,
  { fetch, timeoutMs }: FetchSettings,
  call: FetchSignal,
): Promise<Reply> {
  throwIfAborted(call);
  const exchange = new AbortController();
  const interruption = interruptAfter(timeoutMs, call);
  let response: FetchResponse | undefined;
  try {
    response = await Promise.race([respond(fetch, http, exchange.signal), interruption.promise]);
    const text = await Promise.race([response.text(), interruption.promise]);
    return { response, text, timedOut: false };
  } catch (error) {
    throwIfAborted(call);
    return { response, text: undefined, timedOut: error === timedOut };
  } finally {
    interruption.clear();
    // Ends what still runs; a body that was not read to its end is cancelled.
    exchange.abort();
  }
}

const timedOut = Symbol('timedOut');

/** A promise that rejects when the time is up or the call is aborted, until it is cleared. */
function interruptAfter(timeoutMs: number, call: FetchSignal) {
  let clear = () => {};
  const promise = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(timedOut), timeoutMs);
    const onAbort = () => reject(call.reason);
    call.addEventListener('abort', onAbort);
    clear = () => {
      clearTimeout(timer);
      call.removeEventListener('abort', onAbort);
    };
  });
  return { promise, clear };
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
    // ky throws for a status, and keeps the response in the error.
    return expectResponse(isObject(error) ? error.response : undefined);
  }
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
