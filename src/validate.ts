import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  failure,
  type ParseResult,
  typeNameOf,
  unreadable,
  type WebhookErrorCode,
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
  const issues: WebhookIssue[] = [];
  const UnknownEvents: UnknownEvent[] = [];
  let webhook: GeneralWebhook;
  let Events: WebhookEvent[];
  let eventCount: number;
  let index: number;
  let unsorted: WebhookEvent[];
  try {
    if (!isObject(body)) {
      return refuse(recognise(body), [createIssue([], 'object', typeNameOf(body))]);
    }
    const EnterpriseId = readString(body, 'EnterpriseId', issues);
    const IntegrationId = readString(body, 'IntegrationId', issues);
    const events = readList(body.Events, 'Events', issues);
    const { UnknownEvents: added = [] } = body;
    const others = readList(added, 'UnknownEvents', issues);
    eventCount = events.length;
    index = countValidEvents(events);
    const isSorted = index === eventCount && others.length === 0;
    Events = isSorted ? events : events.slice();
    webhook = addOtherProperties({ EnterpriseId, IntegrationId, Events, UnknownEvents }, body);
    if (isSorted && issues.length === 0) return { success: true, data: webhook };
    unsorted = [...events.slice(index), ...others];
  } catch {
    return unreadable();
  }

  // Nothing is handed over of a message that is refused as a whole.
  const handOver = issues.length === 0 ? onInvalidEvent : undefined;
  let issueCount = issues.length;
  let knownCount = index;
  for (const event of unsorted) {
    const verdict =
      index < eventCount
        ? checkEvent(event, 'Events', index)
        : checkEvent(event, 'UnknownEvents', index - eventCount);
    index++;
    if (verdict === 'known') Events[knownCount++] = event;
    else if (verdict === 'unknown') UnknownEvents.push(event);
    else if (handOver) handOver(event, [verdict]);
    else if (++issueCount <= maxIssues) issues.push(verdict);
  }
  if (isFilled(issues)) return refuse(recognise(body), issues, issueCount);
  Events.length = knownCount;
  return { success: true, data: webhook };
}

const maxIssues = 100;

/** A property that has to be a non-empty string; without one, an issue and a text that is not used. */
function readString(body: JsonObject, property: string, issues: WebhookIssue[]): string {
  const value = body[property];
  if (isNonEmptyString(value)) return value;
  issues.push(createIssue([property], 'non-empty string', typeNameOf(value)));
  return '';
}

/** A list of events, typed as what they claim to be; without one, an issue and an empty list. */
function readList(value: unknown, property: string, issues: WebhookIssue[]): WebhookEvent[] {
  if (Array.isArray(value)) return value;
  issues.push(createIssue([property], 'array', typeNameOf(value)));
  return [];
}

/** How many events from the start of the list are known and valid. */
function countValidEvents(events: readonly unknown[]): number {
  let count = 0;
  while (count < events.length && checkEvent(events[count], 'Events', count) === 'known') count++;
  return count;
}

/** Whether an event is known or unknown, or else its first fault; what is inside that is not checked. */
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

const parseAsJson = 'Use express.json({ type: () => true }), or pass the raw body.';

/** What a body is that is no General webhook, and what to do about it. */
export type Diagnosis = readonly [code: WebhookErrorCode, message: string];

/** Recognises the bodies that are commonly mistaken for a General webhook. */
export function recognise(body: unknown): Diagnosis | undefined {
  try {
    if (isMissing(body)) {
      return [
        'missing_body',
        `The body is missing: a parser skipped it for its content type, or it was read before. ${parseAsJson}`,
      ];
    }
    if (!isObject(body)) return undefined;
    // To a form parser, text without `=` is a name. Some parsers cut a name at its first bracket.
    const [name = '', ...others] = Object.keys(body);
    if (others.length === 0 && name.trimStart().startsWith('{')) {
      return ['invalid_webhook', `A form parser read the JSON of the body. ${parseAsJson}`];
    }
    const { Action, Data, Events } = body;
    if (Data !== undefined && Events === undefined && isNonEmptyString(Action)) {
      return [
        'integration_webhook',
        'This is an Integration webhook. Use parseAnyWebhook of mews-webhooks/integration.',
      ];
    }
    const [event]: readonly unknown[] = Array.isArray(Events) ? Events : [];
    if (isObject(event) && event.Discriminator === undefined && isNonEmptyString(event.Type)) {
      return ['websocket_message', 'This is a WebSocket message. Use it where the socket is read.'];
    }
  } catch {
    // It throws when it is read, and is recognised as nothing.
  }
  return undefined;
}

function isMissing(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  return body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);
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
  return failure(code, message, issues);
}

/** For example `Events[3].Value.Id: expected non-empty string, received number (and 2 more)`. */
function describe({ path, message }: WebhookIssue, more: number): string {
  const place = path.join('.').replace(/\.(\d+)/, '[$1]') || 'body';
  return `${place}: ${message}${more > 0 ? ` (and ${more} more)` : ''}`;
}
