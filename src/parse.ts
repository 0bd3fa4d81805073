import { type ParseResult, unwrap, type WebhookIssues } from './errors.js';
import type { GeneralWebhook } from './events.js';
import { readJson } from './json.js';
import { validateWebhook } from './validate.js';

/** Options of {@link parseWebhook} and {@link safeParseWebhook}. */
export interface ParseOptions {
  /**
   * Receives each malformed event, which is then left out, and its issues with paths from the root of
   * the body. Without this callback one malformed event makes the whole message invalid. What the
   * callback throws is passed on.
   */
  readonly onInvalidEvent?: ((event: unknown, issues: WebhookIssues) => void) | undefined;
}

/**
 * Parses and validates the body of a General webhook.
 *
 * Events that this version does not know are put into `UnknownEvents`, so a new kind of event never
 * makes a message invalid. Properties that are not documented are kept. The input is not changed; when
 * all its events are known, `Events` is the same array as in the body. Parsing a webhook again, also
 * after `JSON.stringify`, gives an equal webhook.
 *
 * @param body - The request body: a string, bytes (`Uint8Array` such as `Buffer`, `ArrayBuffer`, any
 *   view; UTF-8), or the value that a body parser made of it.
 * @param options - See {@link ParseOptions}.
 * @returns The message, its events typed for a `switch` over `Discriminator`.
 * @throws {@link WebhookParseError} with `code` `missing_body`, `invalid_json`, `invalid_webhook`,
 *   `integration_webhook` or `websocket_message`. A `TypeError` when the body is bytes and the runtime
 *   has no `TextDecoder`.
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { parseWebhook } from 'mews-webhooks';
 *
 * const webhook = parseWebhook('{"EnterpriseId":"e","IntegrationId":"i","Events":[]}');
 * for (const event of webhook.Events) console.log(event.Discriminator, event.Value.Id);
 * ```
 */
export function parseWebhook(body: unknown, options?: ParseOptions): GeneralWebhook {
  return unwrap(safeParseWebhook(body, options));
}

/**
 * Parses like {@link parseWebhook}, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseWebhook}.
 * @param options - See {@link ParseOptions}.
 * @returns `{ success: true, data }` or `{ success: false, error }`.
 * @throws What `onInvalidEvent` throws, and the `TypeError` for a missing `TextDecoder`.
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { safeParseWebhook } from 'mews-webhooks';
 *
 * const result = safeParseWebhook('{}');
 * if (!result.success) console.log(result.error.code); // missing_body
 * ```
 */
export function safeParseWebhook(
  body: unknown,
  options?: ParseOptions,
): ParseResult<GeneralWebhook> {
  const json = readJson(body);
  return json.success ? validateWebhook(json.data, options?.onInvalidEvent) : json;
}
