export {
  parseAnyWebhook,
  parseIntegrationWebhook,
  safeParseAnyWebhook,
  safeParseIntegrationWebhook,
} from './parse.js';
export type {
  AnyWebhook,
  IntegrationAction,
  IntegrationApiKeyCreatedData,
  IntegrationCreatedData,
  IntegrationData,
  IntegrationDataByAction,
  IntegrationDeletedData,
  IntegrationWebhook,
  IntegrationWebhookOf,
  NamedEntity,
  Requestor,
  UnknownIntegrationWebhook,
} from './webhooks.js';
