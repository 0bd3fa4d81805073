import type { GeneralWebhook } from '../events.js';
import type { IntegrationAction } from './actions.js';

/**
 * What an enterprise, a chain, a service and an integration have in common.
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
  /** The property that the integration is for, or the chain of properties: the shape is the same. */
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

/** The `Data` of the actions that carry more than {@link IntegrationData}. */
export interface OwnDataByAction {
  readonly IntegrationCreated: IntegrationCreatedData;
  readonly IntegrationDeleted: IntegrationDeletedData;
  readonly IntegrationApiKeyCreated: IntegrationApiKeyCreatedData;
}

/** The `Data` of each action. */
export type IntegrationDataByAction = {
  readonly [A in IntegrationAction]: A extends keyof OwnDataByAction
    ? OwnDataByAction[A]
    : IntegrationData;
};

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
 * An Integration webhook whose action this version does not know. Respond to it with 2xx.
 *
 * @typeParam K - The value of `kind`.
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-action
 */
export interface UnknownIntegrationWebhook<K extends string = 'unknown'> {
  /** Only unknown ones have this property: `'kind' in webhook` narrows. */
  readonly kind: K;
  /** Any non-empty string but the known actions. */
  readonly Action: string;
  /** As it came, unchecked. An `AccessToken` or `ApiKey` in it is not printed, any other secret is. */
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
