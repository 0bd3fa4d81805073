import { isDiscriminator } from './discriminators.js';
import {
  type ExpectedType,
  issueAt,
  unreadable,
  type WebhookErrorCode,
  type WebhookIssue,
  WebhookParseError,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';

/** An object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

type Lists = Pick<GeneralWebhook, 'Events' | 'UnknownEvents'>;

const maxIssues = 100;

/**
 * Checks a JSON value against the contract of General Webhooks. A malformed event is an issue or, with
 * `skipMalformed`, left out. Never throws, and changes nothing of the value.
 */
export function validateWebhook(
  body: unknown,
  skipMalformed: boolean,
): GeneralWebhook | WebhookParseError {
  try {
    const object = isObject(body) ? body : {};
    const { EnterpriseId, IntegrationId, Events, UnknownEvents = [] } = object;
    if (
      isNonEmptyString(EnterpriseId) &&
      isNonEmptyString(IntegrationId) &&
      Array.isArray(Events) &&
      Array.isArray(UnknownEvents)
    ) {
      const webhook = { EnterpriseId, IntegrationId, ...sortEvents(Events, UnknownEvents) };
      const kept = webhook.Events.length + webhook.UnknownEvents.length;
      if (skipMalformed || kept === Events.length + UnknownEvents.length) {
        // Spreading the body costs more than checking a few events, and most hold nothing more.
        return Object.keys(object).length === 3 ? webhook : { ...object, ...webhook };
      }
    }
    return refuse(body);
  } catch {
    return unreadable();
  }
}

/** An issue of a body; of one of its events, if that is where it is. */
export type Finding = readonly [issue: WebhookIssue, malformed?: { readonly event: unknown }];

/** Goes once more through a body in which something is wrong, and tells what, in its order. */
export function* findIssues(body: unknown): Generator<Finding, void, undefined> {
  if (!isObject(body)) return yield [issueAt([], 'object', body)];
  for (const property of ['EnterpriseId', 'IntegrationId']) {
    const id = body[property];
    if (!isNonEmptyString(id)) yield [issueAt([property], 'non-empty string', id)];
  }
  for (const property of ['Events', 'UnknownEvents']) {
    const events = body[property];
    if (Array.isArray(events)) {
      for (let index = 0; index < events.length; index++) {
        const event: unknown = events[index];
        const issue = eventIssue(event, [property, index]);
        if (issue) yield [issue, { event }];
      }
    } else if (property === 'Events' || events !== undefined) {
      yield [issueAt([property], 'array', events)];
    }
  }
}

/** The issue of an event: one, since what stands beneath a fault is not looked at. */
function eventIssue(event: unknown, path: WebhookIssue['path']): WebhookIssue | undefined {
  let expected: ExpectedType = 'object';
  let value = event;
  try {
    if (isObject(event)) {
      path.push('Discriminator');
      expected = 'non-empty string';
      value = event.Discriminator;
      if (isNonEmptyString(value)) {
        if (!isDiscriminator(value)) return undefined;
        path[2] = 'Value';
        expected = 'object';
        value = event.Value;
        if (isObject(value)) {
          path.push('Id');
          expected = 'non-empty string';
          value = value.Id;
          if (isNonEmptyString(value)) return undefined;
        }
      }
    }
  } catch {
    value = undefined; // it throws when it is read
  }
  return issueAt(path, expected, value);
}

/** The known events apart from the unknown ones, without the malformed. */
function sortEvents(events: readonly unknown[], moreEvents: readonly unknown[]): Lists {
  let known = 0;
  while (known < events.length && isKnown(events[known])) known++;
  const UnknownEvents: UnknownEvent[] = [];
  if (areKnown(events, known) && moreEvents.length === 0) return { Events: events, UnknownEvents };
  const Events = events.filter((_, index): _ is WebhookEvent => index < known);
  for (const event of events.slice(known).concat(moreEvents)) {
    if (isKnown(event)) Events.push(event);
    else if (isUnknown(event)) UnknownEvents.push(event);
  }
  return { Events, UnknownEvents };
}

/** Whether the first `known` events, which were found to be known, are all there are. */
function areKnown(events: readonly unknown[], known: number): events is readonly WebhookEvent[] {
  return known === events.length;
}

function isKnown(event: unknown): event is WebhookEvent {
  try {
    if (!isObject(event)) return false;
    const { Discriminator, Value } = event;
    return isDiscriminator(Discriminator) && isObject(Value) && isNonEmptyString(Value.Id);
  } catch {
    return false;
  }
}

function isUnknown(event: unknown): event is UnknownEvent {
  try {
    if (!isObject(event)) return false;
    const { Discriminator } = event;
    return isNonEmptyString(Discriminator) && !isDiscriminator(Discriminator);
  } catch {
    return false;
  }
}

function refuse(body: unknown): WebhookParseError {
  const issues: WebhookIssue[] = [];
  let count = 0;
  for (const [issue] of findIssues(body)) {
    if (count++ < maxIssues) issues.push(issue);
  }
  const [first = issueAt([], 'object', body), ...others] = issues;
  const [code, message] = diagnose(body) ?? ['invalid_webhook', describe(first, count - 1)];
  return new WebhookParseError(code, message, [first, ...others]);
}

/** Recognises the bodies that are commonly mistaken for a General webhook. */
export function diagnose(body: unknown): readonly [WebhookErrorCode, message: string] | undefined {
  if (isMissing(body)) {
    return [
      'missing_body',
      'The body is missing. Did a parser wait for a JSON content type? Pass the raw body, or use express.json({ type: () => true })',
    ];
  }
  const { Action, Data, Events } = isObject(body) ? body : {};
  if (isNonEmptyString(Action) && Data !== undefined && Events === undefined) {
    return [
      'integration_webhook',
      'This is an Integration webhook: use parseAnyWebhook of mews-webhooks/integration',
    ];
  }
  return Array.isArray(Events) && Events.length > 0 && Array.from(Events).every(isWebSocketEvent)
    ? ['websocket_message', 'This is a WebSocket message: handle it where the socket is read']
    : undefined;
}

function isMissing(body: unknown): boolean {
  if (typeof body === 'string') return body.trim() === '';
  return body === undefined || body === null || (isObject(body) && Object.keys(body).length === 0);
}

function isWebSocketEvent(event: unknown): boolean {
  try {
    return isObject(event) && isNonEmptyString(event.Type) && event.Discriminator === undefined;
  } catch {
    return false;
  }
}

/** `Events[3].Value.Id: expected non-empty string, received number (and 2 more)` */
export function describe({ path, message }: WebhookIssue, more: number): string {
  const place = path.join('.').replace(/\.(\d+)/, '[$1]') || 'body';
  return `${place}: ${message}${more > 0 ? ` (and ${more} more)` : ''}`;
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
