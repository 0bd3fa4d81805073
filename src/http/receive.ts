import { unreadable, WebhookParseError } from '../errors.js';
import { safeParseIntegrationWebhook } from '../integration/index.js';
import { safeParseWebhook } from '../parse.js';
import { createTokenVerifier } from '../token.js';
import { Deadline, timedOut } from './deadline.js';
import {
  type DeliveryContext,
  type HandlerOptions,
  type RefusalReason,
  resolveOptions,
} from './options.js';
import { createReporter } from './report.js';

/** What the receiver needs to know of a request, whichever server it came to. */
export interface DeliveryRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** The `Content-Length` that the sender declared. */
  readonly contentLength: string | null | undefined;
  /** The `Content-Encoding` of the body that `readBody` will read. */
  readonly contentEncoding: string | null | undefined;
  /** Reads at most `maxBytes`. Rejects when the body can't be read, with a {@link WebhookParseError} that says why. */
  readonly readBody: (maxBytes: number) => ReadBody | Promise<ReadBody>;
}

/** The body as text, bytes or what a parser made of it before; or why there is none. */
export type ReadBody =
  | { readonly body: unknown }
  | { readonly refused: Extract<RefusalReason, 'too_large' | 'aborted'> };

/** What to send to whoever asked. */
export interface DeliveryResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Why the request was not accepted. */
  readonly refused?: RefusalReason;
}

const statuses = {
  method: 405,
  token: 401,
  too_large: 413,
  timeout: 408,
  encoding: 415,
  aborted: 400,
  invalid: 400,
} as const;

const headersOf: { readonly [R in RefusalReason]?: Readonly<Record<string, string>> } = {
  method: { allow: 'POST' },
  encoding: { 'accept-encoding': 'identity' },
  invalid: { 'content-type': 'application/json' },
};

/**
 * Makes the one receiver behind every server. Its order: method, token, size, encoding, read, parse,
 * store. It never rejects.
 */
export function createReceiver(
  options: HandlerOptions,
): (request: DeliveryRequest) => Promise<DeliveryResponse> {
  const settings = resolveOptions(options);
  const { token, tokenParameter, maxBytes, timeoutMs } = settings;
  const hasToken = token === null ? () => true : createTokenVerifier(token, tokenParameter);
  const report = createReporter(settings);

  function refuse(reason: RefusalReason, error: WebhookParseError | null = null): DeliveryResponse {
    const status = statuses[reason];
    report.refused({ status, reason, error });
    const body = error ? JSON.stringify({ code: error.code, issues: error.issues }) : '';
    return { status, headers: headersOf[reason] ?? {}, body, refused: reason };
  }

  function fail(status: 500 | 503, error: unknown): DeliveryResponse {
    report.failed(error);
    return { status, headers: {}, body: '' };
  }

  /** What is to be done with a body, or why nothing can be. */
  function parse(body: unknown): Store | WebhookParseError {
    const { onWebhook, onIntegrationWebhook } = settings;
    const general = safeParseWebhook(body, { onInvalidEvent: report.invalidEvent });
    if (general.success) return (context) => onWebhook(general.data, context);
    if (general.error.code !== 'integration_webhook') return general.error;
    if (!onIntegrationWebhook) return withoutReceiver(general.error);
    const integration = safeParseIntegrationWebhook(body);
    if (!integration.success) return integration.error;
    return (context) => onIntegrationWebhook(integration.data, context);
  }

  return async ({ method, url = '', contentLength, contentEncoding, readBody }) => {
    if (method !== 'POST') return refuse('method');
    if (!hasToken(url)) return refuse('token');
    if (Number(contentLength) > maxBytes) return refuse('too_large');
    if (!isIdentity(contentEncoding)) return refuse('encoding');

    const deadline = new Deadline(timeoutMs);
    try {
      let read: ReadBody | typeof timedOut;
      try {
        read = await deadline.wait(readBody(maxBytes));
      } catch (error) {
        return refuse('invalid', error instanceof WebhookParseError ? error : unreadable().error);
      }
      if (read === timedOut) return refuse('timeout');
      if ('refused' in read) return refuse(read.refused);

      const store = parse(read.body);
      if (store instanceof WebhookParseError) return refuse('invalid', store);

      const controller = new AbortController();
      const stored = await deadline.wait(store(contextOf(controller)));
      if (stored !== timedOut) return { status: 204, headers: {}, body: '' };
      const error = new Error(`The webhook was not stored within ${timeoutMs} ms`);
      controller.abort(error);
      return fail(503, error);
    } catch (error) {
      return fail(500, error);
    } finally {
      deadline.clear();
    }
  };
}

type Store = (context: DeliveryContext) => unknown;

/** The same error with the remedy for a handler. */
function withoutReceiver({ code, issues }: WebhookParseError): WebhookParseError {
  const message =
    'This is an Integration webhook, and the handler has no onIntegrationWebhook. Add that option, or ask Mews to send Integration webhooks to another URL.';
  return new WebhookParseError(code, message, issues);
}

function isIdentity(contentEncoding: string | null | undefined): boolean {
  return !contentEncoding || contentEncoding.trim().toLowerCase() === 'identity';
}

/** The signal is made by reading it, which takes as long as a tenth of a delivery: only for whoever does. */
function contextOf(controller: AbortController): DeliveryContext {
  return {
    get signal() {
      return controller.signal;
    },
  };
}
