import {
  dedupeEvents,
  type GeneralWebhook,
  planFetches,
  type WebhookParseError,
} from '../index.js';
import type { AnyWebhook } from '../integration/index.js';
import { describe } from '../validate.js';
import { type Paint, printable } from './terminal.js';

/** Describes a webhook in lines: its events, which merge, which are unknown, and what to fetch. */
export function describeWebhook(received: AnyWebhook, paint: Paint): string[] {
  if (received.kind === 'general') return describeGeneral(received.webhook, paint);
  const { Action } = received.kind === 'integration' ? received.webhook : received;
  const known = received.kind === 'integration' ? '' : ', which this version does not know';
  return [`Integration webhook ${paint('bold', printable(Action))}${known}`];
}

function describeGeneral(webhook: GeneralWebhook, paint: Paint): string[] {
  const { EnterpriseId, IntegrationId, Events, UnknownEvents } = webhook;
  const kept = new Set(dedupeEvents(Events));
  const lines = [
    `Enterprise   ${printable(EnterpriseId)}`,
    `Integration  ${printable(IntegrationId)}`,
  ];
  for (const event of Events) {
    const merged = kept.has(event) ? '' : paint('grey', '  merged');
    lines.push(`  ${event.Discriminator.padEnd(20)}  ${printable(event.Value.Id)}${merged}`);
  }
  for (const { Discriminator } of UnknownEvents) {
    const unknown = paint('yellow', 'unknown, kept as it came');
    lines.push(`  ${printable(Discriminator).padEnd(20)}  ${unknown}`);
  }
  const requests = planFetches(webhook);
  const events = count(Events.length + UnknownEvents.length, 'event');
  lines.push(`${events}, ${count(requests.length, 'request')} to fetch the entities`);
  for (const { operation, ids, ...request } of requests) {
    const missing = request.kind === 'incomplete' ? `; add ${request.missing.join(', ')}` : '';
    lines.push(`  POST ${operation.path} (${ids.length} of them${missing})`);
  }
  return lines;
}

/** Describes in lines why a body is refused: every issue, so that all can be fixed at once. */
export function describeError(
  { code, message, issues }: WebhookParseError,
  paint: Paint,
): string[] {
  const lines = [`${paint('red', code)}  ${message}`];
  // A single issue is in the message.
  if (code !== 'invalid_webhook' || issues.length === 1) return lines;
  for (const issue of issues) lines.push(`  ${describe(issue, 0)}`);
  if (issues.length === 100) lines.push('  No more than 100 are listed.');
  return lines;
}

/** What a webhook holds, as data for a JSON line. Nothing of an Integration webhook but its action. */
export function summarizeWebhook(received: AnyWebhook) {
  if (received.kind !== 'general') {
    const { Action } = received.kind === 'integration' ? received.webhook : received;
    return { kind: received.kind, Action };
  }
  const { EnterpriseId, IntegrationId, Events, UnknownEvents } = received.webhook;
  const kept = new Set(dedupeEvents(Events));
  return {
    kind: received.kind,
    EnterpriseId,
    IntegrationId,
    events: Events.map((event) => ({
      Discriminator: event.Discriminator,
      Id: event.Value.Id,
      merged: !kept.has(event),
    })),
    unknownEvents: UnknownEvents.map(({ Discriminator }) => Discriminator),
    fetches: planFetches(received.webhook).map(({ operation, ids, ...request }) => ({
      path: operation.path,
      ids,
      missing: request.kind === 'incomplete' ? request.missing : [],
    })),
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
