/** Whose account a bill or an order is on. */
export type AccountType = 'Company' | 'Customer' | (string & {});

/** How far a service order has come. `Started` is checked in, `Processed` is checked out. */
export type ServiceOrderState =
  | 'Inquired'
  | 'Confirmed'
  | 'Started'
  | 'Processed'
  | 'Canceled'
  | 'Optional'
  | 'Requested'
  | (string & {});

/** The system in which a service order was made. */
export type ServiceOrderOrigin =
  | 'Distributor'
  | 'ChannelManager'
  | 'Commander'
  | 'Import'
  | 'Connector'
  | 'Navigator'
  | (string & {});

/** The way in which an order of the origin `Commander` reached the property. */
export type CommanderOrigin =
  | 'InPerson'
  | 'Channel'
  | 'Phone'
  | 'Email'
  | 'Website'
  | 'Message'
  | 'CallCenter'
  | 'RoomingList'
  | (string & {});

/** Why a reservation was cancelled. */
export type ReservationCancellationReason =
  | 'Other'
  | 'ConfirmationMissed'
  | 'BookedElsewhere'
  | 'ForceMajeure'
  | 'GuestComplaint'
  | 'NoShow'
  | 'PriceTooHigh'
  | 'ServiceNotAvailable'
  | 'InputError'
  | 'InvalidPayment'
  | 'TravelAgency'
  | 'RequestedByGuest'
  | 'Update'
  | 'BookingAbandoned'
  | 'RequestedByBooker'
  | (string & {});

/** What the guests travel for. */
export type ReservationPurpose = 'Leisure' | 'Business' | 'Student' | (string & {});

/** Who has checked in, and how. */
export interface ServiceOrderOptions {
  /** Whether the owner of the reservation has checked in. */
  readonly OwnerCheckedIn: boolean;
  /** Whether every companion has checked in. */
  readonly AllCompanionsCheckedIn: boolean;
  /** Whether at least one companion has checked in. */
  readonly AnyCompanionCheckedIn: boolean;
  /** Whether the check-in was made through the Connector API. */
  readonly ConnectorCheckIn: boolean;
}

/** How many persons of one age category a reservation is for. */
export interface AgeCategoryParameters {
  /** Identifier of the age category. */
  readonly AgeCategoryId: string;
  /** Number of persons. */
  readonly Count: number;
}

/**
 * A row of `ServiceOrder`: a reservation, as documented 2026-08-07. Times are text in ISO 8601, UTC.
 * A row can hold more than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/reservations#get-all-reservations-ver-2023-06-06
 */
export interface Reservation {
  /** Identifier of the reservation: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the service that is reserved. */
  readonly ServiceId: string;
  /** Identifier of the customer or company whose account it is on; see `AccountType`. */
  readonly AccountId: string;
  /** What `AccountId` identifies. */
  readonly AccountType: AccountType;
  /** Identifier of the profile that created it. */
  readonly CreatorProfileId: string;
  /** Identifier of the profile that changed it last. */
  readonly UpdaterProfileId: string;
  /** Identifier of the customer who booked. */
  readonly BookerId?: string | null;
  /** Confirmation number in Mews. */
  readonly Number: string;
  /** How far it has come. */
  readonly State: ServiceOrderState;
  /** The system in which it was made. */
  readonly Origin: ServiceOrderOrigin;
  /** The way in which it reached the property, for the origin `Commander`. */
  readonly CommanderOrigin?: CommanderOrigin | null;
  /** More about the origin, as free text. */
  readonly OriginDetails?: string | null;
  /** When it was created. */
  readonly CreatedUtc: string;
  /** When it was changed last. */
  readonly UpdatedUtc: string;
  /** When it was cancelled. */
  readonly CancelledUtc?: string | null;
  /** Identifier of the voucher that was used. */
  readonly VoucherId?: string | null;
  /** Identifier of the business segment. */
  readonly BusinessSegmentId?: string | null;
  /** Who has checked in, and how. */
  readonly Options: ServiceOrderOptions;
  /** Identifier of the rate. */
  readonly RateId: string;
  /** Identifier of the credit card on file. */
  readonly CreditCardId?: string | null;
  /** Identifier of the group that it belongs to. */
  readonly GroupId: string;
  /** Identifier of the resource category that was asked for. */
  readonly RequestedResourceCategoryId: string;
  /** Identifier of the resource, such as a room, that it was given. */
  readonly AssignedResourceId?: string | null;
  /** Identifier of the availability block that it was booked from. */
  readonly AvailabilityBlockId?: string | null;
  /** Identifier of the company on whose behalf it was made. */
  readonly PartnerCompanyId?: string | null;
  /** Identifier of the travel agency that mediated it. */
  readonly TravelAgencyId?: string | null;
  /** Whether it must stay in the assigned resource. */
  readonly AssignedResourceLocked: boolean;
  /** Its number in the channel that it came from, such as an online travel agency. */
  readonly ChannelNumber?: string | null;
  /** Its number in the channel manager. */
  readonly ChannelManagerNumber?: string | null;
  /** Why it was cancelled. */
  readonly CancellationReason?: ReservationCancellationReason | null;
  /** When an optional reservation lapses unless it is confirmed. */
  readonly ReleasedUtc?: string | null;
  /** Planned arrival. */
  readonly ScheduledStartUtc: string;
  /** Check-in, once it has happened. */
  readonly ActualStartUtc?: string | null;
  /** Planned departure. */
  readonly ScheduledEndUtc: string;
  /** Check-out, once it has happened. */
  readonly ActualEndUtc?: string | null;
  /** What the guests travel for. */
  readonly Purpose?: ReservationPurpose | null;
  /** Content of a QR code that identifies it. */
  readonly QrCodeData?: string | null;
  /** How many persons it is for, by age category. */
  readonly PersonCounts: readonly AgeCategoryParameters[];
}
