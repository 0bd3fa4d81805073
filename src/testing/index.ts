export { type CheckOptions, type CheckReport, type CheckResult, checkReceiver } from './check.js';
export {
  type DeliverOptions,
  type DeliveryAttempt,
  type DeliveryResult,
  deliver,
} from './deliver.js';
export type { FailureReason } from './exchange.js';
export { type CreateIntegrationWebhookOptions, createIntegrationWebhook } from './integration.js';
export { generalWebhookSample, integrationCreatedSample } from './samples.js';
export { type CreateWebhookOptions, createWebhook, type WebhookPayload } from './webhook.js';
