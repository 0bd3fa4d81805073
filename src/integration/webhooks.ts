import type { GeneralWebhook } from '../events.js';

/**
 * An enterprise, a service or an integration: what they have in common.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#integration
 */
export interface NamedEntity {
  readonly Id: string;
  /** For people; may be empty. */
  readonly Name: string;
}

/**
 * The person who asked for the integration.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#requestor
 */
export interface Requestor {
  readonly Name: string;
  readonly Email: string;
}

/**
 * What every known action carries.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-data
 */
export interface IntegrationData {
  /** Its `Id` is the `IntegrationId` of the General webhooks. */
  readonly Integration: NamedEntity;
}

/**
 * What a new integration comes with.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#integration-created-data
 */
export interface IntegrationCreatedData extends IntegrationData {
  readonly Enterprise: NamedEntity;
  readonly Service?: NamedEntity | null;
  readonly Requestor?: Requestor | null;
  /** Secret: fetches the entities of this integration. */
  readonly AccessToken: string;
  /** ISO 8601 by the documentation; not checked. */
  readonly CreatedUtc: string;
  readonly IsEnabled: boolean;
}

/**
 * What a deleted integration comes with.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#integration-deleted-data
 */
export interface IntegrationDeletedData extends IntegrationData {
  /** ISO 8601 by the documentation; not checked. */
  readonly DeletedUtc: string;
}

/**
 * What a regenerated API key comes with.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#integration-api-key-created-data
 */
export interface IntegrationApiKeyCreatedData extends IntegrationData {
  /** Secret: replaces the access token of this integration. */
  readonly ApiKey: string;
}

/** The `Data` of each action. */
export interface IntegrationDataByAction {
  readonly IntegrationCreated: IntegrationCreatedData;
  readonly IntegrationEnabled: IntegrationData;
  readonly IntegrationDisabled: IntegrationData;
  readonly IntegrationCanceled: IntegrationData;
  readonly IntegrationReinstated: IntegrationData;
  readonly IntegrationDeleted: IntegrationDeletedData;
  readonly IntegrationApiKeyCreated: IntegrationApiKeyCreatedData;
}

/**
 * The name of an action that this version of the library knows.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-action
 */
export type IntegrationAction = keyof IntegrationDataByAction;

/**
 * The Integration webhook of one action; of several, their union.
 *
 * @typeParam A - One or more of the known actions.
 * @see https://docs.mews.com/connector-api/events/wh-integration#request-body
 * @example
 * ```ts
 * import type { IntegrationWebhookOf } from 'mews-webhooks/integration';
 *
 * const keyOf = (webhook: IntegrationWebhookOf<'IntegrationApiKeyCreated'>) => webhook.Data.ApiKey;
 * ```
 */
export type IntegrationWebhookOf<A extends IntegrationAction> = A extends IntegrationAction
  ? { readonly Action: A; readonly Data: IntegrationDataByAction[A] }
  : never;

/**
 * Any Integration webhook that this version knows: a union to switch over by `Action`. Properties that
 * are not listed here are kept in the value.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#supported-events
 */
export type IntegrationWebhook = IntegrationWebhookOf<IntegrationAction>;

/**
 * An Integration webhook whose action this version does not know. Answer it with 2xx.
 *
 * @typeParam K - What stands in `kind`.
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-action
 */
export interface UnknownIntegrationWebhook<K extends string = 'unknown'> {
  /** Tells it from the known ones, which have no such property. */
  readonly kind: K;
  /** Any non-empty string but the known actions. */
  readonly Action: string;
  /** As it came, unchecked. May hold secrets. */
  readonly Data: unknown;
}

/**
 * What came to an endpoint that receives both kinds of webhooks.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration
 */
export type AnyWebhook =
  | { readonly kind: 'general'; readonly webhook: GeneralWebhook }
  | { readonly kind: 'integration'; readonly webhook: IntegrationWebhook }
  | UnknownIntegrationWebhook<'unknown-integration'>;
