// uses Connection of mews-webhooks
// uses ExtraProperties of mews-webhooks
// uses FetchRequest of mews-webhooks
// uses GeneralWebhook of mews-webhooks

export type AccountType = 'Company' | 'Customer' | (string & {});

export interface AgeCategoryParameters {
    readonly AgeCategoryId: string;
    readonly Count: number;
}

export interface AlternativePaymentData {
    readonly Type: AlternativePaymentMethodType;
}

export type AlternativePaymentMethodType = 'Ideal' | 'ApplePay' | 'GooglePay' | 'SepaDirectDebit' | 'PayPal' | 'WireTransfer' | (string & {});

export interface Amount {
    readonly Currency: string;
    readonly NetValue: number;
    readonly GrossValue: number;
    readonly TaxValues: readonly TaxValue[];
    readonly Breakdown: TaxBreakdown;
}

export type CommanderOrigin = 'InPerson' | 'Channel' | 'Phone' | 'Email' | 'Website' | 'Message' | 'CallCenter' | 'RoomingList' | (string & {});

export interface CreditCardPaymentData {
    readonly CreditCardId?: string | null;
    readonly Transaction?: CreditCardTransaction | null;
}

export interface CreditCardTransaction {
    readonly PaymentId: string;
    readonly SettlementId?: string | null;
    readonly SettledUtc?: string | null;
    readonly Fee?: ExtendedAmount | null;
    readonly AdjustedFee?: ExtendedAmount | null;
    readonly ChargedAmount: ExtendedAmount;
    readonly SettledAmount?: ExtendedAmount | null;
}

export type CustomRows = {
    readonly [E in EntityName]?: {
        readonly Id: string;
    };
};

export interface Customer {
    readonly Id: string;
    readonly ChainId: string;
    readonly Number: string;
    readonly Title?: Title | null;
    readonly Sex?: Sex | null;
    readonly FirstName?: string | null;
    readonly LastName: string;
    readonly SecondLastName?: string | null;
    readonly NationalityCode?: string | null;
    readonly PreferredLanguageCode?: string | null;
    readonly LanguageCode?: string | null;
    readonly BirthDate?: string | null;
    readonly BirthCountryCode?: string | null;
    readonly BirthCountrySubdivisionCode?: string | null;
    readonly BirthPlace?: string | null;
    readonly Occupation?: string | null;
    readonly Email?: string | null;
    readonly HasOtaEmail: boolean;
    readonly Phone?: string | null;
    readonly TaxIdentificationNumber?: string | null;
    readonly LoyaltyCode?: string | null;
    readonly AccountingCode?: string | null;
    readonly BillingCode?: string | null;
    readonly Notes?: string | null;
    readonly CarRegistrationNumber?: string | null;
    readonly DietaryRequirements?: string | null;
    readonly CreatedUtc: string;
    readonly UpdatedUtc: string;
    readonly AddressId?: string | null;
    readonly Classifications: readonly CustomerClassification[];
    readonly Options: readonly CustomerOption[];
    readonly ItalianDestinationCode?: string | null;
    readonly ItalianFiscalCode?: string | null;
    readonly ItalianLotteryCode?: string | null;
    readonly CompanyId?: string | null;
    readonly MergeTargetId?: string | null;
    readonly IsActive: boolean;
    readonly PreferredSpaceFeatures: readonly ResourceFeatureClassification[];
    readonly CreatorProfileId: string;
    readonly UpdaterProfileId: string;
}

export type CustomerClassification = 'PaymasterAccount' | 'Media' | 'LoyaltyProgram' | 'PreviousComplaint' | 'Returning' | 'Staff' | 'FriendOrFamily' | 'TopManagement' | 'Important' | 'VeryImportant' | 'Problematic' | 'Cashlist' | 'DisabledPerson' | 'Military' | 'Airline' | 'HealthCompliant' | 'InRoom' | 'WaitingForRoom' | 'Student' | 'Blocklist' | (string & {});

export type CustomerOption = 'None' | 'SendMarketingEmails' | 'Invoiceable' | 'BillAddressObjection' | 'SendMarketingPostalMail' | 'SendPartnerMarketingEmails' | 'SendPartnerMarketingPostalMail' | 'WithdrawCardConsent' | 'GuestPhotoConsent' | 'IdPhotosConsent' | (string & {});

export type EntityName = keyof EntityRows;

export interface EntityRows {
    readonly ServiceOrder: Reservation;
    readonly Resource: Resource;
    readonly Message: Message;
    readonly ResourceBlock: ResourceBlock;
    readonly Customer: Customer;
    readonly Payment: Payment;
}

export interface ExtendedAmount {
    readonly Currency: string;
    readonly NetValue?: number | null;
    readonly GrossValue?: number | null;
    readonly TaxValues?: readonly TaxValue[] | null;
    readonly Breakdown?: TaxBreakdown | null;
}

export interface ExternalPaymentData {
    readonly Type: ExternalPaymentType;
    readonly ExternalIdentifier?: string | null;
}

export type ExternalPaymentType = 'Unspecified' | 'BadDebts' | 'Bacs' | 'WireTransfer' | 'Invoice' | 'ExchangeRateDifference' | 'Complimentary' | 'Reseller' | 'ExchangeRoundingDifference' | 'Barter' | 'Commission' | 'BankCharges' | 'CrossSettlement' | 'Cash' | 'Prepayment' | 'Cheque' | 'Bancontact' | 'GiftCard' | 'LoyaltyPoints' | 'ChequeVacances' | 'CardCheck' | 'PaymentHubRedirection' | 'Voucher' | 'Twint' | 'Reka' | 'LoyaltyCard' | 'PosDiningAndSpaReward' | 'DirectDebit' | 'DepositCheck' | 'DepositCash' | 'DepositWireTransfer' | (string & {});

export type FetchFunction = (url: string, init: FetchInit) => PromiseLike<FetchResponse>;

export interface FetchInit {
    readonly method: 'POST';
    readonly headers: {
        readonly 'Content-Type': 'application/json';
    };
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: FetchSignal;
}

export interface FetchOptions {
    readonly connectionOf: (integrationId: string, enterpriseId: string) => MaybePromise<Connection | undefined>;
    readonly messageThreadIdsOf?: ((enterpriseId: string, integrationId: string) => MaybePromise<readonly string[] | undefined>) | undefined;
    readonly extraOf?: ((request: FetchRequest) => MaybePromise<ExtraProperties | undefined>) | undefined;
    readonly fetch?: FetchFunction | undefined;
    readonly attempt?: number | undefined;
    readonly maxIds?: number | undefined;
    readonly timeoutMs?: number | undefined;
    readonly signal?: FetchSignal | undefined;
}

export interface FetchOutcome<Rows extends CustomRows = EntityRows> {
    readonly entities: FetchedEntity<Rows>[];
    readonly retries: FetchRetry[];
    readonly rejections: FetchRejection[];
}

export interface FetchRejection {
    readonly webhook: GeneralWebhook;
    readonly reason: RejectionReason;
    readonly status: number | null;
    readonly requestId: string | null;
    readonly detail: string | null;
}

export interface FetchResponse {
    readonly status: number;
    readonly headers: {
        get(name: string): string | null;
    };
    text(): PromiseLike<string>;
}

export interface FetchRetry {
    readonly webhook: GeneralWebhook;
    readonly reason: RetryReason;
    readonly afterMs: number;
    readonly status: number | null;
    readonly requestId: string | null;
}

export type FetchSignal = typeof globalThis extends {
    AbortSignal: {
        prototype: infer Signal;
    };
} ? Signal : {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: 'abort', listener: () => void): void;
    removeEventListener(type: 'abort', listener: () => void): void;
};

export type FetchedEntity<Rows extends CustomRows = EntityRows> = {
    readonly [E in EntityName]: {
        readonly entity: E;
        readonly EnterpriseId: string;
        readonly IntegrationId: string;
        readonly Id: string;
        readonly row: RowOf<Rows, E>;
        readonly version: string;
    };
}[EntityName];

export interface GhostPaymentData {
    readonly OriginalPaymentId: string;
}

export interface InvoicePaymentData {
    readonly InvoiceId?: string | null;
    readonly Type: InvoicePaymentType;
}

export type InvoicePaymentType = 'Receivable' | 'Balancing' | 'UnderpaymentBalancingReceivable' | 'OverpaymentBalancingReceivable' | 'Overpayment' | (string & {});

export interface LocalizedText {
    readonly [languageCode: string]: string;
}

export type MaybePromise<T> = T | PromiseLike<T>;

export interface Message {
    readonly Id: string;
    readonly MessageThreadId: string;
    readonly Text: string;
    readonly Sender: Sender;
    readonly CreatedUtc: string;
}

export type OrderItemAccountingState = 'Open' | 'Closed' | 'Inactive' | 'Canceled' | (string & {});

export interface Payment {
    readonly Id: string;
    readonly EnterpriseId: string;
    readonly AccountId: string;
    readonly AccountType: AccountType;
    readonly PaymentRequestId?: string | null;
    readonly BillId?: string | null;
    readonly ReservationId?: string | null;
    readonly AccountingCategoryId?: string | null;
    readonly Amount: Amount;
    readonly OriginalAmount: Amount;
    readonly Notes?: string | null;
    readonly SettlementId?: string | null;
    readonly ConsumedUtc?: string | null;
    readonly ClosedUtc?: string | null;
    readonly ChargedUtc?: string | null;
    readonly CreatedUtc: string;
    readonly UpdatedUtc: string;
    readonly SettlementUtc: string;
    readonly AccountingState: OrderItemAccountingState;
    readonly State: PaymentState;
    readonly Identifier?: string | null;
    readonly Type: PaymentType;
    readonly Kind?: PaymentKind | null;
    readonly Data?: PaymentData | null;
    readonly PaymentOrigin?: PaymentOrigin | null;
}

export interface PaymentData {
    readonly Discriminator: PaymentDataDiscriminator;
    readonly CreditCard?: CreditCardPaymentData | null;
    readonly Invoice?: InvoicePaymentData | null;
    readonly External?: ExternalPaymentData | null;
    readonly Ghost?: GhostPaymentData | null;
    readonly Alternative?: AlternativePaymentData | null;
}

export type PaymentDataDiscriminator = 'CreditCard' | 'Invoice' | 'External' | 'Ghost' | 'Alternative' | (string & {});

export type PaymentKind = 'Payment' | 'Chargeback' | 'ChargebackReversal' | 'Refund' | (string & {});

export type PaymentOrigin = 'Other' | 'System' | 'Operations' | 'AutomaticPayment' | 'PaymentRequest' | 'BookingEngine' | 'Api' | 'Terminal' | 'ChannelManager' | 'OnlineCheckout' | 'BillBalancing' | 'OnlineCheckin' | 'PointOfSales' | 'PaymentToInvoiceLinking' | (string & {});

export type PaymentState = 'Charged' | 'Canceled' | 'Pending' | 'Failed' | 'Verifying' | (string & {});

export type PaymentType = 'Payment' | 'CreditCardPayment' | 'AlternativePayment' | 'CashPayment' | 'InvoicePayment' | 'ExternalPayment' | 'GhostPayment' | 'TaxDeductedPayment' | (string & {});

export type RejectionReason = 'invalid_request' | 'unauthorized' | 'no_connection' | 'no_message_threads' | 'unknown_event';

export interface Reservation {
    readonly Id: string;
    readonly ServiceId: string;
    readonly AccountId: string;
    readonly AccountType: AccountType;
    readonly CreatorProfileId: string;
    readonly UpdaterProfileId: string;
    readonly BookerId?: string | null;
    readonly Number: string;
    readonly State: ServiceOrderState;
    readonly Origin: ServiceOrderOrigin;
    readonly CommanderOrigin?: CommanderOrigin | null;
    readonly OriginDetails?: string | null;
    readonly CreatedUtc: string;
    readonly UpdatedUtc: string;
    readonly CancelledUtc?: string | null;
    readonly VoucherId?: string | null;
    readonly BusinessSegmentId?: string | null;
    readonly Options: ServiceOrderOptions;
    readonly RateId: string;
    readonly CreditCardId?: string | null;
    readonly GroupId: string;
    readonly RequestedResourceCategoryId: string;
    readonly AssignedResourceId?: string | null;
    readonly AvailabilityBlockId?: string | null;
    readonly PartnerCompanyId?: string | null;
    readonly TravelAgencyId?: string | null;
    readonly AssignedResourceLocked: boolean;
    readonly ChannelNumber?: string | null;
    readonly ChannelManagerNumber?: string | null;
    readonly CancellationReason?: ReservationCancellationReason | null;
    readonly ReleasedUtc?: string | null;
    readonly ScheduledStartUtc: string;
    readonly ActualStartUtc?: string | null;
    readonly ScheduledEndUtc: string;
    readonly ActualEndUtc?: string | null;
    readonly Purpose?: ReservationPurpose | null;
    readonly QrCodeData?: string | null;
    readonly PersonCounts: readonly AgeCategoryParameters[];
}

export type ReservationCancellationReason = 'Other' | 'ConfirmationMissed' | 'BookedElsewhere' | 'ForceMajeure' | 'GuestComplaint' | 'NoShow' | 'PriceTooHigh' | 'ServiceNotAvailable' | 'InputError' | 'InvalidPayment' | 'TravelAgency' | 'RequestedByGuest' | 'Update' | 'BookingAbandoned' | 'RequestedByBooker' | (string & {});

export type ReservationPurpose = 'Leisure' | 'Business' | 'Student' | (string & {});

export interface Resource {
    readonly Id: string;
    readonly EnterpriseId: string;
    readonly IsActive: boolean;
    readonly ParentResourceId?: string | null;
    readonly Name: string;
    readonly State: ResourceState;
    readonly Descriptions: LocalizedText;
    readonly CreatedUtc: string;
    readonly UpdatedUtc: string;
    readonly Data: ResourceData;
    readonly ExternalNames: LocalizedText;
    readonly Directions: LocalizedText;
}

export interface ResourceBlock {
    readonly Id: string;
    readonly EnterpriseId: string;
    readonly AssignedResourceId: string;
    readonly IsActive: boolean;
    readonly Type: ResourceBlockType;
    readonly StartUtc: string;
    readonly EndUtc: string;
    readonly CreatedUtc: string;
    readonly UpdatedUtc: string;
    readonly DeletedUtc?: string | null;
    readonly Name: string;
    readonly Notes?: string | null;
}

export type ResourceBlockType = 'OutOfOrder' | 'InternalUse' | (string & {});

export interface ResourceData {
    readonly Discriminator: ResourceDataDiscriminator;
    readonly Value: SpaceResourceData;
}

export type ResourceDataDiscriminator = 'Space' | 'Object' | 'Person' | (string & {});

export type ResourceFeatureClassification = 'SeaView' | 'RiverView' | 'OceanView' | 'TwinBeds' | 'DoubleBed' | 'RollawayBed' | 'UpperBed' | 'LowerBed' | 'Balcony' | 'AccessibleBathroom' | 'AccessibleRoom' | 'ElevatorAccess' | 'HighFloor' | 'Kitchenette' | 'AirConditioning' | 'PrivateJacuzzi' | 'PrivateSauna' | 'EnsuiteRoom' | 'PrivateBathroom' | 'SharedBathroom' | (string & {});

export type ResourceState = 'Dirty' | 'Clean' | 'Inspected' | 'OutOfService' | 'OutOfOrder' | (string & {});

export type RetryReason = 'not_found' | 'rate_limited' | 'timeout' | 'server_error' | 'network_error';

export type RowOf<Rows extends CustomRows, E extends EntityName> = E extends keyof Rows ? Rows[E] : EntityRows[E];

export interface Sender {
    readonly Discriminator: SenderDiscriminator;
    readonly Value?: unknown;
}

export type SenderDiscriminator = 'Enterprise' | 'Application' | (string & {});

export interface ServiceOrderOptions {
    readonly OwnerCheckedIn: boolean;
    readonly AllCompanionsCheckedIn: boolean;
    readonly AnyCompanionCheckedIn: boolean;
    readonly ConnectorCheckIn: boolean;
}

export type ServiceOrderOrigin = 'Distributor' | 'ChannelManager' | 'Commander' | 'Import' | 'Connector' | 'Navigator' | (string & {});

export type ServiceOrderState = 'Inquired' | 'Confirmed' | 'Started' | 'Processed' | 'Canceled' | 'Optional' | 'Requested' | (string & {});

export type Sex = 'Male' | 'Female' | (string & {});

export interface SpaceResourceData {
    readonly FloorNumber?: string | null;
    readonly LocationNotes?: string | null;
}

export interface TaxBreakdown {
    readonly Items: readonly TaxBreakdownItem[];
}

export interface TaxBreakdownItem {
    readonly TaxRateCode?: string | null;
    readonly NetValue: number;
    readonly TaxValue: number;
}

export interface TaxValue {
    readonly Code: string;
    readonly Value: number;
}

export type Title = 'Mister' | 'Miss' | 'Misses' | (string & {});

export declare function eventsOf(webhooks: GeneralWebhook | Iterable<GeneralWebhook>, request: FetchRequest, ids?: readonly string[]): GeneralWebhook;

export declare function fetchEntities<Rows extends CustomRows = EntityRows>(webhooks: GeneralWebhook | Iterable<GeneralWebhook>, options: FetchOptions): Promise<FetchOutcome<Rows>>;
