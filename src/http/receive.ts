import { parseErrorOf, WebhookParseError } from '../errors.js';
import { safeParseIntegrationWebhook } from '../integration/index.js';
import { safeParseWebhook } from '../parse.js';
import { verifyToken } from '../token.js';
import { collectBytes } from './bytes.js';
import { type DeliveryContext, type HandlerOptions, settingsOf } from './options.js';

/** What the receiver needs to know of a request, whichever server it came to. */
export interface Delivery {
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** The `Content-Length` that the sender declared. */
  readonly declaredLength: string | null | undefined;
  /**
   * Hands the body to `add`, piece by piece, until `add` returns false. Resolves with what a parser
   * made of the body before, if one did.
   */
  readonly read: (add: (piece: unknown) => boolean) => Promise<unknown>;
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

const late = Symbol('late');

/**
 * Makes the one receiver behind every server. Its order: method, token, size, parse, store, answer.
 * It never rejects.
 */
export function createReceiver(options: HandlerOptions): (delivery: Delivery) => Promise<Answer> {
  const settings = settingsOf(options);
  const { token, tokenParameter, maxBytes, timeoutMs } = settings;

  return async ({ method, url = '', declaredLength, read }) => {
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
    if (token !== null && !verifyToken(url, token, { parameter: tokenParameter })) {
      return { status: 401 };
    }
    if (Number(declaredLength) > maxBytes) return { status: 413, unread: true };

    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<typeof late>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, late);
    });
    try {
      const bytes = collectBytes(maxBytes);
      const reading = read(bytes.add).then(
        (parsed) => parsed ?? bytes.close(),
        () => parseErrorOf(undefined),
      );
      const body = await Promise.race([reading, deadline]);
      bytes.close();
      if (bytes.exceeded()) return { status: 413, unread: true };
      if (body === late) return { status: 408, unread: true };

      const parsed = body instanceof WebhookParseError ? body : parse(body, settings);
      if (!(parsed instanceof WebhookParseError)) return await store(parsed, deadline, settings);
      void report(parsed, settings.onInvalid, settings.onError);
      const { code, issues } = parsed;
      return {
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, issues }),
      };
    } finally {
      clearTimeout(timer);
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

async function store(
  save: Store,
  deadline: Promise<typeof late>,
  { timeoutMs, onError }: { readonly timeoutMs: number } & HandlerOptions,
): Promise<Answer> {
  let controller: AbortController | undefined;
  const context: DeliveryContext = {
    // Made when it is asked for: it costs as much as parsing a usual body.
    get signal() {
      controller ??= new AbortController();
      return controller.signal;
    },
  };
  let failure: unknown;
  let status = 503;
  try {
    // A rejection after the deadline is handled too, by the race: it ends here.
    const saving = (async () => save(context))();
    if ((await Promise.race([saving, deadline])) !== late) return { status: 204 };
    failure = new Error(`The webhook was not stored within ${timeoutMs} ms`);
    controller ??= new AbortController();
    controller.abort(failure);
  } catch (error) {
    failure = error;
    status = 500;
  }
  void report(failure, onError);
  return { status };
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
