import { redirectTarget } from './address.js';
import { type Exchange, type ExchangeRequest, exchange } from './exchange.js';

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

/** Whether a response is a redirect of those that Mews follows. */
export function isFollowed(result: Exchange): result is Extract<Exchange, { kind: 'response' }> {
  return result.kind === 'response' && (result.status === 307 || result.status === 308);
}
