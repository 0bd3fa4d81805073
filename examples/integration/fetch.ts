import { type Connection, planFetches, reconcileFetch, toHttpRequest } from 'mews-webhooks';
import type { Store } from './store.js';

/**
 * Fetches the entities of every message that waits, each integration with its own token. What fails
 * waits for the next time.
 */
export async function fetchPending(
  store: Store,
  connection: Omit<Connection, 'accessToken'>,
): Promise<void> {
  for (const { IntegrationId, accessToken, webhooks, done } of await store.pending()) {
    try {
      for (const request of planFetches(webhooks)) {
        const { name } = request.operation;
        if (request.kind === 'incomplete') {
          console.log(`${name}: left out, since this example keeps no message threads`);
          continue;
        }
        const { url, ...init } = toHttpRequest(request, { ...connection, accessToken });
        const response = await fetch(url, init);
        if (!response.ok) throw new Error(`${name}: answered ${response.status}`);
        const { found, missing } = reconcileFetch(request, await response.json());
        console.log(`${name}: ${found.size} found, ${missing.length} missing`);
      }
      done();
    } catch (error) {
      console.error(`Integration ${IntegrationId} waits:`, error);
    }
  }
}
