import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  failure,
  type ParseResult,
  typeNameOf,
  unreadable,
  type WebhookIssue,
  type WebhookIssues,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';
import { isNonEmptyString, isObject, type JsonObject } from './json.js';

/** Receives a malformed event and what is wrong with it. */
export type OnInvalidEvent = (event: unknown, issues: WebhookIssues) => void;

/**
 * Checks a JSON value against the contract of General webhooks, and changes nothing of it. A malformed
 * event goes to `onInvalidEvent` if there is one. Throws only what that callback throws.
 *
 * The usual body holds known and valid events alone: it is accepted as soon as they are counted. In any
 * other one, the events after those are sorted.
 */
export function validateWebhook(
  body: unknown,
  onInvalidEvent?: OnInvalidEvent,
): ParseResult<GeneralWebhook> {
  const UnknownEvents: UnknownEvent[] = [];
  const issues: WebhookIssue[] = [];
  let webhook: GeneralWebhook;
  let Events: WebhookEvent[];
  let eventCount: number;
  let knownCount: number;
  try {
    if (!isObject(body)) return diagnose(body, [createIssue([], 'object', typeNameOf(body))]);
    const { UnknownEvents: list = [] } = body;
    const EnterpriseId = readString(body.EnterpriseId, 'EnterpriseId', issues);
    const IntegrationId = readString(body.IntegrationId, 'IntegrationId', issues);
    const own = readList(body.Events, 'Events', issues);
    const added = readList(list, 'UnknownEvents', issues);
    eventCount = own.length;
    knownCount = countKnownEvents(own);
    const isAccepted = issues.length === 0 && added.length === 0 && knownCount === eventCount;
    Events = isAccepted ? own : [...own, ...added];
    webhook = addOtherProperties({ EnterpriseId, IntegrationId, Events, UnknownEvents }, body);
    if (isAccepted) return { success: true, data: webhook };
  } catch {
    return unreadable();
  }

  let issueCount = issues.length;
  let index = knownCount;
  // The events after the known ones are taken out, and come back if they are known, too.
  for (const event of Events.splice(knownCount)) {
    const verdict =
      index < eventCount
        ? checkEvent(event, 'Events', index)
        : checkEvent(event, 'UnknownEvents', index - eventCount);
    if (verdict === 'known') Events.push(event);
    else if (verdict === 'unknown') UnknownEvents.push(event);
    // Nothing is handed over of a message whose envelope is wrong.
    else if (onInvalidEvent && issues.length === 0) onInvalidEvent(event, [verdict]);
    else if (++issueCount <= maxIssues) issues.push(verdict);
    index++;
  }
  if (isFilled(issues)) return diagnose(body, issues, issueCount);
  return { success: true, data: webhook };
}

const maxIssues = 100;

/** What has to be a non-empty string; if it is none, an issue and a text that is not used. */
function readString(value: unknown, property: string, issues: WebhookIssue[]): string {
  if (isNonEmptyString(value)) return value;
  issues.push(createIssue([property], 'non-empty string', typeNameOf(value)));
  return '';
}

/** A list of events, typed as what they claim to be; if it is none, an issue and an empty list. */
function readList(value: unknown, property: string, issues: WebhookIssue[]): WebhookEvent[] {
  if (Array.isArray(value)) return value;
  issues.push(createIssue([property], 'array', typeNameOf(value)));
  return [];
}

/** How many events from the start of the list are known and valid. */
function countKnownEvents(events: readonly unknown[]): number {
  let count = 0;
  // With an iterator the whole validation takes a quarter longer.
  while (count < events.length && checkEvent(events[count], 'Events', count) === 'known') count++;
  return count;
}

/** Whether an event is known or unknown, or else its first fault. */
function checkEvent(
  event: unknown,
  list: string,
  index: number,
): 'known' | 'unknown' | WebhookIssue {
  try {
    if (!isObject(event)) return createIssue([list, index], 'object', typeNameOf(event));
    const { Discriminator, Value } = event;
    if (!isNonEmptyString(Discriminator)) {
      const path = [list, index, 'Discriminator'];
      return createIssue(path, 'non-empty string', typeNameOf(Discriminator));
    }
    if (!isDiscriminator(Discriminator)) return 'unknown';
    if (!isObject(Value)) return createIssue([list, index, 'Value'], 'object', typeNameOf(Value));
    if (isNonEmptyString(Value.Id)) return 'known';
    return createIssue([list, index, 'Value', 'Id'], 'non-empty string', typeNameOf(Value.Id));
  } catch {
    return createIssue([list, index], 'object', 'undefined'); // it throws when it is read
  }
}

/** The webhook with the other properties of the body, of which there usually are none. */
function addOtherProperties(webhook: GeneralWebhook, body: JsonObject): GeneralWebhook {
  for (const name in body) {
    switch (name) {
      case 'EnterpriseId':
      case 'IntegrationId':
      case 'Events':
      case 'UnknownEvents':
        break;
      default:
        // A spread takes as long as the validation of ten events, so the usual body goes without.
        return { ...body, ...webhook };
    }
  }
  return webhook;
}

function isFilled(issues: WebhookIssue[]): issues is [WebhookIssue, ...WebhookIssue[]] {
  return issues.length > 0;
}

/**
 * The failure of a body: by what it is commonly mistaken for, or else by its first issue.
 *
 * @param issueCount - How many there are, of which `issues` may hold only the first.
 */
export function diagnose(
  body: unknown,
  issues: WebhookIssues,
  issueCount: number = issues.length,
): ReturnType<typeof failure> {
  try {
    if (isMissing(body)) {
      const message =
        'The body is missing. A parser skipped it for its content type, or it was read before. Pass the raw body.';
      return failure('missing_body', message, issues);
    }
    const properties = isObject(body) ? body : {};
    if (isMadeByFormParser(properties)) {
      const message = 'The body was read by a form parser. Pass the raw body.';
      return failure('invalid_webhook', message, issues);
    }
    const { Action, Data, Events } = properties;
    if (Data !== undefined && Events === undefined && isNonEmptyString(Action)) {
      const message = 'The body is an Integration webhook. Use mews-webhooks/integration.';
      return failure('integration_webhook', message, issues);
    }
    if (Array.isArray(Events) && isWebSocketEvent(Events[0])) {
      const message = 'The body is a WebSocket message. Pass it to the WebSocket code.';
      return failure('websocket_message', message, issues);
    }
  } catch {
    // A body that throws when it is read is recognised as nothing.
  }
  return failure('invalid_webhook', describe(issues[0], issueCount - 1), issues);
}

function isMissing(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  return body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);
}

/** To a form parser, text without `=` is a name. Some parsers cut a name at its first bracket. */
function isMadeByFormParser(body: JsonObject): boolean {
  const names = Object.keys(body);
  return names.length === 1 && /^\s*{/.test(names.join());
}

function isWebSocketEvent(event: unknown): boolean {
  return isObject(event) && event.Discriminator === undefined && isNonEmptyString(event.Type);
}

/** For example `Events[3].Value.Id: expected non-empty string, received number (and 2 more)`. */
export function describe({ path, message }: WebhookIssue, more: number): string {
  const place = path.join('.').replace(/\.(\d+)/, '[$1]') || 'body';
  return `${place}: ${message}${more > 0 ? ` (and ${more} more)` : ''}`;
}
