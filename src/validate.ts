import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  type WebhookErrorCode,
  type WebhookIssue,
  type WebhookIssues,
  WebhookParseError,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';
import { isNonEmptyString, isObject } from './json.js';

/** Where malformed events go. */
export interface Handing {
  readonly onInvalidEvent: ((event: unknown, issues: WebhookIssues) => void) | undefined;
  /** Whether `onInvalidEvent` runs, or has thrown: what it throws is the caller's. */
  calling: boolean;
}

/**
 * Checks a JSON value against the contract of General webhooks. A malformed event is handed over, or
 * else is an issue; issues of the envelope come first. Changes nothing of the value. Throws what
 * reading it throws, except within an event, and what `onInvalidEvent` throws.
 */
export function validateWebhook(
  body: unknown,
  handing?: Handing,
): GeneralWebhook | WebhookParseError {
  const issues: WebhookIssue[] = [];
  const UnknownEvents: UnknownEvent[] = [];
  if (!isObject(body)) return refuse(body, [createIssue([], 'object', body)], 1);
  const EnterpriseId = readString(body.EnterpriseId, 'EnterpriseId', issues);
  const IntegrationId = readString(body.IntegrationId, 'IntegrationId', issues);
  const own = listOf(body.Events, 'Events', issues);
  const events =
    body.UnknownEvents === undefined
      ? own
      : [...own, ...listOf(body.UnknownEvents, 'UnknownEvents', issues)];
  let known: WebhookEvent[] | undefined;
  let count = issues.length;
  let index = 0;
  for (const event of events) {
    if (isKnown(event)) known?.push(event);
    else {
      // The list is not copied before there is something to leave out.
      known ??= events.slice(0, index);
      const issue =
        index < own.length
          ? eventIssue(event, 'Events', index)
          : eventIssue(event, 'UnknownEvents', index - own.length);
      if (!issue) UnknownEvents.push(event);
      else if (count === 0 && handing?.onInvalidEvent) {
        handing.calling = true;
        handing.onInvalidEvent(event, [issue]);
        handing.calling = false;
      } else if (count++ < 100) issues.push(issue);
    }
    index++;
  }
  if (isFilled(issues)) return refuse(body, issues, count);
  const webhook = { EnterpriseId, IntegrationId, Events: known ?? events, UnknownEvents };
  // Spreading costs more than checking a few events, and most bodies hold nothing more.
  return Object.keys(body).length === 3 ? webhook : { ...body, ...webhook };
}

function isFilled(issues: WebhookIssue[]): issues is [WebhookIssue, ...WebhookIssue[]] {
  return issues.length > 0;
}

/** A list of events, typed as what they claim to be: each is still to be checked. */
function listOf(value: unknown, property: string, issues: WebhookIssue[]): WebhookEvent[] {
  if (Array.isArray(value)) return value;
  issues.push(createIssue([property], 'array', value));
  return [];
}

function readString(value: unknown, property: string, issues: WebhookIssue[]): string {
  if (isNonEmptyString(value)) return value;
  issues.push(createIssue([property], 'non-empty string', value));
  return property;
}

/**
 * What is wrong with an event that is not known; `undefined` for one that is only unknown. One issue,
 * since what stands beneath a fault is not looked at. It has to agree with `isKnown`, which is apart
 * for the speed of the usual event.
 */
function eventIssue(event: unknown, list: string, index: number): WebhookIssue | undefined {
  try {
    if (!isObject(event)) return createIssue([list, index], 'object', event);
    if (!isNonEmptyString(event.Discriminator)) {
      return createIssue([list, index, 'Discriminator'], 'non-empty string', event.Discriminator);
    }
    if (!isDiscriminator(event.Discriminator)) return undefined;
    return isObject(event.Value)
      ? createIssue([list, index, 'Value', 'Id'], 'non-empty string', event.Value.Id)
      : createIssue([list, index, 'Value'], 'object', event.Value);
  } catch {
    return createIssue([list, index], 'object'); // it throws when it is read
  }
}

function isKnown(event: unknown): boolean {
  try {
    return (
      isObject(event) &&
      isDiscriminator(event.Discriminator) &&
      isObject(event.Value) &&
      isNonEmptyString(event.Value.Id)
    );
  } catch {
    return false;
  }
}

/** The error of a body that is not valid, by what it is recognised as or else by its first issue. */
export function refuse(
  body: unknown,
  issues: WebhookIssues,
  count: number,
  recognise = diagnose,
): WebhookParseError {
  const [code, message] = recognise(body) ?? [
    'invalid_webhook',
    `${issues[0].path.join('.').replace(/\.(\d+)/, '[$1]') || 'body'}: ${issues[0].message}${count > 1 ? ` (and ${count - 1} more)` : ''}`,
  ];
  return new WebhookParseError(code, message, issues);
}

/** Recognises the bodies that are commonly mistaken for a General webhook. */
export function diagnose(body: unknown): readonly [WebhookErrorCode, message: string] | undefined {
  if (
    typeof body === 'string'
      ? body.trim() === ''
      : body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0)
  ) {
    return [
      'missing_body',
      'The body is missing: did a parser want a JSON content type? Use express.json({ type: () => true })',
    ];
  }
  const { Action, Data, Events } = isObject(body) ? body : {};
  if (Data !== undefined && Events === undefined && isNonEmptyString(Action)) {
    return ['integration_webhook', 'Integration webhooks: use mews-webhooks/integration'];
  }
  return Array.isArray(Events) && isWebSocketEvent(Events[0])
    ? ['websocket_message', 'WebSocket messages are not webhooks']
    : undefined;
}

function isWebSocketEvent(event: unknown): boolean {
  return isObject(event) && event.Discriminator === undefined && isNonEmptyString(event.Type);
}
