import { isDiscriminator } from './discriminators.js';
import {
  issueAt,
  unreadable,
  type WebhookErrorCode,
  type WebhookIssue,
  type WebhookIssues,
  WebhookParseError,
} from './errors.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from './events.js';

/** An object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

const maxIssues = 100;

type OnInvalidEvent = (event: unknown, issues: WebhookIssues) => void;

/**
 * Checks a JSON value against the contract of General webhooks. A malformed event is handed to
 * `onInvalidEvent`, or else is an issue. Changes nothing of the value, and throws nothing but what
 * `onInvalidEvent` throws.
 */
export function validateWebhook(
  body: unknown,
  onInvalidEvent: OnInvalidEvent | undefined,
): GeneralWebhook | WebhookParseError {
  let known = 0;
  try {
    if (!isObject(body)) return refuse(body, [issueAt([], 'object', body)], 1);
    const { EnterpriseId, IntegrationId, Events, UnknownEvents } = body;
    if (
      UnknownEvents === undefined &&
      isNonEmptyString(EnterpriseId) &&
      isNonEmptyString(IntegrationId) &&
      Array.isArray(Events)
    ) {
      while (known < Events.length && isKnown(Events[known])) known++;
      if (areKnown(Events, known)) {
        return complete(body, { EnterpriseId, IntegrationId, Events, UnknownEvents: [] });
      }
    }
  } catch {
    return unreadable();
  }
  return sortEvents(body, known, onInvalidEvent);
}

/**
 * Goes on where not all events are known, or something is wrong: the known events apart from the
 * unknown ones, or what is wrong in the order of the body.
 */
function sortEvents(
  body: JsonObject,
  next: number,
  onInvalidEvent: OnInvalidEvent | undefined,
): GeneralWebhook | WebhookParseError {
  const issues: WebhookIssue[] = [];
  let count = 0;
  const report = (issue: WebhookIssue) => {
    if (count++ < maxIssues) issues.push(issue);
  };
  let calling = false;
  try {
    const { EnterpriseId, IntegrationId, Events, UnknownEvents = [] } = body;
    const isEnvelope =
      isNonEmptyString(EnterpriseId) &&
      isNonEmptyString(IntegrationId) &&
      Array.isArray(Events) &&
      Array.isArray(UnknownEvents);
    const known: WebhookEvent[] = isEnvelope ? Events.slice(0, next) : [];
    const unknown: UnknownEvent[] = [];
    for (const [property, id] of Object.entries({ EnterpriseId, IntegrationId })) {
      if (!isNonEmptyString(id)) report(issueAt([property], 'non-empty string', id));
    }
    let index = next;
    for (const [property, events] of Object.entries({ Events, UnknownEvents })) {
      if (!Array.isArray(events)) report(issueAt([property], 'array', events));
      else {
        for (; index < events.length; index++) {
          const event: unknown = events[index];
          if (isKnown(event)) known.push(event);
          else if (isUnknown(event)) unknown.push(event);
          else if (isEnvelope && onInvalidEvent) {
            calling = true;
            onInvalidEvent(event, [eventIssue(event, property, index)]);
            calling = false;
          } else report(eventIssue(event, property, index));
        }
      }
      index = 0;
    }
    return isEnvelope && count === 0
      ? complete(body, { EnterpriseId, IntegrationId, Events: known, UnknownEvents: unknown })
      : refuse(body, issues, count);
  } catch (error) {
    if (calling) throw error;
    return unreadable();
  }
}

/** Adds to a webhook what else its body holds. */
function complete(body: JsonObject, webhook: GeneralWebhook): GeneralWebhook {
  // Spreading costs more than checking a few events, and most bodies hold nothing more.
  return Object.keys(body).length === 3 ? webhook : { ...body, ...webhook };
}

/** The issue of a malformed event: one, since what stands beneath a fault is not looked at. */
function eventIssue(event: unknown, list: string, index: number): WebhookIssue {
  try {
    if (isObject(event)) {
      const { Discriminator, Value } = event;
      if (!isNonEmptyString(Discriminator)) {
        return issueAt([list, index, 'Discriminator'], 'non-empty string', Discriminator);
      }
      return isObject(Value)
        ? issueAt([list, index, 'Value', 'Id'], 'non-empty string', Value.Id)
        : issueAt([list, index, 'Value'], 'object', Value);
    }
    return issueAt([list, index], 'object', event);
  } catch {
    return issueAt([list, index], 'object', undefined); // it throws when it is read
  }
}

/** Whether the first `known` events, which were found to be known, are all there are. */
function areKnown(events: readonly unknown[], known: number): events is readonly WebhookEvent[] {
  return known === events.length;
}

function isKnown(event: unknown): event is WebhookEvent {
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

function isUnknown(event: unknown): event is UnknownEvent {
  try {
    return (
      isObject(event) &&
      isNonEmptyString(event.Discriminator) &&
      !isDiscriminator(event.Discriminator)
    );
  } catch {
    return false;
  }
}

function refuse(body: unknown, issues: readonly WebhookIssue[], count: number): WebhookParseError {
  const [first = issueAt([], 'object', body), ...others] = issues;
  const [code, message] = diagnose(body) ?? ['invalid_webhook', describe(first, count - 1)];
  return new WebhookParseError(code, message, [first, ...others]);
}

/** Recognises the bodies that are commonly mistaken for a General webhook. */
export function diagnose(body: unknown): readonly [WebhookErrorCode, message: string] | undefined {
  const { Action, Data, Events } = isObject(body) ? body : {};
  if (isMissing(body)) {
    return [
      'missing_body',
      'The body is missing: did a parser want a JSON content type? Pass it raw, or use express.json({ type: () => true })',
    ];
  }
  if (isNonEmptyString(Action) && Data !== undefined && Events === undefined) {
    return ['integration_webhook', 'This is an Integration webhook: use mews-webhooks/integration'];
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
