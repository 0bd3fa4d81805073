import type { HandlerOptions } from './options.js';
import { createReceiver } from './receive.js';

export type { DeliveryContext, HandlerOptions, WebhookSignal } from './options.js';

/** The `Request` of the runtime, as far as its types are there; else what is needed of one. */
export type WebRequest = typeof globalThis extends { Request: { prototype: infer R } }
  ? R
  : {
      readonly method: string;
      readonly url: string;
      readonly headers: { get(name: string): string | null };
      readonly body: unknown;
      readonly bodyUsed: boolean;
    };

/** The `Response` of the runtime, as far as its types are there. */
export type WebResponse = typeof globalThis extends { Response: { prototype: infer R } }
  ? R
  : { readonly status: number };

/**
 * Makes a handler for every server that speaks `Request` and `Response`: Hono, Next.js route handlers,
 * Cloudflare Workers, Deno, Bun, and AWS Lambda by way of a `Request`.
 *
 * In this order: 405 unless POST, 401 for a wrong token, 413 for a body over `maxBytes`, 400 with
 * `{ code, issues }` for one that is not a webhook, then `onWebhook` and 204; 500 when that throws, 408
 * or 503 when reading or storing takes longer than `timeoutMs`. The content type is ignored. No answer
 * holds the token, the URL or a value of the body.
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
 *   token: 'from your configuration',
 *   onWebhook: async (webhook) => console.log(webhook.Events.length), // store it here
 * });
 * export default { fetch: handler };
 * ```
 */
export function createWebHandler(
  options: HandlerOptions,
): (request: WebRequest) => Promise<WebResponse> {
  const receive = createReceiver(options);
  return (request) => {
    let reader: { cancel(): Promise<void> } | undefined;
    async function readBody(add: (piece: unknown) => boolean): Promise<void> {
      // Somebody read it before: there is no body left, and the error will say so.
      if (request.bodyUsed || !request.body) return;
      const stream = request.body.getReader();
      reader = stream;
      for (;;) {
        const { done, value } = await stream.read();
        if (done || !add(value)) return;
      }
    }
    return receive(
      {
        method: request.method,
        url: request.url,
        declaredLength: request.headers.get('content-length'),
        read: (add, end, fail) => void readBody(add).then(end, fail),
      },
      ({ status, headers, body, unread }) => {
        if (unread) void reader?.cancel().catch(() => undefined);
        return new Response(body ?? null, { status, headers: headers ?? {} });
      },
    );
  };
}
