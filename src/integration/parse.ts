import { createIssue, type ParseResult, toParseError, WebhookParseError } from '../errors.js';
import { isObject, readBody } from '../json.js';
import { diagnose, refuse, validateWebhook } from '../validate.js';
import { validateIntegrationWebhook } from './validate.js';
import type { AnyWebhook, IntegrationWebhook, UnknownIntegrationWebhook } from './webhooks.js';

/**
 * Parses and validates the body of an Integration webhook.
 *
 * An action that this version does not know is a value too, with `kind: 'unknown'`, so that a new one
 * never fails. Properties that are not documented are kept, but for a `kind` of the body. The input is
 * not changed. Parsing what was parsed before, also after `JSON.stringify`, gives the same value.
 *
 * `AccessToken`, `ApiKey` and all that is not documented are getters: strings to your code and to
 * `JSON.stringify`, while `console.log` and `util.inspect` show `[Getter]`. What logs JSON shows them, and
 * so does a copy made by `structuredClone`, by JSON or by spreading `Data`.
 *
 * @param body - The request body: a string, bytes (`Uint8Array` such as `Buffer`, `ArrayBuffer`, any
 *   view; UTF-8), or the value that a body parser made of it.
 * @returns The webhook. `'kind' in webhook` tells the unknown ones; a `switch` over `Action` the others.
 * @throws {@link WebhookParseError} with `code` `missing_body`, `invalid_json`, `invalid_webhook`,
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
  return dataOf(safeParseIntegrationWebhook(body));
}

/**
 * Does what {@link parseIntegrationWebhook} does, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @returns `{ success: true, data }` or `{ success: false, error }`. Never throws.
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
  return resultOf(body, (json) => check(json, 'unknown'));
}

/**
 * Parses the body of a request to an endpoint that receives both General and Integration webhooks.
 * What has `Events` is read as a General webhook, what has `Action` or `Data` as an Integration webhook.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @returns The webhook and its kind; the action and data of an Integration webhook whose action this
 *   version does not know.
 * @throws {@link WebhookParseError} with `code` `missing_body`, `invalid_json`, `invalid_webhook` or
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
export function parseAnyWebhook(body: unknown): AnyWebhook {
  return dataOf(safeParseAnyWebhook(body));
}

/**
 * Does what {@link parseAnyWebhook} does, and returns the error instead of throwing it.
 *
 * @param body - The request body, as for {@link parseIntegrationWebhook}.
 * @returns `{ success: true, data }` or `{ success: false, error }`. Never throws.
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
export function safeParseAnyWebhook(body: unknown): ParseResult<AnyWebhook> {
  return resultOf(body, checkAny);
}

function dataOf<T>(result: ParseResult<T>): T {
  if (result.success) return result.data;
  throw result.error;
}

function resultOf<T>(
  body: unknown,
  validate: (json: unknown) => T | WebhookParseError,
): ParseResult<T> {
  let data: T | WebhookParseError;
  try {
    data = validate(readBody(body));
  } catch (error) {
    data = toParseError(error);
  }
  return data instanceof WebhookParseError
    ? { success: false, error: data }
    : { success: true, data };
}

function check<K extends string>(
  body: unknown,
  unknownKind: K,
): IntegrationWebhook | UnknownIntegrationWebhook<K> | WebhookParseError {
  const webhook = validateIntegrationWebhook(body, unknownKind);
  if (!Array.isArray(webhook)) return webhook;
  const [first = createIssue([], 'object', body), ...others] = webhook;
  return refuse(body, [first, ...others], webhook.length, recognise);
}

/** Recognises the bodies that are commonly mistaken for an Integration webhook. */
function recognise(body: unknown): ReturnType<typeof diagnose> {
  const diagnosis = diagnose(body);
  if (diagnosis && diagnosis[0] !== 'integration_webhook') return diagnosis;
  return isObject(body) && Array.isArray(body.Events) && body.Action === undefined
    ? [
        'general_webhook',
        'This is a General webhook: use parseWebhook, or parseAnyWebhook for both',
      ]
    : undefined;
}

function checkAny(body: unknown): AnyWebhook | WebhookParseError {
  const { Action, Data, Events } = isObject(body) ? body : {};
  if (Events === undefined && (Action !== undefined || Data !== undefined)) {
    const webhook = check(body, 'unknown-integration');
    if (webhook instanceof WebhookParseError)
      return readAs('Read as an Integration webhook', webhook);
    return 'kind' in webhook ? webhook : { kind: 'integration', webhook };
  }
  const webhook = validateWebhook(body);
  if (!(webhook instanceof WebhookParseError)) return { kind: 'general', webhook };
  return readAs(
    Events === undefined
      ? 'Neither Events of a General webhook nor Action of an Integration webhook'
      : 'Read as a General webhook',
    webhook,
  );
}

function readAs(
  recognised: string,
  { code, message, issues }: WebhookParseError,
): WebhookParseError {
  const text = code === 'invalid_webhook' ? `${recognised}: ${message}` : message;
  return new WebhookParseError(code, text, issues);
}
