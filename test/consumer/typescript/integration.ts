// Uses the types of the shared endpoint as a strict project does, with the syntax of the oldest compiler.
import type { WebhookEvent } from 'mews-webhooks';
import {
  type IntegrationWebhook,
  parseAnyWebhook,
  parseIntegrationWebhook,
  safeParseAnyWebhook,
} from 'mews-webhooks/integration';

export function tokenOf(webhook: IntegrationWebhook): string | undefined {
  switch (webhook.Action) {
    case 'IntegrationCreated':
      return webhook.Data.AccessToken;
    case 'IntegrationApiKeyCreated':
      return webhook.Data.ApiKey;
    case 'IntegrationDeleted':
      // @ts-expect-error it carries none
      return webhook.Data.AccessToken;
    case 'IntegrationEnabled':
    case 'IntegrationDisabled':
    case 'IntegrationCanceled':
    case 'IntegrationReinstated':
      return undefined;
    default: {
      const never: never = webhook;
      return never;
    }
  }
}

export function receive(body: unknown): readonly WebhookEvent[] {
  const received = parseAnyWebhook(body);
  switch (received.kind) {
    case 'general':
      return received.webhook.Events;
    case 'integration':
      tokenOf(received.webhook);
      return [];
    case 'unknown-integration': {
      const action: string = received.Action;
      // @ts-expect-error nobody knows what it holds
      return received.Data.Integration ?? action;
    }
    default: {
      const never: never = received;
      return never;
    }
  }
}

export function kindOf(body: unknown): string {
  const webhook = parseIntegrationWebhook(body);
  if ('kind' in webhook) {
    const kind: 'unknown' = webhook.kind;
    return kind;
  }
  const result = safeParseAnyWebhook(body);
  return result.success ? webhook.Data.Integration.Id : result.error.code;
}
