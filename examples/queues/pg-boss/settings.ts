// The environment variables of the receiver and the worker; README.md lists them.
import type { Connection } from 'mews-webhooks';
import type { FetchOptions } from 'mews-webhooks/fetch';

/** The value of a variable that has no default. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new TypeError(`${name}: expected a value`);
  return value;
}

/** A number from the environment. */
export function numberOf(name: string, byDefault: number): number {
  const value = Number(process.env[name] ?? byDefault);
  if (Number.isNaN(value)) throw new TypeError(`${name}: expected a number`);
  return value;
}

/** How the worker fetches. Throws when a variable is missing. */
export function readFetchOptions(): FetchOptions {
  const platformAddress = required('MEWS_PLATFORM_ADDRESS');
  const clientToken = required('MEWS_CLIENT_TOKEN');
  const accessTokens = mapOf('MEWS_ACCESS_TOKENS', required('MEWS_ACCESS_TOKENS'));
  const threads = mapOf('MEWS_THREADS', process.env.MEWS_THREADS ?? '{}');
  const connections = new Map<string, Connection>();
  for (const [integrationId, accessToken] of accessTokens) {
    if (typeof accessToken === 'string' && accessToken !== '') {
      const client = process.env.MEWS_CLIENT ?? 'mews-webhooks example 1.0.0';
      connections.set(integrationId, { platformAddress, clientToken, accessToken, client });
    } else {
      // The other integrations do not suffer from it; the events of this one become dead letters.
      console.error(`MEWS_ACCESS_TOKENS: expected a text for integration ${integrationId}`);
    }
  }
  return {
    connectionOf: (integrationId) => connections.get(integrationId),
    messageThreadIdsOf: (enterpriseId) => {
      const ids = threads.get(enterpriseId);
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : undefined;
    },
    timeoutMs: numberOf('REQUEST_TIMEOUT_MS', 30_000),
  };
}

function mapOf(name: string, text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return new Map(Object.entries(value));
  } catch {
    // What JSON.parse throws can quote a token.
  }
  throw new TypeError(`${name}: expected a JSON object`);
}
