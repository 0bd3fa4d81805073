import type { WebhookParseError } from '../errors.js';
import type { GeneralWebhook } from '../events.js';
import type { IntegrationWebhook, UnknownIntegrationWebhook } from '../integration/index.js';
import { isNonEmptyString } from '../json.js';

/** The `AbortSignal` of the runtime, as far as its types are there. */
export type WebhookSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : { readonly aborted: boolean; readonly reason: unknown };

/** What comes with each webhook. */
export interface DeliveryContext {
  /** Aborts when the sender was answered 503 because `timeoutMs` had passed. */
  readonly signal: WebhookSignal;
}

/**
 * Options of `createWebHandler` and `createNodeHandler`.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#asynchronous-processing
 */
export interface HandlerOptions {
  /**
   * The secret that Mews appends to the URL, or all that are accepted while one replaces another.
   * `null` says out loud that nothing is checked: whoever knows the address is believed.
   */
  readonly token: string | readonly string[] | null;
  /** The name of the query parameter that carries the secret; `Token` by default. */
  readonly tokenParameter?: string | undefined;
  /**
   * Stores a General webhook; do the work later. Mews is answered 204 once it has resolved, and sends
   * the message again when it throws (500) or takes longer than `timeoutMs` (503).
   */
  readonly onWebhook: (webhook: GeneralWebhook, context: DeliveryContext) => unknown;
  /**
   * Does the same with an Integration webhook, one of an unknown action (`'kind' in webhook`) too. It can
   * carry an access token. Without this option an Integration webhook is answered 400.
   */
  readonly onIntegrationWebhook?:
    | ((
        webhook: IntegrationWebhook | UnknownIntegrationWebhook,
        context: DeliveryContext,
      ) => unknown)
    | undefined;
  /** Takes the error of a body that was answered 400. It holds no value of the body: log it. */
  readonly onInvalid?: ((error: WebhookParseError) => unknown) | undefined;
  /**
   * Takes what `onWebhook` or `onIntegrationWebhook` threw, or that it took too long, and whatever else
   * went wrong on the way to the answer. Log it: without this option nobody learns of it.
   */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** The largest body that is read, in bytes; 1 MiB by default. */
  readonly maxBytes?: number | undefined;
  /**
   * How long a delivery may take from the call to the answer, reading included; 4500 by default,
   * since Mews waits five seconds.
   */
  readonly timeoutMs?: number | undefined;
}

/** {@link HandlerOptions} with the defaults in place. */
export interface Settings extends HandlerOptions {
  readonly tokenParameter: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Fills the defaults in. A fault of the configuration is a TypeError here, not with the first delivery. */
export function resolveOptions(options: HandlerOptions): Settings {
  const settings = {
    ...options,
    tokenParameter: options.tokenParameter ?? 'Token',
    maxBytes: options.maxBytes ?? 1_048_576,
    timeoutMs: options.timeoutMs ?? 4500,
  };
  const { token, tokenParameter, maxBytes, timeoutMs } = settings;
  const tokens: readonly unknown[] = Array.isArray(token) ? token : [token];
  // Half a surrogate pair has no bytes to compare.
  const isToken = (value: unknown) => isNonEmptyString(value) && !/\p{Surrogate}/u.test(value);
  expect(
    'token',
    'a non-empty string of well-formed Unicode, a list of them, or null for no check',
    token === null || (tokens.length > 0 && Array.from(tokens).every(isToken)),
  );
  expect('tokenParameter', 'a non-empty string', isNonEmptyString(tokenParameter));
  expect('maxBytes', 'a number above 0', typeof maxBytes === 'number' && maxBytes > 0);
  // A longer timer would fire at once.
  const longest = 2 ** 31 - 1;
  expect(
    'timeoutMs',
    `a number from 1 to ${longest}`,
    typeof timeoutMs === 'number' && timeoutMs >= 1 && timeoutMs <= longest,
  );
  expect('onWebhook', 'a function', typeof settings.onWebhook === 'function');
  for (const name of ['onIntegrationWebhook', 'onInvalid', 'onError'] as const) {
    const callback = settings[name];
    expect(name, 'a function', callback === undefined || typeof callback === 'function');
  }
  return settings;
}

function expect(option: string, expected: string, met: boolean): void {
  if (!met) throw new TypeError(`options.${option}: expected ${expected}`);
}
