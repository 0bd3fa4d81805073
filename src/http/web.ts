import { createIssue, WebhookParseError } from '../errors.js';
import { collectBytes } from './bytes.js';
import type { HandlerOptions } from './options.js';
import { createReceiver, type ReadBody } from './receive.js';

export type {
  DeliveryContext,
  HandlerOptions,
  Refusal,
  RefusalReason,
  WebhookSignal,
} from './options.js';

/** What is needed of a `ReadableStream`. */
export interface WebStream {
  getReader(): WebReader;
  cancel(): Promise<unknown>;
}

/** What is needed of a `ReadableStreamDefaultReader`. */
export interface WebReader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): Promise<unknown>;
}

/** What is needed of a `Request`: that of every runtime fits, and the `HttpRequest` of Azure Functions. */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body?: WebStream | null | undefined;
  readonly bodyUsed?: boolean | undefined;
  /** Aborts when the sender goes away. */
  readonly signal?: WebSignal | undefined;
  readonly arrayBuffer?: (() => Promise<ArrayBuffer>) | undefined;
}

/** What is needed of an `AbortSignal`. */
export interface WebSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** The `Response` of the runtime, as far as its types are there. */
export type WebResponse = typeof globalThis extends { Response: { prototype: infer R } }
  ? R
  : { readonly status: number };

/**
 * Makes a handler for every server that speaks `Request` and `Response`: Hono, Next.js route handlers,
 * Cloudflare Workers, Deno and Bun. The `HttpRequest` of Azure Functions fits, too.
 *
 * In this order: 405 unless POST, 401 for a wrong token, 413 for a body over `maxBytes`, 415 for a
 * compressed one, 400 with `{ code, issues }` for one that is not a webhook, then `onWebhook` and 204;
 * 500 when that throws, 408 or 503 when reading or storing takes longer than `timeoutMs`. What is
 * not read is cancelled. The content type is ignored. No response holds the token, the URL or a value of
 * the body; `onRefused` and `onError` receive the reason.
 *
 * @param options - See {@link HandlerOptions}.
 * @returns The handler. What it returns rejects only when the request or the response itself throws.
 * @throws `TypeError` that names the option when one is wrong, such as an empty token.
 * @see https://docs.mews.com/connector-api/events/wh-general
 * @example
 * ```ts
 * import { createWebHandler } from 'mews-webhooks/web';
 *
 * const handler = createWebHandler({
 *   token: process.env.MEWS_TOKEN ?? '', // throws when it is not set
 *   onWebhook: async (webhook) => console.log(webhook.Events.length), // store it here
 *   onRefused: ({ status, reason }) => console.warn(status, reason),
 * });
 * export default { fetch: handler };
 * ```
 */
export function createWebHandler(
  options: HandlerOptions,
): (request: WebRequest) => Promise<WebResponse> {
  const receive = createReceiver(options);
  return async (request) => {
    let reader: WebReader | undefined;
    const { status, headers, body, refused } = await receive({
      method: request.method,
      url: request.url,
      contentLength: request.headers.get('content-length'),
      contentEncoding: request.headers.get('content-encoding'),
      readBody: async (maxBytes) => {
        if (request.bodyUsed) throw readBefore();
        if (!request.body) return readWhole(request, maxBytes);
        reader = request.body.getReader();
        return readStream(reader, request, maxBytes);
      },
    });
    // So that the server can release what it holds of a body that nobody will read.
    if (refused) void cancel(reader ?? request.body);
    return new Response(body === '' ? null : body, { status, headers });
  };
}

function readBefore(): WebhookParseError {
  return new WebhookParseError(
    'missing_body',
    'The body was read before this handler ran. Pass the request unread, or a clone that was made before the body was read.',
    [createIssue([], 'object', 'undefined')],
  );
}

/** For runtimes whose requests have no stream, and for requests without a body. */
async function readWhole(request: WebRequest, maxBytes: number): Promise<ReadBody> {
  const body = await request.arrayBuffer?.();
  return body && body.byteLength > maxBytes ? { refused: 'too_large' } : { body };
}

async function readStream(
  reader: WebReader,
  request: WebRequest,
  maxBytes: number,
): Promise<ReadBody> {
  const { signal } = request;
  if (signal?.aborted) return { refused: 'aborted' };
  const collected = collectBytes(maxBytes);
  // Not every runtime ends the stream of a sender that went away.
  signal?.addEventListener('abort', () => cancel(reader));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!collected.add(value)) return { refused: 'too_large' };
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return signal?.aborted ? { refused: 'aborted' } : { body: collected.bytes() };
}

async function cancel(body: WebStream | WebReader | null | undefined): Promise<void> {
  try {
    await body?.cancel();
  } catch {
    // A source that is gone already.
  }
}
