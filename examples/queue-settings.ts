// The environment variables that the queues read.
import type { SettingsOf } from './queue-batch.js';

/** The secret of the receiver's URL. */
export const token = required('MEWS_TOKEN');

/** Where the receiver listens. */
export const port = Number(process.env.PORT ?? 3000);

/** `{ "<IntegrationId>": "<AccessToken>", … }` */
const accessTokens = mapOf('MEWS_ACCESS_TOKENS');
/** `{ "<EnterpriseId>": ["<MessageThreadId>", …], … }`, in place of your own table of threads. */
const threads = mapOf('MEWS_THREADS');

/** The integrations that can be fetched. */
export const integrationIds: readonly string[] = [...accessTokens.keys()];

/** How to fetch the entities of an integration; undefined for one without an access token. */
export const settingsOf: SettingsOf = (integrationId) => {
  const accessToken = accessTokens.get(integrationId);
  if (typeof accessToken !== 'string') return undefined;
  return {
    connection: {
      platformAddress: process.env.MEWS_PLATFORM_ADDRESS ?? 'https://api.mews-demo.com',
      clientToken: required('MEWS_CLIENT_TOKEN'),
      accessToken,
      client: 'Example 1.0.0',
    },
    threadsOf: async (enterpriseId) => {
      const ids: unknown = threads.get(enterpriseId);
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    },
    lagMs: optionalNumber('MEWS_LAG_MS'),
    backOffMs: optionalNumber('MEWS_BACK_OFF_MS'),
  };
};

export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new TypeError(`${name}: expected non-empty string`);
  return value;
}

function optionalNumber(name: string): number | undefined {
  const value = process.env[name];
  return value === undefined ? undefined : Number(value);
}

function mapOf(name: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(process.env[name] ?? '{}');
    if (typeof value === 'object' && value !== null) return new Map(Object.entries(value));
  } catch {
    // Reported below: what JSON.parse throws quotes the tokens.
  }
  throw new TypeError(`${name}: expected a JSON object`);
}
