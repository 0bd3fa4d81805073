export { assertReceiver } from './assert.js';
export { checkReceiver } from './check.js';
export type { CheckAnnouncement, CheckOptions } from './check-options.js';
export type { CheckReport, CheckResult } from './check-result.js';
export { type ConnectorMock, type MockRow, startConnectorMock } from './connector/mock.js';
export type {
  ChangeOptions,
  ConnectorFault,
  ConnectorMockOptions,
  FailOptions,
  MockIntegration,
} from './connector/options.js';
export type { RecordedRequest } from './connector/record.js';
export type { PlacedRow, StoredRow } from './connector/store.js';
export {
  type DeliverOptions,
  type DeliveryAttempt,
  type DeliveryResult,
  deliver,
} from './deliver.js';
export type { FailureReason } from './failure.js';
export { type CreateIntegrationWebhookOptions, createIntegrationWebhook } from './integration.js';
export { generalWebhookSample, integrationCreatedSample } from './samples.js';
export {
  type CreateWebhookOptions,
  createEvent,
  createWebhook,
  type WebhookPayload,
} from './webhook.js';
