import {
  failure,
  type ParseResult,
  unreadable,
  unwrap,
  type WebhookParseError,
} from '../errors.js';
import { isObject, readJson } from '../json.js';
import type { ParseOptions } from '../parse.js';
import { validateWebhook } from '../validate.js';
import { validateIntegrationWebhook } from './validate.js';
import type { AnyWebhook, IntegrationWebhook, UnknownIntegrationWebhook } from './webhooks.js';

/**
 * Parses and validates the body of an Integration webhook.
 *
 * An action that this version does not know is no error: it gives a webhook with `kind: 'unknown'`.
 * Properties that are not documented are kept, except for a `kind` of the body. The input is not changed.
 * Parsing a webhook again, also after `JSON.stringify`, gives an equal webhook.
 *
 * `AccessToken` and `ApiKey`, wherever `Data` holds them, are getters: strings to your code and to
 * `JSON.stringify`, while `console.log` and `util.inspect` show `[Getter]`. A logger that writes JSON
 * shows them, and so does a copy made by `structuredClone`, by JSON or by spreading `Data`.
 *
 * @param body - The request body: a string, bytes (`Uint8Array` such as `Buffer`, `ArrayBuffer`, any
 *   view; UTF-8), or the value that a body parser made of it.
 * @returns The webhook. `'kind' in webhook` is true for an unknown action; a `switch` over `Action` narrows
 *   the others.
 * @throws `WebhookParseError` with `code` `missing_body`, `invalid_json`, `invalid_webhook`,
 *   `general_webhook` or `websocket_message`.
 * @see https://docs.mews.com/connector-api/events/wh-integration#request-body
 * @example
 * ```ts
 * import { parseIntegrationWebhook } from 'mews-webhooks/integration';
 *
 * const webhook = parseIntegrationWebhook(
 *   '{"Action":"IntegrationDisabled","Data":{"Integration":{"Id":"i","Name":"Rooms"}}}',
 * );
 * if ('kind' in webhook) console.log(`Unknown action ${webhook.Action}`);
 * else console.log(webhook.Action, webhook.Data.Integration.Id);
 * ```
 */
export function parseIntegrationWebhook(
  body: unknown,
): IntegrationWebhook | UnknownIntegrationWebhook {
  return unwrap(safeParseIntegrationWebhook(body));
}

/**
 * Parses like {@link parseIntegrationWebhook}, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @returns `{ success: true, data }` or `{ success: false, error }`.
 * @see https://docs.mews.com/connector-api/events/wh-integration#request-body
 * @example
 * ```ts
 * import { safeParseIntegrationWebhook } from 'mews-webhooks/integration';
 *
 * const result = safeParseIntegrationWebhook('{"Events":[]}');
 * if (!result.success) console.log(result.error.code); // general_webhook
 * ```
 */
export function safeParseIntegrationWebhook(
  body: unknown,
): ParseResult<IntegrationWebhook | UnknownIntegrationWebhook> {
  const json = readJson(body);
  return json.success ? validateIntegrationWebhook(json.data, 'unknown') : json;
}

/**
 * Parses the body of a request to an endpoint that receives both General and Integration webhooks.
 * What has `Events` is read as a General webhook, what has `Action` or `Data` as an Integration webhook.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @param options - For a General webhook, as for `parseWebhook`.
 * @returns The webhook and its kind; the action and data of an Integration webhook whose action this
 *   version does not know.
 * @throws `WebhookParseError` with `code` `missing_body`, `invalid_json`, `invalid_webhook` or
 *   `websocket_message`; the message of an invalid one says as what it was read.
 * @see https://docs.mews.com/connector-api/events/wh-integration
 * @example
 * ```ts
 * import { parseAnyWebhook } from 'mews-webhooks/integration';
 *
 * const any = parseAnyWebhook('{"EnterpriseId":"e","IntegrationId":"i","Events":[]}');
 * switch (any.kind) {
 *   case 'general':
 *     console.log(any.webhook.Events.length);
 *     break;
 *   case 'integration':
 *     console.log(any.webhook.Action, any.webhook.Data.Integration.Id);
 *     break;
 *   default:
 *     console.log(`Unknown action ${any.Action}`);
 * }
 * ```
 */
export function parseAnyWebhook(body: unknown, options?: ParseOptions): AnyWebhook {
  return unwrap(safeParseAnyWebhook(body, options));
}

/**
 * Parses like {@link parseAnyWebhook}, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @param options - For a General webhook, as for `parseWebhook`.
 * @returns `{ success: true, data }` or `{ success: false, error }`.
 * @throws What `onInvalidEvent` throws.
 * @see https://docs.mews.com/connector-api/events/wh-integration
 * @example
 * ```ts
 * import { safeParseAnyWebhook } from 'mews-webhooks/integration';
 *
 * const result = safeParseAnyWebhook('{"Action":"IntegrationEnabled","Data":null}');
 * if (!result.success) console.log(result.error.message);
 * // Read as an Integration webhook: Data: expected object, received null
 * ```
 */
export function safeParseAnyWebhook(
  body: unknown,
  options?: ParseOptions,
): ParseResult<AnyWebhook> {
  const json = readJson(body);
  if (!json.success) return json;
  let kind: ReturnType<typeof kindOf>;
  try {
    kind = kindOf(json.data);
  } catch {
    return unreadable();
  }
  if (kind === 'integration') {
    const result = validateIntegrationWebhook(json.data, 'unknown-integration');
    if (!result.success) return readAs('Read as an Integration webhook', result.error);
    const webhook = result.data;
    const data: AnyWebhook = 'kind' in webhook ? webhook : { kind: 'integration', webhook };
    return { success: true, data };
  }
  const result = validateWebhook(json.data, options?.onInvalidEvent);
  if (result.success) return { success: true, data: { kind: 'general', webhook: result.data } };
  return readAs(
    kind === 'general'
      ? 'Read as a General webhook'
      : 'Neither Events of a General webhook nor Action of an Integration webhook',
    result.error,
  );
}

function kindOf(body: unknown): 'general' | 'integration' | 'neither' {
  if (!isObject(body)) return 'neither';
  const { Action, Data, Events } = body;
  if (Events !== undefined) return 'general';
  return Action !== undefined || Data !== undefined ? 'integration' : 'neither';
}

/** The failure with a message that says as what the body was read. */
function readAs(recognised: string, error: WebhookParseError): ParseResult<never> {
  const { code, message, issues } = error;
  if (code !== 'invalid_webhook') return { success: false, error };
  return failure(code, `${recognised}: ${message}`, issues);
}
