import { expect } from './errors.js';
import { isNonEmptyString, isObject } from './json.js';
import type { FetchRequest, ReadyFetchRequest } from './plan.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const URL: new (
  url: string,
) => {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
};

/**
 * Where a request goes, and as whom.
 *
 * @see https://docs.mews.com/connector-api/guidelines/requests
 */
export interface Connection {
  /** `https://api.mews.com`, or `https://api.mews-demo.com` for the demo environment. */
  readonly platformAddress: string;
  /** Identifies your application. */
  readonly clientToken: string;
  /** Identifies the integration; must be the one that `IntegrationId` of the request names. */
  readonly accessToken: string;
  /** Name and version of your application. */
  readonly client: string;
}

/** Body properties beside those of the request, such as `CreatedUtc` or a cursor. */
export type ExtraProperties = Readonly<Record<string, unknown>>;

/** What an incomplete request needs. Today that is a request for messages: 1 to 1000 threads to look in. */
export interface MissingProperties extends ExtraProperties {
  readonly MessageThreadIds: readonly string[];
}

/** A request for any HTTP client, as in `fetch(request.url, request)`. */
export interface HttpRequest {
  readonly url: string;
  readonly method: 'POST';
  readonly headers: { readonly 'Content-Type': 'application/json' };
  /** JSON text that holds the credentials: not for a log. */
  readonly body: string;
}

/**
 * Adds credentials to a planned request.
 *
 * @param request - A request of `planFetches`, also after a queue.
 * @param connection - See {@link Connection}.
 * @param extra - More body properties; they replace planned ones, but not the credentials. An
 *   incomplete request requires its `missing` ones here.
 * @throws `TypeError` that names the property that is wrong, and no value.
 * @see https://docs.mews.com/connector-api/guidelines/requests
 * @example
 * ```ts
 * import { type Connection, type ReadyFetchRequest, toHttpRequest } from 'mews-webhooks';
 *
 * async function send(request: ReadyFetchRequest, connection: Connection) {
 *   const http = toHttpRequest(request, connection);
 *   return fetch(http.url, http);
 * }
 * ```
 */
export function toHttpRequest<R extends FetchRequest>(
  request: R,
  connection: Connection,
  ...[extra]: [R] extends [ReadyFetchRequest]
    ? [extra?: ExtraProperties]
    : [extra: MissingProperties]
): HttpRequest {
  expect(isObject(request), 'request', 'object');
  const { operation, body } = request;
  expect(
    isObject(operation) && isNonEmptyString(operation.path),
    'request.operation.path',
    'non-empty string',
  );
  expect(isObject(body), 'request.body', 'object');
  expect(extra === undefined || isObject(extra), 'extra', 'object');
  if (request.kind === 'incomplete') {
    for (const property of request.missing) {
      expect(
        isIdList(extra?.[property]),
        `extra.${property}`,
        'array of 1 to 1000 non-empty strings',
      );
    }
  }
  expect(isObject(connection), 'connection', 'object');
  const { platformAddress, clientToken, accessToken, client } = connection;
  expect(isNonEmptyString(clientToken), 'connection.clientToken', 'non-empty string');
  expect(isNonEmptyString(accessToken), 'connection.accessToken', 'non-empty string');
  expect(isNonEmptyString(client), 'connection.client', 'non-empty string');
  return {
    url: `${baseOf(platformAddress)}${operation.path}`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: stringify({
      ...body,
      ...extra,
      ClientToken: clientToken,
      AccessToken: accessToken,
      Client: client,
    }),
  };
}

function isIdList(ids: unknown): boolean {
  return Array.isArray(ids) && ids.length > 0 && ids.length <= 1000 && ids.every(isNonEmptyString);
}

function baseOf(platformAddress: string): string {
  let base: string | undefined;
  try {
    const { protocol, host, pathname } = new URL(platformAddress);
    if (protocol === 'https:' || protocol === 'http:') base = `${protocol}//${host}${pathname}`;
  } catch {
    // Reported below: what the URL parser throws quotes the address.
  }
  if (base === undefined) {
    throw new TypeError('connection.platformAddress: expected URL such as https://api.mews.com');
  }
  return base.endsWith('/') ? base.slice(0, -1) : base;
}

function stringify(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    throw new TypeError('extra: expected values that JSON can hold');
  }
}
