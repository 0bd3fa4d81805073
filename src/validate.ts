import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  type ParseResult,
  toParseError,
  typeNameOf,
  type WebhookErrorCode,
  type WebhookIssue,
  type WebhookIssues,
  WebhookParseError,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';
import { isNonEmptyString, isObject, type JsonObject } from './json.js';

/** Receives a malformed event and what is wrong with it. */
export type OnInvalidEvent = (event: unknown, issues: WebhookIssues) => void;

/**
 * Checks a JSON value against the contract of General webhooks, and changes nothing of it. A malformed
 * event goes to `onInvalidEvent` if there is one. Throws only what that callback throws.
 *
 * The usual body holds known and valid events alone, and is accepted here. Any other one goes on to
 * `sortEvents`, which sorts out the events after those that were found valid.
 */
export function validateWebhook(
  body: unknown,
  onInvalidEvent?: OnInvalidEvent,
): ParseResult<GeneralWebhook> {
  let validCount: number;
  let copy: JsonObject;
  try {
    if (!isObject(body)) {
      return refuse(recognise(body), [createIssue([], 'object', typeNameOf(body))]);
    }
    const { EnterpriseId, IntegrationId, UnknownEvents } = body;
    const Events = toEvents(body.Events);
    validCount = Events === undefined ? 0 : countValidEvents(Events);
    if (
      isNonEmptyString(EnterpriseId) &&
      isNonEmptyString(IntegrationId) &&
      validCount === Events?.length &&
      isAbsentOrEmpty(UnknownEvents)
    ) {
      const webhook = { EnterpriseId, IntegrationId, Events, UnknownEvents: [] };
      return { success: true, data: addOtherProperties(webhook, body) };
    }
    // Of a copy, nothing but an event can throw when it is read.
    copy = {
      ...body,
      EnterpriseId,
      IntegrationId,
      Events: Events?.slice() ?? body.Events,
      UnknownEvents: toEvents(UnknownEvents)?.slice() ?? UnknownEvents,
    };
  } catch (error) {
    return { success: false, error: toParseError(error) };
  }
  return sortEvents(body, copy, validCount, onInvalidEvent);
}

/** A list of events, typed as what they claim to be: each is still to be checked. */
function toEvents(list: unknown): WebhookEvent[] | undefined {
  return Array.isArray(list) ? list : undefined;
}

/** How many events from the start of the list are known and valid. */
function countValidEvents(events: readonly unknown[]): number {
  let count = 0;
  while (count < events.length && checkEvent(events[count], 'Events', count) === 'known') count++;
  return count;
}

/** A body from Mews has no such list; a webhook that was parsed before has an empty one. */
function isAbsentOrEmpty(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
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
    if (!isDiscriminator(Discriminator)) {
      if (isNonEmptyString(Discriminator)) return 'unknown';
      const path = [list, index, 'Discriminator'];
      return createIssue(path, 'non-empty string', typeNameOf(Discriminator));
    }
    if (!isObject(Value)) return createIssue([list, index, 'Value'], 'object', typeNameOf(Value));
    if (isNonEmptyString(Value.Id)) return 'known';
    return createIssue([list, index, 'Value', 'Id'], 'non-empty string', typeNameOf(Value.Id));
  } catch {
    return createIssue([list, index], 'object', 'undefined'); // it throws when it is read
  }
}

const maxIssues = 100;

/** Sorts unknown events out, and says what is wrong: the envelope first, then the events in order. */
function sortEvents(
  body: unknown,
  copy: JsonObject,
  validCount: number,
  onInvalidEvent: OnInvalidEvent | undefined,
): ParseResult<GeneralWebhook> {
  const issues: WebhookIssue[] = [];
  const EnterpriseId = readString(copy, 'EnterpriseId', issues);
  const IntegrationId = readString(copy, 'IntegrationId', issues);
  const lists = {
    Events: readList(copy, 'Events', issues),
    UnknownEvents: copy.UnknownEvents === undefined ? [] : readList(copy, 'UnknownEvents', issues),
  };
  // Nothing is handed over of a message that is refused as a whole.
  const handOver = issues.length === 0 ? onInvalidEvent : undefined;
  let issueCount = issues.length;

  const Events = lists.Events.slice(0, validCount);
  const UnknownEvents: UnknownEvent[] = [];
  for (const list of ['Events', 'UnknownEvents'] as const) {
    for (const [index, event] of lists[list].entries()) {
      if (list === 'Events' && index < validCount) continue;
      const verdict = checkEvent(event, list, index);
      if (verdict === 'known') Events.push(event);
      else if (verdict === 'unknown') UnknownEvents.push(event);
      else if (handOver !== undefined) handOver(event, [verdict]);
      else if (++issueCount <= maxIssues) issues.push(verdict);
    }
  }
  const [first, ...others] = issues;
  if (first !== undefined) return refuse(recognise(body), [first, ...others], issueCount);
  return { success: true, data: { ...copy, EnterpriseId, IntegrationId, Events, UnknownEvents } };
}

/** A property that has to be a non-empty string; without one, an issue and a text that is not used. */
function readString(copy: JsonObject, property: string, issues: WebhookIssue[]): string {
  const value = copy[property];
  if (isNonEmptyString(value)) return value;
  issues.push(createIssue([property], 'non-empty string', typeNameOf(value)));
  return '';
}

/** A property that has to be a list; without one, an issue and an empty list. */
function readList(copy: JsonObject, property: string, issues: WebhookIssue[]): WebhookEvent[] {
  const events = toEvents(copy[property]);
  if (events === undefined) {
    issues.push(createIssue([property], 'array', typeNameOf(copy[property])));
  }
  return events ?? [];
}

/** The webhook with the other properties of the body, of which there usually are none. */
function addOtherProperties(webhook: GeneralWebhook, body: JsonObject): GeneralWebhook {
  for (const name in body) {
    // A spread takes as long as the validation of ten events: it is left out where it adds nothing.
    if (!webhookProperties.includes(name)) return { ...body, ...webhook };
  }
  return webhook;
}

const webhookProperties = ['EnterpriseId', 'IntegrationId', 'Events', 'UnknownEvents'];

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
  if (Array.isArray(Events) && isWebSocketEvent(Events[0])) {
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
