import {
  type ParseResult,
  type WebhookErrorCode,
  type WebhookIssue,
  type WebhookIssues,
  WebhookParseError,
} from './errors.js';
import { isArray, isNonEmptyString, isObject } from './json.js';

const parseAsJson = 'Use express.json({ type: () => true }) or the like, or pass the raw body.';

/** What a body is that is no General webhook, and what to do about it. */
export type Diagnosis = readonly [code: WebhookErrorCode, message: string];

/**
 * Recognises the bodies that are commonly mistaken for a General webhook. A body that throws when it is
 * read is none of them.
 */
export function recognise(body: unknown): Diagnosis | undefined {
  try {
    return diagnose(body);
  } catch {
    // It is recognised as nothing.
  }
  return undefined;
}

function diagnose(body: unknown): Diagnosis | undefined {
  if (isMissing(body)) {
    return [
      'missing_body',
      `The body is missing or empty: a parser skipped it, since it has no JSON content type, or it was read before. ${parseAsJson}`,
    ];
  }
  if (!isObject(body)) return undefined;
  if (isMadeByFormParser(body)) {
    return [
      'invalid_webhook',
      `A form parser read the body: its JSON is the name of a property. ${parseAsJson}`,
    ];
  }
  const { Action, Data, Events } = body;
  if (Data !== undefined && Events === undefined && isNonEmptyString(Action)) {
    return [
      'integration_webhook',
      'This is an Integration webhook. Use parseAnyWebhook of mews-webhooks/integration.',
    ];
  }
  if (isArray(Events) && isWebSocketEvent(Events[0])) {
    return ['websocket_message', 'This is a WebSocket message. Use it where the socket is read.'];
  }
  return undefined;
}

function isMissing(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  return body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);
}

/** To a form parser, text without `=` is a name. Some parsers cut a name at its first bracket. */
function isMadeByFormParser(body: object): boolean {
  const [name, ...others] = Object.keys(body);
  return name !== undefined && others.length === 0 && name.trimStart().startsWith('{');
}

function isWebSocketEvent(event: unknown): boolean {
  return isObject(event) && event.Discriminator === undefined && isNonEmptyString(event.Type);
}

/**
 * The failure of a body: by what it was recognised as, or else by its first issue and how many more.
 *
 * @param issueCount - How many there are, of which `issues` may hold only the first.
 */
export function refuse(
  diagnosis: Diagnosis | undefined,
  issues: WebhookIssues,
  issueCount: number = issues.length,
): ParseResult<never> {
  const [code, message] = diagnosis ?? ['invalid_webhook', describe(issues[0], issueCount - 1)];
  return { success: false, error: new WebhookParseError(code, message, issues) };
}

/** For example `Events[3].Value.Id: expected non-empty string, received number (and 2 more)`. */
function describe({ path, message }: WebhookIssue, more: number): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return `${steps.join('').slice(1) || 'body'}: ${message}${more > 0 ? ` (and ${more} more)` : ''}`;
}
