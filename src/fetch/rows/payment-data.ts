import type { ExtendedAmount } from './amount.js';

/** Which of the properties of a payment's data holds it. */
export type PaymentDataDiscriminator =
  | 'CreditCard'
  | 'Invoice'
  | 'External'
  | 'Ghost'
  | 'Alternative'
  | (string & {});

/** What an invoice payment is for. */
export type InvoicePaymentType =
  | 'Receivable'
  | 'Balancing'
  | 'UnderpaymentBalancingReceivable'
  | 'OverpaymentBalancingReceivable'
  | 'Overpayment'
  | (string & {});

/** How a payment outside of Mews was made. */
export type ExternalPaymentType =
  | 'Unspecified'
  | 'BadDebts'
  | 'Bacs'
  | 'WireTransfer'
  | 'Invoice'
  | 'ExchangeRateDifference'
  | 'Complimentary'
  | 'Reseller'
  | 'ExchangeRoundingDifference'
  | 'Barter'
  | 'Commission'
  | 'BankCharges'
  | 'CrossSettlement'
  | 'Cash'
  | 'Prepayment'
  | 'Cheque'
  | 'Bancontact'
  | 'GiftCard'
  | 'LoyaltyPoints'
  | 'ChequeVacances'
  | 'CardCheck'
  | 'PaymentHubRedirection'
  | 'Voucher'
  | 'Twint'
  | 'Reka'
  | 'LoyaltyCard'
  | 'PosDiningAndSpaReward'
  | 'DirectDebit'
  | 'DepositCheck'
  | 'DepositCash'
  | 'DepositWireTransfer'
  | (string & {});

/** The method of an alternative payment. */
export type AlternativePaymentMethodType =
  | 'Ideal'
  | 'ApplePay'
  | 'GooglePay'
  | 'SepaDirectDebit'
  | 'PayPal'
  | 'WireTransfer'
  | (string & {});

/** The transaction of a card payment. */
export interface CreditCardTransaction {
  /** Identifier of the payment at the payment processor. */
  readonly PaymentId: string;
  /** Identifier of the settlement. */
  readonly SettlementId?: string | null;
  /** When it was settled. */
  readonly SettledUtc?: string | null;
  /** The fee. */
  readonly Fee?: ExtendedAmount | null;
  /** The fee after adjustments. */
  readonly AdjustedFee?: ExtendedAmount | null;
  /** What was charged. */
  readonly ChargedAmount: ExtendedAmount;
  /** What was settled. */
  readonly SettledAmount?: ExtendedAmount | null;
}

/** A payment by card. */
export interface CreditCardPaymentData {
  /** Identifier of the card. */
  readonly CreditCardId?: string | null;
  /** The transaction. */
  readonly Transaction?: CreditCardTransaction | null;
}

/** A payment by invoice. */
export interface InvoicePaymentData {
  /** Identifier of the invoice. */
  readonly InvoiceId?: string | null;
  /** What the payment is for. */
  readonly Type: InvoicePaymentType;
}

/** A payment that was made outside of Mews. */
export interface ExternalPaymentData {
  /** How it was made. */
  readonly Type: ExternalPaymentType;
  /** Its identifier in the other system. */
  readonly ExternalIdentifier?: string | null;
}

/** A payment that stands for another one. */
export interface GhostPaymentData {
  /** Identifier of the other payment. */
  readonly OriginalPaymentId: string;
}

/** A payment by another method, such as a wallet. */
export interface AlternativePaymentData {
  /** The method. */
  readonly Type: AlternativePaymentMethodType;
}

/** How a payment was made: the discriminator names the property that holds it. */
export interface PaymentData {
  /** Which of the others is there. */
  readonly Discriminator: PaymentDataDiscriminator;
  /** A payment by card. */
  readonly CreditCard?: CreditCardPaymentData | null;
  /** A payment by invoice. */
  readonly Invoice?: InvoicePaymentData | null;
  /** A payment that was made outside of Mews. */
  readonly External?: ExternalPaymentData | null;
  /** A payment that stands for another one. */
  readonly Ghost?: GhostPaymentData | null;
  /** A payment by another method. */
  readonly Alternative?: AlternativePaymentData | null;
}
