import type { Amount } from './amount.js';
import type { PaymentData } from './payment-data.js';
import type { AccountType } from './reservation.js';

/** Whether a payment still counts for accounting. */
export type OrderItemAccountingState = 'Open' | 'Closed' | 'Inactive' | 'Canceled' | (string & {});

/** How far a payment has come. */
export type PaymentState =
  | 'Charged'
  | 'Canceled'
  | 'Pending'
  | 'Failed'
  | 'Verifying'
  | (string & {});

/** How a payment was made. */
export type PaymentType =
  | 'Payment'
  | 'CreditCardPayment'
  | 'AlternativePayment'
  | 'CashPayment'
  | 'InvoicePayment'
  | 'ExternalPayment'
  | 'GhostPayment'
  | 'TaxDeductedPayment'
  | (string & {});

/** Whether money came or went, and why. */
export type PaymentKind =
  | 'Payment'
  | 'Chargeback'
  | 'ChargebackReversal'
  | 'Refund'
  | (string & {});

/** Where a payment was made. */
export type PaymentOrigin =
  | 'Other'
  | 'System'
  | 'Operations'
  | 'AutomaticPayment'
  | 'PaymentRequest'
  | 'BookingEngine'
  | 'Api'
  | 'Terminal'
  | 'ChannelManager'
  | 'OnlineCheckout'
  | 'BillBalancing'
  | 'OnlineCheckin'
  | 'PointOfSales'
  | 'PaymentToInvoiceLinking'
  | (string & {});

/**
 * A row of `Payment`, as documented 2026-08-07. Times are text in ISO 8601, UTC. A row can hold more
 * than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/payments#get-all-payments
 */
export interface Payment {
  /** Identifier of the payment: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the enterprise that it belongs to. */
  readonly EnterpriseId: string;
  /** Identifier of the customer or company whose account it is on; see `AccountType`. */
  readonly AccountId: string;
  /** What `AccountId` identifies. */
  readonly AccountType: AccountType;
  /** Identifier of the payment request that it settles. */
  readonly PaymentRequestId?: string | null;
  /** Identifier of the bill that it is on. */
  readonly BillId?: string | null;
  /** Identifier of the reservation that it is for. */
  readonly ReservationId?: string | null;
  /** Identifier of the accounting category. */
  readonly AccountingCategoryId?: string | null;
  /** The sum, in the currency of the enterprise. */
  readonly Amount: Amount;
  /** The sum in the currency in which it was paid. */
  readonly OriginalAmount: Amount;
  /** Notes, as free text. */
  readonly Notes?: string | null;
  /** Identifier of the settlement. */
  readonly SettlementId?: string | null;
  /** When it took effect for accounting. */
  readonly ConsumedUtc?: string | null;
  /** When its bill was closed. */
  readonly ClosedUtc?: string | null;
  /** When it was charged. */
  readonly ChargedUtc?: string | null;
  /** When it was created. */
  readonly CreatedUtc: string;
  /** When it was changed last. */
  readonly UpdatedUtc: string;
  /** When it was settled. */
  readonly SettlementUtc: string;
  /** Whether it still counts for accounting. */
  readonly AccountingState: OrderItemAccountingState;
  /** How far it has come. */
  readonly State: PaymentState;
  /** Its identifier at the payment processor, or the number of a receipt. */
  readonly Identifier?: string | null;
  /** How it was made. */
  readonly Type: PaymentType;
  /** Whether money came or went, and why. */
  readonly Kind?: PaymentKind | null;
  /** More about how it was made. */
  readonly Data?: PaymentData | null;
  /** Where it was made. */
  readonly PaymentOrigin?: PaymentOrigin | null;
}
