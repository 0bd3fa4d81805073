/** How a customer is addressed: a value to be translated, not to be shown. */
export type Title = 'Mister' | 'Miss' | 'Misses' | (string & {});

/** Sex of a customer. */
export type Sex = 'Male' | 'Female' | (string & {});

/** A mark that the staff gave a customer. */
export type CustomerClassification =
  | 'PaymasterAccount'
  | 'Media'
  | 'LoyaltyProgram'
  | 'PreviousComplaint'
  | 'Returning'
  | 'Staff'
  | 'FriendOrFamily'
  | 'TopManagement'
  | 'Important'
  | 'VeryImportant'
  | 'Problematic'
  | 'Cashlist'
  | 'DisabledPerson'
  | 'Military'
  | 'Airline'
  | 'HealthCompliant'
  | 'InRoom'
  | 'WaitingForRoom'
  | 'Student'
  | 'Blocklist'
  | (string & {});

/** A consent or an objection of a customer. */
export type CustomerOption =
  | 'None'
  | 'SendMarketingEmails'
  | 'Invoiceable'
  | 'BillAddressObjection'
  | 'SendMarketingPostalMail'
  | 'SendPartnerMarketingEmails'
  | 'SendPartnerMarketingPostalMail'
  | 'WithdrawCardConsent'
  | 'GuestPhotoConsent'
  | 'IdPhotosConsent'
  | (string & {});

/** A feature of a space that a customer prefers. */
export type ResourceFeatureClassification =
  | 'SeaView'
  | 'RiverView'
  | 'OceanView'
  | 'TwinBeds'
  | 'DoubleBed'
  | 'RollawayBed'
  | 'UpperBed'
  | 'LowerBed'
  | 'Balcony'
  | 'AccessibleBathroom'
  | 'AccessibleRoom'
  | 'ElevatorAccess'
  | 'HighFloor'
  | 'Kitchenette'
  | 'AirConditioning'
  | 'PrivateJacuzzi'
  | 'PrivateSauna'
  | 'EnsuiteRoom'
  | 'PrivateBathroom'
  | 'SharedBathroom'
  | (string & {});

/**
 * A row of `Customer`, as documented 2026-08-07. Times are text in ISO 8601, UTC. A row can hold more
 * than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/customers#get-all-customers
 */
export interface Customer {
  /** Identifier of the customer: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the chain whose properties share the customer. */
  readonly ChainId: string;
  /** Number of the customer; at most 19 characters. */
  readonly Number: string;
  /** How to address the customer. */
  readonly Title?: Title | null;
  /** Sex. */
  readonly Sex?: Sex | null;
  /** First name. */
  readonly FirstName?: string | null;
  /** Last name. */
  readonly LastName: string;
  /** Second last name. */
  readonly SecondLastName?: string | null;
  /** Nationality, as an ISO 3166-1 country code. */
  readonly NationalityCode?: string | null;
  /** The language that the profile asks for, such as `en-GB`. */
  readonly PreferredLanguageCode?: string | null;
  /** The language that Mews derives from all it knows, such as `en-GB`. */
  readonly LanguageCode?: string | null;
  /** Date of birth, as an ISO 8601 date. */
  readonly BirthDate?: string | null;
  /** Country of birth, as an ISO 3166-1 code. */
  readonly BirthCountryCode?: string | null;
  /** Region of birth, as an ISO 3166-2 code. */
  readonly BirthCountrySubdivisionCode?: string | null;
  /** Place of birth. */
  readonly BirthPlace?: string | null;
  /** Occupation. */
  readonly Occupation?: string | null;
  /** Email address. */
  readonly Email?: string | null;
  /** Whether the email address is a temporary one of an online travel agency. */
  readonly HasOtaEmail: boolean;
  /** Phone number. */
  readonly Phone?: string | null;
  /** Tax identification number. */
  readonly TaxIdentificationNumber?: string | null;
  /** Code of the loyalty membership. */
  readonly LoyaltyCode?: string | null;
  /** Code for accounting. */
  readonly AccountingCode?: string | null;
  /** Code for billing. */
  readonly BillingCode?: string | null;
  /** Internal notes, as free text. */
  readonly Notes?: string | null;
  /** Number plate of the car; at most 255 characters. */
  readonly CarRegistrationNumber?: string | null;
  /** What the customer does not eat; at most 255 characters. */
  readonly DietaryRequirements?: string | null;
  /** When the customer was created. */
  readonly CreatedUtc: string;
  /** When the customer was changed last. */
  readonly UpdatedUtc: string;
  /** Identifier of the address. */
  readonly AddressId?: string | null;
  /** Marks that the staff gave. */
  readonly Classifications: readonly CustomerClassification[];
  /** Consents and objections. */
  readonly Options: readonly CustomerOption[];
  /** Destination code of Italian electronic invoices. */
  readonly ItalianDestinationCode?: string | null;
  /** Italian fiscal code. */
  readonly ItalianFiscalCode?: string | null;
  /** Italian lottery code. */
  readonly ItalianLotteryCode?: string | null;
  /** Identifier of the company that the customer belongs to. */
  readonly CompanyId?: string | null;
  /** Identifier of the customer that this one was merged into. */
  readonly MergeTargetId?: string | null;
  /** `false` once the customer was deleted. */
  readonly IsActive: boolean;
  /** Features of a space that the customer prefers. */
  readonly PreferredSpaceFeatures: readonly ResourceFeatureClassification[];
  /** Identifier of the profile that created the customer. */
  readonly CreatorProfileId: string;
  /** Identifier of the profile that changed the customer last. */
  readonly UpdaterProfileId: string;
}
