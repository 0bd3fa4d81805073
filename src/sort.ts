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
import { isArray, isNonEmptyString, isObject, type JsonObject } from './json.js';
import { recognise, refuse } from './recognise.js';

/** Receives a malformed event and what is wrong with it. */
export type OnInvalidEvent = (event: unknown, issues: WebhookIssues) => void;

export function isKnownEvent(event: unknown): event is WebhookEvent {
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

/**
 * Sorts unknown events out, and says what is wrong: the envelope first, then the events in order. A
 * malformed event goes to `onInvalidEvent` if there is one. Throws only what that callback throws.
 */
export function sortEvents(
  body: unknown,
  onInvalidEvent: OnInvalidEvent | undefined,
): ParseResult<GeneralWebhook> {
  const result = readBody(body);
  if (!result.success) return result;
  const { envelope, others, Events, UnknownEvents, malformed } = result.data;

  const issues: WebhookIssue[] = [];
  const isValidEnvelope = checkEnvelope(envelope, issues);
  const issueCount = issues.length + malformed.length;
  for (const { event, list, index } of malformed) {
    // The callback is not called for a message that is refused as a whole.
    if (isValidEnvelope && onInvalidEvent !== undefined) {
      onInvalidEvent(event, [createEventIssue(list, index, event)]);
    } else if (issues.length < maxIssues) {
      issues.push(createEventIssue(list, index, event));
    }
  }
  if (!isValidEnvelope || issues.length > 0) return refuse(recognise(body), issues, issueCount);
  const { EnterpriseId, IntegrationId } = envelope;
  const webhook = { EnterpriseId, IntegrationId, Events, UnknownEvents };
  return { success: true, data: others === undefined ? webhook : { ...others, ...webhook } };
}

const maxIssues = 100;

interface Envelope {
  readonly EnterpriseId: unknown;
  readonly IntegrationId: unknown;
  readonly Events: unknown;
  readonly UnknownEvents: unknown;
}

interface SortedEvents {
  readonly Events: WebhookEvent[];
  readonly UnknownEvents: UnknownEvent[];
  readonly malformed: MalformedEvent[];
}

interface MalformedEvent {
  readonly event: unknown;
  /** Where it is in the body. */
  readonly list: string;
  readonly index: number;
}

interface SortedBody extends SortedEvents {
  readonly envelope: Envelope;
  /** A copy of the body, if it has more properties than the envelope. */
  readonly others: JsonObject | undefined;
}

/** Reads all of a body, so that nothing but a malformed event can throw after that. */
function readBody(body: unknown): ParseResult<SortedBody> {
  try {
    if (!isObject(body)) {
      return refuse(recognise(body), [createIssue([], 'object', typeNameOf(body))]);
    }
    const { EnterpriseId, IntegrationId, Events, UnknownEvents = [] } = body;
    const sorted: SortedEvents = { Events: [], UnknownEvents: [], malformed: [] };
    if (isArray(Events)) sortList(Events, 'Events', sorted);
    if (isArray(UnknownEvents)) sortList(UnknownEvents, 'UnknownEvents', sorted);
    const envelope = { EnterpriseId, IntegrationId, Events, UnknownEvents };
    const others = hasOtherProperties(body) ? { ...body } : undefined;
    return { success: true, data: { ...sorted, envelope, others } };
  } catch (error) {
    return { success: false, error: toParseError(error) };
  }
}

/** Adds each event to the list that it belongs to. One that throws when it is read is malformed. */
function sortList(events: readonly unknown[], list: string, sorted: SortedEvents): void {
  const { Events, UnknownEvents, malformed } = sorted;
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    try {
      if (isKnownEvent(event)) Events.push(event);
      else if (isUnknownEvent(event)) UnknownEvents.push(event);
      else malformed.push({ event, list, index });
    } catch {
      malformed.push({ event, list, index });
    }
  }
}

/** Checks all but the events, and adds what is wrong to `issues`. */
function checkEnvelope(
  envelope: Envelope,
  issues: WebhookIssue[],
): envelope is Envelope & Identifiers {
  for (const property of ['EnterpriseId', 'IntegrationId'] as const) {
    const value = envelope[property];
    if (isNonEmptyString(value)) continue;
    issues.push(createIssue([property], 'non-empty string', typeNameOf(value)));
  }
  for (const property of ['Events', 'UnknownEvents'] as const) {
    const value = envelope[property];
    if (!isArray(value)) issues.push(createIssue([property], 'array', typeNameOf(value)));
  }
  return issues.length === 0;
}

type Identifiers = Pick<GeneralWebhook, 'EnterpriseId' | 'IntegrationId'>;

function createEventIssue(list: string, index: number, event: unknown): WebhookIssue {
  const { path, expected, received } = faultOf(event);
  return createIssue([list, index, ...path], expected, received);
}

/** What is wrong with an event. */
interface Fault {
  /** Where, from the event on. */
  readonly path: readonly string[];
  readonly expected: ExpectedType;
  readonly received: ReceivedType;
}

/** The first fault of an event that is neither known nor unknown; what is inside it is not checked. */
function faultOf(event: unknown): Fault {
  try {
    if (!isObject(event)) return { path: [], expected: 'object', received: typeNameOf(event) };
    const { Discriminator, Value } = event;
    if (!isNonEmptyString(Discriminator)) {
      const received = typeNameOf(Discriminator);
      return { path: ['Discriminator'], expected: 'non-empty string', received };
    }
    if (!isObject(Value)) {
      return { path: ['Value'], expected: 'object', received: typeNameOf(Value) };
    }
    return { path: ['Value', 'Id'], expected: 'non-empty string', received: typeNameOf(Value.Id) };
  } catch {
    // It throws when it is read.
    return { path: [], expected: 'object', received: 'undefined' };
  }
}

/** Whether a body holds more than the contract mentions. */
export function hasOtherProperties(body: JsonObject): boolean {
  for (const name in body) {
    if (!isWebhookProperty(name)) return true;
  }
  return false;
}

function isWebhookProperty(name: string): boolean {
  return (
    name === 'EnterpriseId' ||
    name === 'IntegrationId' ||
    name === 'Events' ||
    name === 'UnknownEvents'
  );
}
