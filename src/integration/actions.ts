/**
 * Every action that Mews documents for Integration webhooks, in the order of its page.
 *
 * {@link IntegrationAction} is derived from this tuple.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-action
 * @example
 * ```ts
 * import { integrationActions } from 'mews-webhooks/integration';
 *
 * console.log(`Prepared for ${integrationActions.join(', ')}`);
 * ```
 */
export const integrationActions = [
  'IntegrationCreated',
  'IntegrationEnabled',
  'IntegrationDisabled',
  'IntegrationCanceled',
  'IntegrationReinstated',
  'IntegrationDeleted',
  'IntegrationApiKeyCreated',
] as const;

/**
 * The name of an action that this version of the library knows.
 *
 * @see https://docs.mews.com/connector-api/events/wh-integration#webhook-action
 */
export type IntegrationAction = (typeof integrationActions)[number];
