/** Why a resource can't be booked. */
export type ResourceBlockType = 'OutOfOrder' | 'InternalUse' | (string & {});

/**
 * A row of `ResourceBlock`: a time in which a resource can't be booked, as documented 2026-08-07.
 * Times are text in ISO 8601, UTC. A row can hold more than is listed here.
 *
 * @see https://docs.mews.com/connector-api/operations/resourceblocks#get-all-resource-blocks
 */
export interface ResourceBlock {
  /** Identifier of the block: the `Id` of the event. */
  readonly Id: string;
  /** Identifier of the enterprise that it belongs to. */
  readonly EnterpriseId: string;
  /** Identifier of the resource that is blocked. */
  readonly AssignedResourceId: string;
  /** `false` once the block was deleted. */
  readonly IsActive: boolean;
  /** Why the resource can't be booked. */
  readonly Type: ResourceBlockType;
  /** When the block begins. */
  readonly StartUtc: string;
  /** When the block ends. */
  readonly EndUtc: string;
  /** When the block was created. */
  readonly CreatedUtc: string;
  /** When the block was changed last. */
  readonly UpdatedUtc: string;
  /** When the block was deleted. */
  readonly DeletedUtc?: string | null;
  /** Its name. */
  readonly Name: string;
  /** Notes, as free text. */
  readonly Notes?: string | null;
}
