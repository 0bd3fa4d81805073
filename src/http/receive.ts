import { toParseError, WebhookParseError } from '../errors.js';
import { safeParseIntegrationWebhook } from '../integration/index.js';
import { safeParseWebhook } from '../parse.js';
import { createTokenVerifier } from '../token.js';
import { collectBytes } from './bytes.js';
import { Deadline, timedOut } from './deadline.js';
import { type DeliveryContext, type HandlerOptions, resolveOptions } from './options.js';

/** What the receiver needs to know of a request, whichever server it came to. */
export interface Delivery {
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** The `Content-Length` that the sender declared. */
  readonly declaredLength: string | null | undefined;
  /**
   * Hands the body to `add`, piece by piece, until `add` returns false, and then calls `end`: with what
   * a parser made of the body before, if one did.
   */
  readonly read: (
    add: (piece: unknown) => boolean,
    end: (parsed?: unknown) => void,
    fail: () => void,
  ) => void;
}

/** What to answer. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The body was given up before its end. */
  readonly unread?: true;
}

type Store = (context: DeliveryContext) => unknown;

/** Takes a delivery, and resolves with what `respond` makes of the answer. */
type Receiver = <R>(delivery: Delivery, respond: (answer: Answer) => R | Promise<R>) => Promise<R>;

/**
 * Makes the one receiver behind every server. Its order: method, token, size, parse, store, answer.
 * It rejects only with what the objects of the server throw.
 */
export function createReceiver(options: HandlerOptions): Receiver {
  const settings = resolveOptions(options);
  const { token, tokenParameter, maxBytes, timeoutMs } = settings;
  const accepts = token === null ? () => true : createTokenVerifier(token, tokenParameter);

  // In one function and with a callback, since each promise on the way shows in the rate.
  return async ({ method, url = '', declaredLength, read }, respond) => {
    if (method !== 'POST') return respond({ status: 405, headers: { allow: 'POST' } });
    if (!accepts(url)) return respond({ status: 401 });
    if (Number(declaredLength) > maxBytes) return respond({ status: 413, unread: true });

    const deadline = new Deadline(timeoutMs);
    try {
      const bytes = collectBytes(maxBytes);
      let body: unknown;
      try {
        body = await deadline.wait((end, fail) => read(bytes.add, end, fail));
      } catch (error) {
        body = toParseError(error);
      }
      const received = bytes.close();
      if (bytes.exceeded()) return respond({ status: 413, unread: true });
      if (body === timedOut) return respond({ status: 408, unread: true });

      const save = body instanceof WebhookParseError ? body : parse(body ?? received, settings);
      if (save instanceof WebhookParseError) return respond(refuse(save, settings));
      const context = new Context();
      let status = 204;
      let failure: unknown;
      try {
        const saving = save(context);
        // Where there is nothing to wait for, no wait.
        if (
          saving !== undefined &&
          (await deadline.wait((end, fail) => Promise.resolve(saving).then(end, fail))) === timedOut
        ) {
          status = 503;
          failure = new Error(`The webhook was not stored within ${timeoutMs} ms`);
          context.abort(failure);
        }
      } catch (error) {
        status = 500;
        failure = error;
      }
      if (status !== 204) void report(failure, settings.onError);
      return respond({ status });
    } finally {
      deadline.clear();
    }
  };
}

/** What is to be done with a body, or why nothing can be. */
function parse(
  body: unknown,
  { onWebhook, onIntegrationWebhook }: HandlerOptions,
): Store | WebhookParseError {
  const general = safeParseWebhook(body);
  if (general.success) return (context) => onWebhook(general.data, context);
  if (general.error.code !== 'integration_webhook' || onIntegrationWebhook === undefined) {
    return general.error;
  }
  const integration = safeParseIntegrationWebhook(body);
  return integration.success
    ? (context) => onIntegrationWebhook(integration.data, context)
    : integration.error;
}

function refuse(error: WebhookParseError, { onInvalid, onError }: HandlerOptions): Answer {
  void report(error, onInvalid, onError);
  const { code, issues } = error;
  return {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, issues }),
  };
}

// A class, since an object with a getter of its own takes longer to make than a body to parse.
class Context implements DeliveryContext {
  // Made when it is asked for: it costs as much as parsing a usual body.
  #controller: AbortController | undefined;

  get signal(): DeliveryContext['signal'] {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }
}

/** Tells a callback, whose own fault goes to the next one and never to the sender. */
async function report<E>(
  error: E,
  callback: ((error: E) => unknown) | undefined,
  onFault?: (error: unknown) => unknown,
): Promise<void> {
  try {
    await callback?.(error);
  } catch (fault) {
    await report(fault, onFault);
  }
}
