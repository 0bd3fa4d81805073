import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  type ExpectedType,
  type ParseResult,
  type ReceivedType,
  toParseError,
  typeNameOf,
  type WebhookIssue,
  type WebhookIssues,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';
import {
  isArray,
  isNonEmptyString,
  isObject,
  type JsonObject,
  readSafely,
  unreadable,
} from './json.js';
import { recognise, refuse } from './recognise.js';

/** Receives a malformed event and what is wrong with it. */
export type OnInvalidEvent = (event: unknown, issues: WebhookIssues) => void;

/**
 * Checks a JSON value against the contract of General webhooks, and changes nothing of it. A malformed
 * event goes to `onInvalidEvent` if there is one. Throws only what that callback throws.
 *
 * The fast path accepts the usual body: all its events are known and valid. Everything else takes the
 * second path, which sorts events out and says what is wrong. Both ask the same `isKnownEvent`.
 */
export function validateWebhook(
  body: unknown,
  onInvalidEvent?: OnInvalidEvent,
): ParseResult<GeneralWebhook> {
  const webhook = readSafely(acceptWebhook, body);
  if (webhook === undefined || webhook === unreadable) return sortEvents(body, onInvalidEvent);
  return { success: true, data: webhook };
}

/** The webhook, if nothing has to be sorted out. Its list of events is the body's own. */
function acceptWebhook(body: unknown): GeneralWebhook | undefined {
  if (!isObject(body)) return undefined;
  const { EnterpriseId, IntegrationId, Events, UnknownEvents } = body;
  if (!isNonEmptyString(EnterpriseId) || !isNonEmptyString(IntegrationId)) return undefined;
  // A webhook that was parsed before has an empty list.
  const hasUnknown =
    UnknownEvents !== undefined && !(isArray(UnknownEvents) && UnknownEvents.length === 0);
  if (hasUnknown || !isArray(Events) || !areKnownEvents(Events)) return undefined;
  return { ...body, EnterpriseId, IntegrationId, Events, UnknownEvents: [] };
}

function areKnownEvents(events: readonly unknown[]): events is readonly WebhookEvent[] {
  for (const event of events) {
    if (!isKnownEvent(event)) return false;
  }
  return true;
}

function isKnownEvent(event: unknown): event is WebhookEvent {
  return (
    isObject(event) &&
    isDiscriminator(event.Discriminator) &&
    isObject(event.Value) &&
    isNonEmptyString(event.Value.Id)
  );
}

function isUnknownEvent(event: unknown): event is UnknownEvent {
  return (
    isObject(event) &&
    isNonEmptyString(event.Discriminator) &&
    !isDiscriminator(event.Discriminator)
  );
}

/** Sorts unknown events out, and collects what is wrong: the envelope first, then the events in order. */
function sortEvents(
  body: unknown,
  onInvalidEvent: OnInvalidEvent | undefined,
): ParseResult<GeneralWebhook> {
  const copy = readSafely(copyEnvelope, body);
  if (copy === unreadable) return { success: false, error: toParseError(copy) };
  if (!isObject(copy))
    return refuse(recognise(body), [createIssue([], 'object', typeNameOf(copy))]);

  const issues: WebhookIssue[] = [];
  const isValidEnvelope = checkEnvelope(copy, issues);
  // Nothing is handed over of a message that is refused as a whole.
  const handOver = isValidEnvelope ? onInvalidEvent : undefined;
  let issueCount = issues.length;

  const Events: WebhookEvent[] = [];
  const UnknownEvents: UnknownEvent[] = [];
  const sortEvent = (event: unknown): Fault | undefined => {
    if (isKnownEvent(event)) Events.push(event);
    else if (isUnknownEvent(event)) UnknownEvents.push(event);
    else return faultOf(event);
    return undefined;
  };
  for (const list of ['Events', 'UnknownEvents']) {
    const events = copy[list];
    if (!isArray(events)) continue;
    for (const [index, event] of events.entries()) {
      const fault = readSafely(sortEvent, event);
      if (fault === undefined) continue;
      if (handOver !== undefined) {
        handOver(event, [createEventIssue(list, index, fault)]);
        continue;
      }
      issueCount++;
      if (issues.length < maxIssues) issues.push(createEventIssue(list, index, fault));
    }
  }
  if (isValidEnvelope && issues.length === 0) {
    return { success: true, data: { ...copy, Events, UnknownEvents } };
  }
  return refuse(recognise(body), issues, issueCount);
}

const maxIssues = 100;

/** A copy of the body and of its lists, of which nothing but an event can throw when it is read. */
function copyEnvelope(body: unknown): unknown {
  if (!isObject(body)) return body;
  const { EnterpriseId, IntegrationId, Events, UnknownEvents = [] } = body;
  return {
    ...body,
    EnterpriseId,
    IntegrationId,
    Events: isArray(Events) ? [...Events] : Events,
    UnknownEvents: isArray(UnknownEvents) ? [...UnknownEvents] : UnknownEvents,
  };
}

/** Checks all but the events, and adds what is wrong to `issues`. */
function checkEnvelope(copy: JsonObject, issues: WebhookIssue[]): copy is JsonObject & Identifiers {
  for (const property of ['EnterpriseId', 'IntegrationId']) {
    const value = copy[property];
    if (isNonEmptyString(value)) continue;
    issues.push(createIssue([property], 'non-empty string', typeNameOf(value)));
  }
  for (const property of ['Events', 'UnknownEvents']) {
    const value = copy[property];
    if (!isArray(value)) issues.push(createIssue([property], 'array', typeNameOf(value)));
  }
  return issues.length === 0;
}

type Identifiers = Pick<GeneralWebhook, 'EnterpriseId' | 'IntegrationId'>;

/** What is wrong with an event that is neither known nor unknown. */
interface Fault {
  /** Where, from the event on. */
  readonly path: readonly string[];
  readonly expected: ExpectedType;
  readonly received: ReceivedType;
}

/** The first fault of an event: what lies beneath it is not looked at. */
function faultOf(event: unknown): Fault {
  if (!isObject(event)) return { path: [], expected: 'object', received: typeNameOf(event) };
  const { Discriminator, Value } = event;
  if (!isNonEmptyString(Discriminator)) {
    return {
      path: ['Discriminator'],
      expected: 'non-empty string',
      received: typeNameOf(Discriminator),
    };
  }
  if (!isObject(Value)) return { path: ['Value'], expected: 'object', received: typeNameOf(Value) };
  return { path: ['Value', 'Id'], expected: 'non-empty string', received: typeNameOf(Value.Id) };
}

function createEventIssue(
  list: string,
  index: number,
  fault: Fault | typeof unreadable,
): WebhookIssue {
  if (fault === unreadable) return createIssue([list, index], 'object', 'undefined');
  return createIssue([list, index, ...fault.path], fault.expected, fault.received);
}
