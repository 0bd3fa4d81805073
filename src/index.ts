export { dedupeEvents } from './dedupe.js';
export { type Discriminator, discriminators, isDiscriminator } from './discriminators.js';
export {
  type ExpectedType,
  type ParseResult,
  type ReceivedType,
  type WebhookErrorCode,
  type WebhookIssue,
  type WebhookIssues,
  WebhookParseError,
} from './errors.js';
export type {
  CustomerAddedEvent,
  CustomerUpdatedEvent,
  EntityUpdatedData,
  EventOf,
  GeneralWebhook,
  MessageAddedEvent,
  PaymentUpdatedEvent,
  ResourceBlockUpdatedEvent,
  ResourceUpdatedEvent,
  ServiceOrderUpdatedEvent,
  UnknownEvent,
  WebhookEvent,
} from './events.js';
export { type FetchOperation, fetchOperations } from './operations.js';
export { type ParseOptions, parseWebhook, safeParseWebhook } from './parse.js';
export {
  type FetchRequest,
  type FetchTarget,
  type IncompleteFetchRequest,
  type PlanOptions,
  planFetches,
  type ReadyFetchRequest,
} from './plan.js';
export { type FetchedRow, type Reconciliation, reconcileFetch } from './reconcile.js';
export {
  type Connection,
  type ExtraProperties,
  type HttpRequest,
  type MissingProperties,
  toHttpRequest,
} from './request.js';
export {
  type JsonSchemaOptions,
  type JsonSchemaTarget,
  type WebhookSchema,
  webhookSchema,
} from './schema.js';
export { type TokenOptions, verifyToken } from './token.js';
