// Webhooks and options for the tests of mews-webhooks/fetch.
import type { Discriminator } from '../../src/discriminators.js';
import type { GeneralWebhook, WebhookEvent } from '../../src/events.js';
import type { FetchFunction, FetchInit, FetchOptions } from '../../src/fetch/index.js';
import { isObject } from '../../src/json.js';
import { fetchOperations } from '../../src/operations.js';

export const accessToken = 'access-token-that-nobody-may-see';
export const clientToken = 'client-token-that-nobody-may-see';
const platformAddress = 'https://api.example.com';
export const connection = { platformAddress, accessToken, clientToken, client: 'Test 1.0' };

export const eventOf = (Discriminator: Discriminator, Id: string): WebhookEvent => ({
  Discriminator,
  Value: { Id },
});

export const payments = (...ids: string[]): WebhookEvent[] =>
  ids.map((id) => eventOf('PaymentUpdated', id));

export const webhookOf = (
  Events: readonly WebhookEvent[],
  rest: Partial<GeneralWebhook> = {},
): GeneralWebhook => ({
  EnterpriseId: 'e',
  IntegrationId: 'i',
  Events,
  UnknownEvents: [],
  ...rest,
});

export const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `id${index}`);

/** A request as the API sees it. */
export interface Received {
  readonly operation: (typeof fetchOperations)[Discriminator];
  readonly url: string;
  readonly init: FetchInit;
  readonly body: Readonly<Record<string, unknown>>;
  /** The ids that it asks for; none for messages. */
  readonly ids: readonly string[];
}

export function receive(url: string, init: FetchInit): Received {
  const operation = Object.values(fetchOperations).find(({ path }) => url.endsWith(path));
  const body: unknown = JSON.parse(init.body);
  if (operation === undefined || !isObject(body)) throw new Error('not a request of the plan');
  const ids = operation.idsProperty === null ? [] : body[operation.idsProperty];
  if (!Array.isArray(ids)) throw new Error('no list of ids');
  return { operation, url, init, body, ids };
}

/** A response with a row for each id, or with other rows. */
export const rowsOf = ({ operation, ids }: Received, rows: unknown = ids.map((Id) => ({ Id }))) =>
  Response.json({ [operation.rowsProperty]: rows }, { headers: { 'Request-Id': 'r' } });

export const refusal = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ Message: `status ${status}`, RequestId: 'from the body' }, { status, headers });

/** Options with a `fetch` that answers in this process, and the requests that it received. */
export function optionsOf(
  respond: (request: Received, count: number) => Response | Promise<Response> = (request) =>
    rowsOf(request),
): FetchOptions & { readonly received: Received[] } {
  const received: Received[] = [];
  const fetch: FetchFunction = async (url, init) => {
    const request = receive(url, init);
    received.push(request);
    return respond(request, received.length);
  };
  return { connectionOf: () => connection, fetch, received };
}
