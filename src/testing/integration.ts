import type { IntegrationAction, IntegrationDataByAction } from '../integration/index.js';
import { createRandom, randomId } from './random.js';

/** How {@link createIntegrationWebhook} makes what is not given. */
export interface CreateIntegrationWebhookOptions {
  /** Makes the message the same each time; random without. */
  readonly seed?: number | undefined;
}

/**
 * Builds a valid Integration webhook with random identifiers, and secrets that open nothing.
 *
 * @param action - One of the seven known actions.
 * @param overrides - Properties of `Data` that are to be these.
 * @param options - See {@link CreateIntegrationWebhookOptions}.
 * @throws `TypeError` when the action is unknown.
 * @see https://docs.mews.com/connector-api/events/wh-integration#request-body
 * @example
 * ```ts
 * import { parseIntegrationWebhook } from 'mews-webhooks/integration';
 * import { createIntegrationWebhook } from 'mews-webhooks/testing';
 *
 * const message = createIntegrationWebhook('IntegrationCreated', { Service: null });
 * console.log(parseIntegrationWebhook(JSON.stringify(message)).Action);
 * ```
 */
export function createIntegrationWebhook<A extends IntegrationAction>(
  action: A,
  overrides?: Partial<IntegrationDataByAction[A]>,
  options?: CreateIntegrationWebhookOptions,
): { readonly Action: A; readonly Data: IntegrationDataByAction[A] } {
  const random = createRandom(options?.seed);
  const named = (Name: string) => ({ Id: randomId(random), Name });
  const secret = () => `${randomId(random)}-${randomId(random)}`.replaceAll('-', '').toUpperCase();
  const Integration = named('Test integration');
  const builders: { readonly [K in IntegrationAction]: () => IntegrationDataByAction[K] } = {
    IntegrationCreated: () => ({
      Enterprise: named('Test hotel'),
      Service: named('Accommodation'),
      Requestor: { Name: 'Test person', Email: 'person@example.com' },
      AccessToken: secret(),
      CreatedUtc: '2026-01-31T12:00:00Z',
      IsEnabled: true,
      Integration,
    }),
    IntegrationEnabled: () => ({ Integration }),
    IntegrationDisabled: () => ({ Integration }),
    IntegrationCanceled: () => ({ Integration }),
    IntegrationReinstated: () => ({ Integration }),
    IntegrationDeleted: () => ({ DeletedUtc: '2026-01-31T12:00:00Z', Integration }),
    IntegrationApiKeyCreated: () => ({ Integration, ApiKey: secret() }),
  };
  if (!Object.hasOwn(builders, action)) throw new TypeError('action: expected a known action');
  const Data = { ...builders[action](), ...overrides };
  return { Action: action, Data };
}
