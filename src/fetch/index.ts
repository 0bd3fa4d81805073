export type { FetchFunction, FetchInit, FetchResponse, FetchSignal } from './client.js';
export { eventsOf } from './events.js';
export { fetchEntities } from './fetch-entities.js';
export type { FetchOptions, MaybePromise } from './options.js';
export type {
  FetchedEntity,
  FetchOutcome,
  FetchRejection,
  FetchRetry,
  RejectionReason,
  RetryReason,
} from './outcome.js';
export type {
  Amount,
  ExtendedAmount,
  TaxBreakdown,
  TaxBreakdownItem,
  TaxValue,
} from './rows/amount.js';
export type {
  Customer,
  CustomerClassification,
  CustomerOption,
  ResourceFeatureClassification,
  Sex,
  Title,
} from './rows/customer.js';
export type { Message, Sender, SenderDiscriminator } from './rows/message.js';
export type {
  OrderItemAccountingState,
  Payment,
  PaymentKind,
  PaymentOrigin,
  PaymentState,
  PaymentType,
} from './rows/payment.js';
export type {
  AlternativePaymentData,
  AlternativePaymentMethodType,
  CreditCardPaymentData,
  CreditCardTransaction,
  ExternalPaymentData,
  ExternalPaymentType,
  GhostPaymentData,
  InvoicePaymentData,
  InvoicePaymentType,
  PaymentData,
  PaymentDataDiscriminator,
} from './rows/payment-data.js';
export type {
  AccountType,
  AgeCategoryParameters,
  CommanderOrigin,
  Reservation,
  ReservationCancellationReason,
  ReservationPurpose,
  ServiceOrderOptions,
  ServiceOrderOrigin,
  ServiceOrderState,
} from './rows/reservation.js';
export type {
  LocalizedText,
  Resource,
  ResourceData,
  ResourceDataDiscriminator,
  ResourceState,
  SpaceResourceData,
} from './rows/resource.js';
export type { ResourceBlock, ResourceBlockType } from './rows/resource-block.js';
export type { CustomRows, EntityName, EntityRows, RowOf } from './rows.js';
