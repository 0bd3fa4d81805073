/**
 * Why a body was refused. These codes are part of the semantic version; messages are not.
 *
 * - `missing_body`: there is none: `undefined`, `null`, blank, or an empty object.
 * - `invalid_json`: not JSON, or not UTF-8.
 * - `invalid_webhook`: JSON of another shape; `issues` says where.
 * - `integration_webhook`: a Mews Integration webhook, `{ Action, Data }`.
 * - `websocket_message`: a Mews WebSocket message, whose first event carries `Type`.
 * - `general_webhook`: a General webhook; from `parseIntegrationWebhook` alone.
 */
export type WebhookErrorCode =
  | 'missing_body'
  | 'invalid_json'
  | 'invalid_webhook'
  | 'integration_webhook'
  | 'websocket_message'
  | 'general_webhook';

/**
 * What was found in place of the expected value: the name of its type, never the value. JSON has no
 * `bigint`, `symbol` or `function`; a value that was not made by a JSON parser can.
 */
export type ReceivedType =
  | 'undefined'
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'empty string'
  | 'array'
  | 'object'
  | 'bigint'
  | 'symbol'
  | 'function';

/** What a property has to be; `string`, which may be empty, and `boolean` in Integration webhooks only. */
export type ExpectedType = 'non-empty string' | 'object' | 'array' | 'string' | 'boolean';

/** One place in the body that is wrong. Holds no value of the body. */
export interface WebhookIssue {
  /** Property names and array indexes from the root of the body; empty for the body itself. */
  readonly path: (string | number)[];
  readonly expected: ExpectedType;
  /** `undefined` for a property that is absent, too. */
  readonly received: ReceivedType;
  /** `expected …, received …`, for people. */
  readonly message: string;
}

/** A list of issues that holds at least one. */
export type WebhookIssues = readonly [WebhookIssue, ...WebhookIssue[]];

/** The data, or else the {@link WebhookParseError}; `success` says which of the two. */
export type ParseResult<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: WebhookParseError };

/**
 * The only error that parsing throws. It holds no value of the body, so that it can be logged and
 * sent: a body can carry access tokens.
 *
 * Across module systems (an ESM and a CJS copy in one process) compare `name` and `code` rather than
 * use `instanceof`.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 * @example
 * ```ts
 * import { parseWebhook, WebhookParseError } from 'mews-webhooks';
 *
 * try {
 *   parseWebhook('{"EnterpriseId":"e","IntegrationId":"i","Events":"none"}');
 * } catch (error) {
 *   if (!(error instanceof WebhookParseError)) throw error;
 *   console.log(error.code, error.message); // invalid_webhook Events: expected array, received string
 * }
 * ```
 */
export class WebhookParseError extends Error {
  readonly code: WebhookErrorCode;
  /** At least one and at most 100. */
  readonly issues: WebhookIssues;

  /**
   * @param code - Why the body is refused.
   * @param message - What came, what was expected and what to do, without any value of the body.
   * @param issues - The places that are wrong.
   */
  constructor(code: WebhookErrorCode, message: string, issues: WebhookIssues) {
    super(message);
    this.code = code;
    this.issues = issues;
  }

  // An accessor, because `stack` is made with the name before any field of the object is set.
  override get name(): 'WebhookParseError' {
    return 'WebhookParseError';
  }

  /** Gives `JSON.stringify` everything but the stack. */
  toJSON(): Pick<WebhookParseError, 'name' | 'code' | 'message' | 'issues'> {
    const { name, code, message, issues } = this;
    return { name, code, message, issues };
  }
}

/**
 * The result for a body that is refused.
 *
 * @internal
 */
export function failure(
  code: WebhookErrorCode,
  message: string,
  issues: WebhookIssues,
): { readonly success: false; readonly error: WebhookParseError } {
  return { success: false, error: new WebhookParseError(code, message, issues) };
}

/**
 * The result for a body that throws when it is read. Nothing of what it throws is passed on: it may
 * quote the body.
 *
 * @internal
 */
export function unreadable(): ReturnType<typeof failure> {
  const message = 'The body cannot be read. Pass the raw body.';
  return failure('invalid_webhook', message, [createIssue([], 'object', 'undefined')]);
}

/**
 * Throws a TypeError that names the property which the caller got wrong, and no value.
 *
 * @internal
 */
export function expect(valid: boolean, property: string, expected: string): void {
  if (!valid) throw new TypeError(`${property}: expected ${expected}`);
}

/**
 * Returns the data of a result, or throws its error.
 *
 * @internal
 */
export function unwrap<T>(result: ParseResult<T>): T {
  if (result.success) return result.data;
  throw result.error;
}

/**
 * Describes one place that is wrong.
 *
 * @internal
 */
export function createIssue(
  path: (string | number)[],
  expected: ExpectedType,
  received: ReceivedType,
): WebhookIssue {
  return { path, expected, received, message: `expected ${expected}, received ${received}` };
}

/**
 * The name of a value's type, as issues have it.
 *
 * @internal
 */
export function typeNameOf(value: unknown): ReceivedType {
  if (value === null) return 'null';
  if (value === '') return 'empty string';
  return Array.isArray(value) ? 'array' : typeof value;
}
