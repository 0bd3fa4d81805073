export { type IntegrationAction, integrationActions } from './actions.js';
export {
  parseAnyWebhook,
  parseIntegrationWebhook,
  safeParseAnyWebhook,
  safeParseIntegrationWebhook,
} from './parse.js';
export type {
  AnyWebhook,
  IntegrationApiKeyCreatedData,
  IntegrationCreatedData,
  IntegrationData,
  IntegrationDataByAction,
  IntegrationDeletedData,
  IntegrationWebhook,
  IntegrationWebhookOf,
  NamedEntity,
  OwnDataByAction,
  Requestor,
  UnknownIntegrationWebhook,
} from './webhooks.js';
