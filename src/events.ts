import type { Discriminator } from './discriminators.js';

/**
 * What an event carries: the unique identifier of the entity, and nothing about what changed.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#entity-updated-data
 */
export interface EntityUpdatedData {
  /** Unique identifier of the entity. A non-empty string; no other format is promised. */
  readonly Id: string;
}

/**
 * The event of one discriminator; of several, their union.
 *
 * @typeParam D - One or more of the known discriminators.
 * @see https://docs.mews.com/connector-api/events/wh-general#event
 * @example
 * ```ts
 * import type { EventOf } from 'mews-webhooks';
 *
 * const customerIdOf = (event: EventOf<'CustomerAdded' | 'CustomerUpdated'>) => event.Value.Id;
 * ```
 */
export type EventOf<D extends Discriminator> = D extends Discriminator
  ? { readonly Discriminator: D; readonly Value: EntityUpdatedData }
  : never;

/** A reservation or another service order was created or changed. Covers the creation as well. */
export type ServiceOrderUpdatedEvent = EventOf<'ServiceOrderUpdated'>;

/** A resource, such as a room, was created or changed. */
export type ResourceUpdatedEvent = EventOf<'ResourceUpdated'>;

/** A message was added to a message thread. The thread's identifier is not in the event. */
export type MessageAddedEvent = EventOf<'MessageAdded'>;

/** A resource block was created, changed or deleted. */
export type ResourceBlockUpdatedEvent = EventOf<'ResourceBlockUpdated'>;

/** A customer was created. A {@link CustomerUpdatedEvent} for the same `Id` comes as well. */
export type CustomerAddedEvent = EventOf<'CustomerAdded'>;

/** A customer was created or changed. */
export type CustomerUpdatedEvent = EventOf<'CustomerUpdated'>;

/** A payment was created or changed. */
export type PaymentUpdatedEvent = EventOf<'PaymentUpdated'>;

/**
 * Any event that this version knows: a union to switch over by `Discriminator`.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#supported-events
 * @example
 * ```ts
 * import type { WebhookEvent } from 'mews-webhooks';
 *
 * function describe(event: WebhookEvent): string {
 *   switch (event.Discriminator) {
 *     case 'CustomerAdded':
 *       return `new customer ${event.Value.Id}`;
 *     default:
 *       return `${event.Discriminator} ${event.Value.Id}`;
 *   }
 * }
 * ```
 */
export type WebhookEvent = EventOf<Discriminator>;

/**
 * An event whose discriminator this version does not know. Mews adds events over time; respond
 * to them with 2xx.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#event
 */
export interface UnknownEvent {
  /** Any non-empty string but the known discriminators. */
  readonly Discriminator: string;
  /** As it came, unchecked. */
  readonly Value: unknown;
}

/**
 * One validated message: events of one enterprise and one integration. Properties that are not listed
 * here are kept in the value.
 *
 * @see https://docs.mews.com/connector-api/events/wh-general#request-body
 */
export interface GeneralWebhook {
  /** Unique identifier of the enterprise that the events belong to. */
  readonly EnterpriseId: string;
  /** Unique identifier of the integration that the events belong to; it decides the access token. */
  readonly IntegrationId: string;
  /** The events that this version knows, in the order of the message. */
  readonly Events: readonly WebhookEvent[];
  /** The events that this version does not know, in the order of the message. Usually empty. */
  readonly UnknownEvents: readonly UnknownEvent[];
}
