/** Whether a resource is ready for a guest. */
export type ResourceState =
  | 'Dirty'
  | 'Clean'
  | 'Inspected'
  | 'OutOfService'
  | 'OutOfOrder'
  | (string & {});

/** What a resource is. */
export type ResourceDataDiscriminator = 'Space' | 'Object' | 'Person' | (string & {});

/** Texts by language and culture code, such as `en-US`. */
export interface LocalizedText {
  readonly [languageCode: string]: string;
}

/** What only a space has. Other kinds of resources leave these properties out. */
export interface SpaceResourceData {
  /** The floor that the space is on. Every space has it. */
  readonly FloorNumber?: string | null;
  /** Where to find the space, as free text. */
  readonly LocationNotes?: string | null;
}

/** What a resource has because of its kind. */
export interface ResourceData {
  /** The kind. */
  readonly Discriminator: ResourceDataDiscriminator;
  /** Properties of that kind. */
  readonly Value: SpaceResourceData;
}

/**
 * A row of `Resource`, such as a room, as documented 2026-08-07. Times are text in ISO 8601, UTC.
 * A row can hold more than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/resources#get-all-resources
 */
export interface Resource {
  /** Identifier of the resource: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the enterprise that it belongs to. */
  readonly EnterpriseId: string;
  /** `false` once it is no longer in use. */
  readonly IsActive: boolean;
  /** Identifier of the resource that contains it, as a room contains its beds. */
  readonly ParentResourceId?: string | null;
  /** Its name, such as a room number. */
  readonly Name: string;
  /** Whether it is ready for a guest. */
  readonly State: ResourceState;
  /** Its description in each language. */
  readonly Descriptions: LocalizedText;
  /** When it was created. */
  readonly CreatedUtc: string;
  /** When it was changed last. */
  readonly UpdatedUtc: string;
  /** What it has because of its kind. */
  readonly Data: ResourceData;
  /** The name that guests see, in each language. */
  readonly ExternalNames: LocalizedText;
  /** How to get there, in each language. */
  readonly Directions: LocalizedText;
}
