export { type CheckOptions, type CheckReport, type CheckResult, checkReceiver } from './check.js';
export { type DeliverOptions, type Delivery, type DeliveryAttempt, deliver } from './deliver.js';
export type { FailureReason } from './exchange.js';
export { createIntegrationWebhook, type IntegrationWebhookOptions } from './integration.js';
export { generalWebhookSample, integrationCreatedSample } from './samples.js';
export { createWebhook, type WebhookMessage, type WebhookOptions } from './webhook.js';
