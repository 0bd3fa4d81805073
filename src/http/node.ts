import { createIssue, WebhookParseError } from '../errors.js';
import { collectBytes, sizeOf } from './bytes.js';
import type { HandlerOptions } from './options.js';
import { createReceiver, type DeliveryResponse, type ReadBody } from './receive.js';

export type {
  DeliveryContext,
  HandlerOptions,
  Refusal,
  RefusalReason,
  WebhookSignal,
} from './options.js';

/**
 * What is needed of the request of `node:http` or `node:http2`, or of a framework on them. The types of
 * every `@types/node` from 18 on fit.
 */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The URL as it came, where a framework has cut the path of a mount point off `url`. */
  readonly originalUrl?: string | undefined;
  readonly headers?:
    | {
        readonly 'content-length'?: string | undefined;
        readonly 'content-encoding'?: string | undefined;
      }
    | undefined;
  /** What a body parser made of the stream. */
  readonly body?: unknown;
  /** Whether the stream can still be read: `false` once a parser has read it. */
  readonly readable: boolean;
  /** Whether the sender closed the connection before the body was complete. */
  readonly aborted?: boolean | undefined;
  /** The stream of HTTP/2. */
  readonly stream?: { close(): void } | undefined;
  on(event: 'data', listener: (chunk: unknown) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
  resume?(): unknown;
}

/** What is needed of the response of `node:http` or `node:http2`, or of a framework on them. */
export interface NodeResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  flushHeaders?(): void;
  end(): unknown;
  end(body: string): unknown;
}

/** How long a sender whose body was given up has to read the response. */
const lingerMs = 500;

/**
 * Makes a handler for `node:http`, `node:https`, `node:http2` and what is built on them: Express, Koa,
 * Fastify, NestJS. It reads the stream of the request, or uses `request.body` where a body parser has
 * read the stream before.
 *
 * In this order: 405 unless POST, 401 for a wrong token, 413 for a body over `maxBytes`, 415 for a
 * compressed one, 400 with `{ code, issues }` for one that is not a webhook, then `onWebhook` and 204;
 * 500 when that throws, 408 or 503 when reading or storing takes longer than `timeoutMs`. 408 and
 * 413 close the connection. The content type is ignored. No response holds the token, the URL or a value
 * of the body; `onRefused` and `onError` receive the reason.
 *
 * @param options - See {@link HandlerOptions}.
 * @returns The handler. What it returns rejects only when the request or the response itself throws.
 * @throws `TypeError` that names the option when one is wrong, such as an empty token.
 * @see https://docs.mews.com/connector-api/events/wh-general
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createNodeHandler } from 'mews-webhooks/node';
 *
 * const handler = createNodeHandler({
 *   token: process.env.MEWS_TOKEN ?? '', // throws when it is not set
 *   onWebhook: async (webhook) => console.log(webhook.Events.length), // store it here
 *   onRefused: ({ status, reason }) => console.warn(status, reason),
 * });
 * createServer(handler).listen(3000);
 * ```
 */
export function createNodeHandler(
  options: HandlerOptions,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const receive = createReceiver(options);
  return async (request, response) => {
    const body = parsedBodyOf(request);
    const result = await receive({
      method: request.method,
      url: request.originalUrl ?? request.url,
      contentLength: request.headers?.['content-length'],
      // A parser that read the body has decompressed it.
      contentEncoding: isBlank(body) ? request.headers?.['content-encoding'] : undefined,
      readBody: (maxBytes) => readBody(request, body, maxBytes),
    });
    return send(result, request, response);
  };
}

/** What a parser left, if it can be read: some frameworks parse in a getter, which throws. */
function parsedBodyOf(request: NodeRequest): unknown {
  try {
    return request.body;
  } catch {
    return undefined;
  }
}

function isBlank(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  if (ArrayBuffer.isView(body)) return body.byteLength === 0;
  if (typeof body !== 'object' || body === null) return true;
  try {
    return Object.keys(body).length === 0;
  } catch {
    return true; // it can't be read
  }
}

function readBody(
  request: NodeRequest,
  body: unknown,
  maxBytes: number,
): ReadBody | Promise<ReadBody> {
  // A parser that skips a body leaves nothing, '' or {}, and the stream unread.
  if (isBlank(body) && request.readable) return readStream(request, maxBytes);
  if (body !== undefined && body !== null) {
    return sizeOf(body) > maxBytes ? { refused: 'too_large' } : { body };
  }
  if (request.aborted) return { refused: 'aborted' };
  throw new WebhookParseError(
    'missing_body',
    'The body was read before this handler ran, and request.body does not hold it. Mount the handler before the middleware that reads the body.',
    [createIssue([], 'object', 'undefined')],
  );
}

function readStream(request: NodeRequest, maxBytes: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const collected = collectBytes(maxBytes);
    request.on('data', (chunk) => {
      try {
        if (!collected.add(chunk)) resolve({ refused: 'too_large' });
      } catch (error) {
        reject(error);
      }
    });
    // An aborted stream of HTTP/2 ends, too.
    request.on('end', () => {
      resolve(request.aborted ? { refused: 'aborted' } : { body: collected.bytes() });
    });
    request.on('error', () => resolve({ refused: 'aborted' }));
    request.on('close', () => resolve({ refused: 'aborted' }));
    // Something before the handler may have paused it.
    request.resume?.();
  });
}

function send(
  { status, headers, body, refused }: DeliveryResponse,
  request: NodeRequest,
  response: NodeResponse,
): void | Promise<void> {
  // Nobody is there, or a middleware was quicker, such as one with a time limit of its own.
  if (refused === 'aborted' || response.headersSent) return;
  const allHeaders = status === 204 ? headers : { ...headers, 'content-length': body.length };
  const isUnread = (refused === 'too_large' || refused === 'timeout') && request.readable;
  if (!isUnread) {
    response.writeHead(status, allHeaders);
    if (body === '') response.end();
    else response.end(body);
    return;
  }
  // Closing while bytes are on their way would reset the connection, and the sender could miss the
  // response. So the response goes out whole, nothing more is read, and the end comes a little later.
  request.pause();
  const { stream } = request;
  if (stream) {
    // HTTP/2 closes streams, not connections.
    response.writeHead(status, allHeaders);
    response.end();
  } else {
    response.writeHead(status, { ...allHeaders, connection: 'close' });
    response.flushHeaders?.();
  }
  return new Promise((resolve) => {
    setTimeout(() => {
      if (stream) {
        stream.close();
        // A stream with unread bytes would never be destroyed, and the server could not close.
        request.resume?.();
      } else {
        response.end();
      }
      resolve();
    }, lingerMs);
  });
}
