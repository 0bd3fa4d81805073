import { type ParseResult, toParseError, type WebhookIssues, WebhookParseError } from './errors.js';
import type { GeneralWebhook } from './events.js';
import { readBody } from './json.js';
import { type Handing, validateWebhook } from './validate.js';

/** Options of {@link parseWebhook} and {@link safeParseWebhook}. */
export interface ParseOptions {
  /**
   * Takes each malformed event, with paths from the root of the body, and lets the others through.
   * Without it, one malformed event refuses the whole message. What it throws passes through.
   */
  readonly onInvalidEvent?: ((event: unknown, issues: WebhookIssues) => void) | undefined;
}

/**
 * Parses and validates the body of a General webhook.
 *
 * Events that this version does not know end in `UnknownEvents`, so a new one never fails a message.
 * Properties that are not documented are kept. The input is not changed. Parsing what was parsed
 * before, also after `JSON.stringify`, gives the same value.
 *
 * @param body - The request body: a string, bytes (`Uint8Array` such as `Buffer`, `ArrayBuffer`, any
 *   view; UTF-8), or the value that a body parser made of it.
 * @param options - See {@link ParseOptions}.
 * @returns The message, its events typed for a `switch` over `Discriminator`.
 * @throws {@link WebhookParseError} with `code` `missing_body`, `invalid_json`, `invalid_webhook`,
 *   `integration_webhook` or `websocket_message`.
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
  const webhook = read(body, options);
  if (webhook instanceof WebhookParseError) throw webhook;
  return webhook;
}

/**
 * Does what {@link parseWebhook} does, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseWebhook}.
 * @param options - See {@link ParseOptions}. Only what `onInvalidEvent` throws is thrown.
 * @returns `{ success: true, data }` or `{ success: false, error }`.
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
  const webhook = read(body, options);
  return webhook instanceof WebhookParseError
    ? { success: false, error: webhook }
    : { success: true, data: webhook };
}

function read(
  body: unknown,
  options: ParseOptions | undefined,
): GeneralWebhook | WebhookParseError {
  const handing: Handing = { calling: false, onInvalidEvent: options?.onInvalidEvent };
  try {
    return validateWebhook(readBody(body), handing);
  } catch (error) {
    if (handing.calling) throw error;
    return toParseError(error);
  }
}
