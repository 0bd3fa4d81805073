import type { HandlerOptions } from './options.js';
import { type Answer, createReceiver } from './receive.js';

export type { DeliveryContext, HandlerOptions, WebhookSignal } from './options.js';

/** What is needed of the `IncomingMessage` of `node:http`, or of the request of a framework on it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers?: { readonly 'content-length'?: string | undefined };
  /** Whether the stream can be read still: `false` once a parser has read it. */
  readonly readable: boolean;
  /** What a body parser made of the stream. */
  readonly body?: unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  pause(): unknown;
}

/** What is needed of the `ServerResponse` of `node:http`, or of the response of a framework on it. */
export interface NodeResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  flushHeaders(): void;
  end(body?: string): unknown;
}

/** How long a sender whose body was given up can take to read the answer. */
const lingerMs = 500;

/**
 * Makes a handler for `node:http` and what is built on it: Express, Koa, Fastify, NestJS. It reads the
 * stream, or takes the body that a parser made of it before.
 *
 * In this order: 405 unless POST, 401 for a wrong token, 413 for a body over `maxBytes`, 400 with
 * `{ code, issues }` for one that is not a webhook, then `onWebhook` and 204; 500 when that throws, 408
 * or 503 when reading or storing takes longer than `timeoutMs`. 408 and 413 close the connection. The
 * content type is ignored. No answer holds the token, the URL or a value of the body.
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
 *   token: 'from your configuration',
 *   onWebhook: async (webhook) => console.log(webhook.Events.length), // store it here
 * });
 * createServer(handler).listen(3000);
 * ```
 */
export function createNodeHandler(
  options: HandlerOptions,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const receive = createReceiver(options);
  return (request, response) =>
    receive(
      {
        method: request.method,
        url: request.url,
        declaredLength: request.headers?.['content-length'],
        read: (add, end, fail) => readBody(request, add, end, fail),
      },
      (answer) => respond(request, response, answer),
    );
}

function respond(
  request: NodeRequest,
  response: NodeResponse,
  { status, headers, body, unread }: Answer,
): void | Promise<void> {
  // Something on the way was quicker, such as a middleware with a time limit of its own.
  if (response.headersSent) return;
  const length = status === 204 ? undefined : { 'content-length': body?.length ?? 0 };
  if (!unread || !request.readable) {
    response.writeHead(status, { ...headers, ...length });
    response.end(body);
    return;
  }
  // Closing while bytes are on their way would reset the connection, and the sender could miss the
  // answer. So the answer goes out whole, nothing more is read, and the end comes a little later.
  request.pause();
  response.writeHead(status, { ...headers, ...length, connection: 'close' });
  response.flushHeaders();
  return new Promise((resolve) => {
    setTimeout(() => {
      response.end();
      resolve();
    }, lingerMs);
  });
}

function readBody(
  request: NodeRequest,
  add: (piece: unknown) => boolean,
  end: (parsed?: unknown) => void,
  fail: () => void,
): void {
  const { body } = request;
  // A parser that skips a body leaves `{}` or nothing, and the stream unread.
  if (!request.readable || !isBlank(body)) {
    const isRaw = typeof body === 'string' || ArrayBuffer.isView(body);
    if (isRaw) add(body);
    end(isRaw ? undefined : body);
    return;
  }
  request.on('data', (piece: unknown) => {
    if (!add(piece)) end();
  });
  let ended = false;
  request.on('end', () => {
    ended = true;
    end();
  });
  request.on('error', fail);
  // It follows every end, too, and a promise that is settled twice costs a call into the runtime.
  request.on('close', () => {
    if (!ended) fail();
  });
}

function isBlank(body: unknown): boolean {
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return false;
  return typeof body !== 'object' || body === null || Object.keys(body).length === 0;
}
