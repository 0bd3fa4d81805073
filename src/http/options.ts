import { expect, type WebhookParseError } from '../errors.js';
import type { GeneralWebhook } from '../events.js';
import type { IntegrationWebhook, UnknownIntegrationWebhook } from '../integration/index.js';
import { isNonEmptyString, isObject } from '../json.js';
import type { ParseOptions } from '../parse.js';
import { readSecrets } from '../token.js';

/** The `AbortSignal` of the runtime, as far as its types are there. */
export type WebhookSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : { readonly aborted: boolean; readonly reason: unknown };

/** What comes with each webhook. */
export interface DeliveryContext {
  /** Aborts when `timeoutMs` has passed and the sender gets 503: the message will come again. */
  readonly signal: WebhookSignal;
}

/**
 * Why a request was not accepted, and the status of its response:
 *
 * - `method`: it is not a POST (405).
 * - `token`: the URL does not carry the token (401). One from Mews' addresses means that the token in
 *   Mews and the one in your configuration differ.
 * - `too_large`: the body is larger than `maxBytes` (413).
 * - `timeout`: the body was not complete within `timeoutMs` (408).
 * - `encoding`: the body is compressed (415).
 * - `aborted`: the sender closed the connection before the body was complete (400, which nobody receives).
 * - `invalid`: the body can't be read, or is no webhook that this handler accepts (400).
 */
export type RefusalReason =
  | 'method'
  | 'token'
  | 'too_large'
  | 'timeout'
  | 'encoding'
  | 'aborted'
  | 'invalid';

/** A request that was not accepted. It holds no token, no URL and no value of the body: log it. */
export interface Refusal {
  /** The HTTP status of the response. */
  readonly status: number;
  readonly reason: RefusalReason;
  /** What is wrong with the body where `reason` is `invalid`; else `null`. */
  readonly error: WebhookParseError | null;
}

/**
 * Options of `createWebHandler`, `createNodeHandler` and `createLambdaHandler`.
 *
 * Responses never wait for `onRefused`, `onInvalidEvent` or `onError`, and what these throw changes none.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#asynchronous-processing
 */
export interface HandlerOptions {
  /**
   * The secret that Mews appends to the URL, or all that are accepted while one replaces another.
   * `null` states that nothing is checked: whoever knows the address is believed.
   */
  readonly token: string | readonly string[] | null;
  /** The name of the query parameter that carries the secret; `Token` by default. */
  readonly tokenParameter?: string | undefined;
  /**
   * Stores a General webhook; process it later. The response is 204 once this has resolved. When it
   * throws (500) or takes longer than `timeoutMs` (503), Mews sends the message again.
   */
  readonly onWebhook: (webhook: GeneralWebhook, context: DeliveryContext) => unknown;
  /**
   * Stores an Integration webhook, one of an unknown action (`'kind' in webhook`) too. It can carry an
   * access token. Without this option an Integration webhook is refused (400).
   */
  readonly onIntegrationWebhook?:
    | ((
        webhook: IntegrationWebhook | UnknownIntegrationWebhook,
        context: DeliveryContext,
      ) => unknown)
    | undefined;
  /**
   * Receives each malformed event of a General webhook, whose other events go to `onWebhook`. Without
   * this option one malformed event refuses the whole message (400).
   */
  readonly onInvalidEvent?: ParseOptions['onInvalidEvent'];
  /**
   * Receives every request that was not accepted, once. Mews repeats such a message a few times and
   * then discards it: log these, and raise an alarm when they repeat.
   */
  readonly onRefused?: ((refusal: Refusal) => unknown) | undefined;
  /**
   * Receives what went wrong on this side: what a callback threw, or that storing took longer than
   * `timeoutMs`. What a callback throws after that is dropped: log it there. By default `console.error`
   * writes its stack.
   */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** The largest body that is read, in bytes; 1 MiB by default. */
  readonly maxBytes?: number | undefined;
  /**
   * How long a delivery may take from the call to the response, in milliseconds, reading included; 4500
   * by default, since Mews waits five seconds.
   */
  readonly timeoutMs?: number | undefined;
}

/** {@link HandlerOptions} with the defaults in place. */
export interface ResolvedOptions extends HandlerOptions {
  readonly tokenParameter: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const callbacks = ['onIntegrationWebhook', 'onInvalidEvent', 'onRefused', 'onError'] as const;

/** Fills the defaults in. A wrong option is a TypeError here, not with the first delivery. */
export function resolveOptions(options: HandlerOptions): ResolvedOptions {
  expect(isObject(options), 'options', 'an object with token and onWebhook');
  const settings = {
    ...options,
    tokenParameter: options.tokenParameter ?? 'Token',
    maxBytes: options.maxBytes ?? 1_048_576,
    timeoutMs: options.timeoutMs ?? 4500,
  };
  const { token, tokenParameter, maxBytes, timeoutMs } = settings;
  expect(token !== undefined, 'options.token', 'a secret, a list of secrets, or null for no check');
  if (token !== null) readSecrets(token, 'options.token');
  expect(isNonEmptyString(tokenParameter), 'options.tokenParameter', 'a non-empty string');
  expect(typeof maxBytes === 'number' && maxBytes > 0, 'options.maxBytes', 'a number above 0');
  // A longer timer would fire at once.
  const longest = 2 ** 31 - 1;
  expect(
    typeof timeoutMs === 'number' && timeoutMs >= 1 && timeoutMs <= longest,
    'options.timeoutMs',
    `a number from 1 to ${longest}`,
  );
  expect(typeof settings.onWebhook === 'function', 'options.onWebhook', 'a function');
  for (const name of callbacks) {
    const isCallback = settings[name] === undefined || typeof settings[name] === 'function';
    expect(isCallback, `options.${name}`, 'a function');
  }
  return settings;
}
