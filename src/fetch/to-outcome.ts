import type { GeneralWebhook, UnknownEvent, WebhookEvent } from '../events.js';
import { createEventIndex } from './events.js';
import { type Failure, failureWithoutResponse } from './failure.js';
import type { LaneResult } from './lane-result.js';
import { type FetchRejection, type FetchRetry, isRetryReason } from './outcome.js';
import { backOffMs } from './retry-after.js';
import type { EntityName } from './rows.js';
import { versionOf } from './version.js';

/** A `FetchOutcome` whose rows have no type yet. */
export interface UntypedOutcome {
  readonly entities: {
    readonly entity: EntityName;
    readonly EnterpriseId: string;
    readonly IntegrationId: string;
    readonly Id: string;
    readonly row: unknown;
    readonly version: string;
  }[];
  readonly retries: FetchRetry[];
  readonly rejections: FetchRejection[];
}

/** Puts together what the lanes brought: the entities, and what failed as webhooks with a reason. */
export function toOutcome(
  batch: readonly GeneralWebhook[],
  results: readonly LaneResult[],
  attempt: number,
): UntypedOutcome {
  const outcome: UntypedOutcome = { entities: [], retries: [], rejections: [] };
  for (const { rows } of results) {
    for (const { request, row } of rows) {
      const { EnterpriseId, IntegrationId, operation } = request;
      const { entity } = operation;
      const version = versionOf(row);
      outcome.entities.push({ entity, EnterpriseId, IntegrationId, Id: row.Id, row, version });
    }
  }
  for (const { webhook, failure } of groupFailures(batch, results)) {
    const { reason, status, requestId, detail, retryAfterMs } = failure;
    if (isRetryReason(reason)) {
      const afterMs = retryAfterMs ?? backOffMs(attempt);
      outcome.retries.push({ webhook, reason, afterMs, status, requestId });
    } else {
      outcome.rejections.push({ webhook, reason, status, requestId, detail });
    }
  }
  return outcome;
}

interface FailureGroup {
  readonly failure: Failure;
  readonly webhook: GeneralWebhook & {
    readonly Events: WebhookEvent[];
    readonly UnknownEvents: UnknownEvent[];
  };
}

/** One webhook for all events of an enterprise and integration that failed in the same way. */
function groupFailures(
  batch: readonly GeneralWebhook[],
  results: readonly LaneResult[],
): Iterable<FailureGroup> {
  const eventsOf = createEventIndex(batch);
  const groups = new Map<string, FailureGroup>();

  function webhookOf({ EnterpriseId, IntegrationId }: Scope, failure: Failure) {
    const key = JSON.stringify([EnterpriseId, IntegrationId, failure]);
    const webhook = { EnterpriseId, IntegrationId, Events: [], UnknownEvents: [] };
    const group = groups.get(key) ?? { failure, webhook };
    groups.set(key, group);
    return group.webhook;
  }

  for (const { failures } of results) {
    for (const { request, ids, failure } of failures) {
      const { Events } = webhookOf(request, failure);
      for (const event of eventsOf(request, ids)) Events.push(event);
    }
  }
  const unknown = failureWithoutResponse('unknown_event');
  for (const webhook of batch) {
    for (const event of webhook.UnknownEvents)
      webhookOf(webhook, unknown).UnknownEvents.push(event);
  }
  return groups.values();
}

interface Scope {
  readonly EnterpriseId: string;
  readonly IntegrationId: string;
}
