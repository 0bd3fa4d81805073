import { isDiscriminator } from './discriminators.js';
import {
  createIssue,
  type ParseResult,
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
  const sorted: SortedEvents = { Events: [], UnknownEvents: [], malformed: [], issues: [] };
  const { Events, UnknownEvents, malformed, issues } = sorted;
  let webhook: GeneralWebhook;
  try {
    // All of the body is read here: after that, nothing but a malformed event can throw.
    if (!isObject(body))
      return refuse(recognise(body), [createIssue([], 'object', typeNameOf(body))]);
    const EnterpriseId = readId(body, 'EnterpriseId', issues);
    const IntegrationId = readId(body, 'IntegrationId', issues);
    sortList(body.Events, 'Events', sorted);
    if (body.UnknownEvents !== undefined) sortList(body.UnknownEvents, 'UnknownEvents', sorted);
    webhook = addOtherProperties({ EnterpriseId, IntegrationId, Events, UnknownEvents }, body);
  } catch (error) {
    return { success: false, error: toParseError(error) };
  }
  const issueCount = issues.length + malformed.length;
  // The callback is not called for a message that is refused as a whole.
  const callback = issues.length === 0 ? onInvalidEvent : undefined;
  for (const place of malformed) {
    if (callback !== undefined) callback(place.event, [createEventIssue(place)]);
    else if (issues.length < maxIssues) issues.push(createEventIssue(place));
  }
  const [first, ...others] = issues;
  if (first === undefined) return { success: true, data: webhook };
  return refuse(recognise(body), [first, ...others], issueCount);
}

const maxIssues = 100;

interface SortedEvents {
  readonly Events: WebhookEvent[];
  readonly UnknownEvents: UnknownEvent[];
  readonly malformed: MalformedEvent[];
  /** What is wrong with the envelope. */
  readonly issues: WebhookIssue[];
}

interface MalformedEvent {
  readonly event: unknown;
  /** Where it is in the body. */
  readonly list: string;
  readonly index: number;
}

/** An identifier, or an issue and a text that is not used. */
function readId(body: JsonObject, property: string, issues: WebhookIssue[]): string {
  const id = body[property];
  if (isNonEmptyString(id)) return id;
  issues.push(createIssue([property], 'non-empty string', typeNameOf(id)));
  return '';
}

/** Adds each event to the list that it belongs to. One that throws when it is read is malformed. */
function sortList(events: unknown, list: string, sorted: SortedEvents): void {
  const { Events, UnknownEvents, malformed, issues } = sorted;
  if (!isArray(events)) {
    issues.push(createIssue([list], 'array', typeNameOf(events)));
    return;
  }
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    try {
      if (isKnownEvent(event)) {
        Events.push(event);
        continue;
      }
      if (isUnknownEvent(event)) {
        UnknownEvents.push(event);
        continue;
      }
    } catch {
      // It is malformed as well.
    }
    malformed.push({ event, list, index });
  }
}

/** The first fault of an event that is neither known nor unknown; what is inside it is not checked. */
function createEventIssue({ event, list, index }: MalformedEvent): WebhookIssue {
  try {
    if (!isObject(event)) return createIssue([list, index], 'object', typeNameOf(event));
    const { Discriminator, Value } = event;
    if (!isNonEmptyString(Discriminator)) {
      return createIssue(
        [list, index, 'Discriminator'],
        'non-empty string',
        typeNameOf(Discriminator),
      );
    }
    if (!isObject(Value)) return createIssue([list, index, 'Value'], 'object', typeNameOf(Value));
    return createIssue([list, index, 'Value', 'Id'], 'non-empty string', typeNameOf(Value.Id));
  } catch {
    return createIssue([list, index], 'object', 'undefined'); // it throws when it is read
  }
}

/** The webhook with the other properties of the body, of which there usually are none. */
export function addOtherProperties(webhook: GeneralWebhook, body: JsonObject): GeneralWebhook {
  for (const name in body) {
    // A spread takes as long as the validation of ten events: it is left out where it adds nothing.
    if (!isWebhookProperty(name)) return { ...body, ...webhook };
  }
  return webhook;
}

function isWebhookProperty(name: string): boolean {
  return (
    name === 'EnterpriseId' ||
    name === 'IntegrationId' ||
    name === 'Events' ||
    name === 'UnknownEvents'
  );
}
