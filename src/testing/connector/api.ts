import type { EntityName } from '../../fetch/rows.js';
import { isObject, type JsonObject } from '../../json.js';
import { createRandom, type Random, randomId } from '../random.js';
import { drawFault, type FaultQueue } from './faults.js';
import { isIdList, isInterval, isStringList, parseJson } from './json.js';
import { RateLimit } from './limit.js';
import { findMistake, type MockOperation, operationAt } from './operations.js';
import type { ConnectorFault, ConnectorMockOptions } from './options.js';
import type { MockRequest, MockResponse } from './server.js';
import type { RowStore, StoredRow } from './store.js';

/** One request that the mock received. It holds no token. */
export interface RecordedRequest {
  /** When it came, by the clock of the mock. */
  readonly at: number;
  readonly method: string;
  /** The path, without a query. */
  readonly path: string;
  /** What it was to fetch; `null` for a path that does not exist. */
  readonly entity: EntityName | null;
  /** The integration whose access token it carried; `null` for none that the mock knows. */
  readonly integrationId: string | null;
  /** The JSON body without its tokens; `null` when it is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** The status of the response; `null` when none was sent. */
  readonly status: number | null;
  /** The rows of the response. */
  readonly rows: readonly { readonly Id: string; readonly [property: string]: unknown }[];
  /** What the response holds as `Request-Id`. */
  readonly requestId: string;
}

/** An integration with its access token. */
export interface Account {
  readonly integrationId: string;
  readonly enterpriseIds: readonly string[];
  readonly accessToken: string;
}

/** What the API works with. */
export interface ApiContext {
  readonly accounts: readonly Account[];
  readonly clientToken: string;
  readonly options: ConnectorMockOptions;
  readonly now: () => number;
  readonly store: RowStore;
  readonly faults: FaultQueue;
  readonly requests: RecordedRequest[];
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly rows?: readonly StoredRow[];
  readonly retryAfter?: string | undefined;
}

/** Makes the function that responds to each request and records it. */
export function createApi(context: ApiContext): (request: MockRequest) => MockResponse {
  const { accounts, clientToken, options, now, store, faults, requests } = context;
  const random = createRandom(options.seed ?? 1);
  const limit = new RateLimit(options.limit ?? { requests: 200, windowMs: 30_000 });
  const secrets = new Set<unknown>([
    clientToken,
    ...accounts.map((account) => account.accessToken),
  ]);

  const replyTo = (
    operation: MockOperation,
    body: JsonObject,
    account: Account | undefined,
  ): Reply => {
    const mistake = findMistake(operation, body);
    if (mistake !== undefined) return refuse(400, mistake);
    if (account === undefined || body.ClientToken !== clientToken) {
      return refuse(401, 'The client token or the access token is not known');
    }
    const waitMs = limit.count(account.accessToken, now());
    if (waitMs !== undefined) {
      const retryAfter = tellsWhen(options, random) ? `${Math.ceil(waitMs / 1000)}` : undefined;
      return { ...refuse(429, 'Too many requests'), retryAfter };
    }
    const ids = body[operation.idsProperty];
    if (isIdList(ids)) {
      if (ids.some((id) => options.isMalformedId?.(id))) return refuse(400, 'An id is malformed');
      if (ids.length > (options.heavyAbove ?? Number.POSITIVE_INFINITY)) {
        return refuse(408, 'The request is too heavy; ask for fewer');
      }
    }
    const isPortfolio = account.enterpriseIds.length > 1;
    if (isPortfolio && operation.entity === 'Customer' && body.ChainIds === undefined) {
      return refuse(400, 'Missing property: ChainIds');
    }
    return find(operation, body, account, store, now());
  };

  return ({ method, url, prefersMinimal, text }) => {
    const requestId = randomId(random);
    const path = url.replace(/[?#].*/s, '');
    const operation = method === 'POST' ? operationAt(path) : undefined;
    const parsed = parseJson(text ?? '');
    const body = isObject(parsed) ? parsed : undefined;
    const account = accounts.find(({ accessToken }) => accessToken === body?.AccessToken);
    const integrationId = account?.integrationId ?? null;
    const send = (response: MockResponse, rows: readonly StoredRow[] = []) => {
      const status = isObject(response) ? response.status : null;
      requests.push({
        at: now(),
        method,
        path,
        entity: operation?.entity ?? null,
        integrationId,
        body: withoutTokens(text, secrets),
        status,
        rows,
        requestId,
      });
      return response;
    };
    const respond = (reply: Reply, delayMs = 0) => {
      const isRefused = reply.status >= 400;
      const isEmpty = prefersMinimal && !isRefused && reply.rows?.length === 0;
      return send(
        {
          status: isEmpty ? 204 : reply.status,
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'Request-Id': requestId,
            ...(reply.retryAfter !== undefined && { 'Retry-After': reply.retryAfter }),
          },
          body: isEmpty
            ? ''
            : JSON.stringify(
                isRefused && isObject(reply.body)
                  ? { ...reply.body, RequestId: requestId }
                  : reply.body,
              ),
          delayMs,
        },
        reply.rows,
      );
    };

    if (operation === undefined) return respond(refuse(404, 'There is no such operation'));
    const planned = faults.next({ entity: operation.entity, integrationId });
    const drawn = planned ?? drawFault(options.faults, random);
    const usual = () => {
      if (text === undefined) return refuse(413, 'The request is too large');
      if (body === undefined) return refuse(400, 'The body is not a JSON object');
      return replyTo(operation, body, account);
    };
    if (drawn === undefined) return respond(usual());
    return failWith(drawn, { send, respond, usual, requestId });
  };
}

interface Sending {
  readonly send: (response: MockResponse) => MockResponse;
  readonly respond: (reply: Reply, delayMs?: number) => MockResponse;
  readonly usual: () => Reply;
  readonly requestId: string;
}

function failWith(fault: ConnectorFault, { send, respond, usual, requestId }: Sending) {
  if (fault === 'silence') return send('silence');
  if (fault === 'disconnect') return send(null);
  if (fault === 'other_shape') return respond({ status: 200, body: [] });
  if (fault === 'not_json') {
    const headers = { 'Content-Type': 'text/html', 'Request-Id': requestId };
    return send({ status: 200, headers, body: '<html></html>', delayMs: 0 });
  }
  if ('delayMs' in fault) return respond(usual(), fault.delayMs);
  return respond({ ...refuse(fault.status, 'Failed on demand'), retryAfter: fault.retryAfter });
}

function find(
  { entity, rowsProperty, idsProperty, wantsInactive }: MockOperation,
  body: JsonObject,
  account: Account,
  store: RowStore,
  now: number,
): Reply {
  const { Extent, Limitation } = body;
  // As the real one does: without the extent there is no list at all.
  if (isObject(Extent) && Extent[rowsProperty] !== true) {
    return { status: 200, body: { [rowsProperty]: null, Cursor: null }, rows: [] };
  }
  const asked = body[idsProperty];
  const ids = isIdList(asked) ? asked : undefined;
  const found = account.enterpriseIds
    .filter((id) => isAmong(id, body.EnterpriseIds))
    .flatMap((id) => store.visible(entity, id, entity === 'Message' ? undefined : ids, now))
    .filter(
      (row) =>
        (wantsInactive === undefined || row.IsActive !== false || wantsInactive(body)) &&
        (entity !== 'Message' || isAmong(row.MessageThreadId, ids)) &&
        isAmong(row.State, body.States) &&
        isAmong(row.ChainId, body.ChainIds) &&
        isWithin(row.CreatedUtc, body.CreatedUtc) &&
        isWithin(row.UpdatedUtc, body.UpdatedUtc),
    );
  const cursor = isObject(Limitation) && Limitation.Cursor;
  const count = isObject(Limitation) && Limitation.Count;
  const start = found.findIndex(({ Id }) => Id === cursor) + 1;
  const rows = found.slice(start, start + Number(count));
  const hasMore = start + rows.length < found.length;
  return {
    status: 200,
    body: { [rowsProperty]: rows, Cursor: hasMore ? rows.at(-1)?.Id : null },
    rows,
  };
}

/** Whether a value is in a filter; without a filter, every value is. */
function isAmong(value: unknown, filter: unknown): boolean {
  return !isStringList(filter) || filter.some((wanted) => wanted === value);
}

function isWithin(utc: unknown, interval: unknown): boolean {
  if (!isInterval(interval)) return true;
  const instant = Date.parse(String(utc));
  return instant >= Date.parse(interval.StartUtc) && instant < Date.parse(interval.EndUtc);
}

function refuse(status: number, Message: string): Reply {
  return { status, body: { Message, Details: null }, rows: [] };
}

function tellsWhen({ retryAfter = true }: ConnectorMockOptions, random: Random): boolean {
  return retryAfter === 'random' ? random() < 0.5 : retryAfter;
}

/** The body of a request without the tokens, wherever they are in it. */
function withoutTokens(text: string | undefined, secrets: ReadonlySet<unknown>): JsonObject | null {
  try {
    const body: unknown = JSON.parse(text ?? '', (name, value) =>
      name === 'ClientToken' || name === 'AccessToken' || secrets.has(value) ? undefined : value,
    );
    return isObject(body) ? body : null;
  } catch {
    return null;
  }
}
