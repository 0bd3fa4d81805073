/** One tax of an amount. */
export interface TaxValue {
  /** Code of the tax rate. */
  readonly Code: string;
  /** The tax, in the currency of the amount. */
  readonly Value: number;
}

/** The part of an amount to which one tax rate applies. */
export interface TaxBreakdownItem {
  /** Code of the tax rate; absent or `null` for what is not taxed. */
  readonly TaxRateCode?: string | null;
  /** What the tax is computed from, in the currency of the amount. */
  readonly NetValue: number;
  /** The tax, in the currency of the amount. */
  readonly TaxValue: number;
}

/** An amount by tax rate. */
export interface TaxBreakdown {
  /** One item for each tax rate. */
  readonly Items: readonly TaxBreakdownItem[];
}

/** A sum of money. */
export interface Amount {
  /** ISO 4217 code of the currency. */
  readonly Currency: string;
  /** The sum without taxes, in units of the currency. */
  readonly NetValue: number;
  /** The sum with taxes, in units of the currency. */
  readonly GrossValue: number;
  /** The taxes. */
  readonly TaxValues: readonly TaxValue[];
  /** The sum by tax rate. */
  readonly Breakdown: TaxBreakdown;
}

/** A sum of money of a card transaction. All but the currency can be missing. */
export interface ExtendedAmount {
  /** ISO 4217 code of the currency. */
  readonly Currency: string;
  /** The sum without taxes, in units of the currency. */
  readonly NetValue?: number | null;
  /** The sum with taxes, in units of the currency. */
  readonly GrossValue?: number | null;
  /** The taxes. */
  readonly TaxValues?: readonly TaxValue[] | null;
  /** The sum by tax rate. */
  readonly Breakdown?: TaxBreakdown | null;
}
