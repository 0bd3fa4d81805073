import { isObject, type JsonObject } from '../../json.js';
import { type Random, randomId } from '../random.js';
import type { Account } from './accounts.js';
import { drawFault, type FaultQueue } from './faults.js';
import { find } from './find.js';
import { isIdList, parseJson } from './json.js';
import { RateLimit } from './limit.js';
import { findMistake, type MockOperation, operationAt } from './operations.js';
import type { ConnectorMockOptions } from './options.js';
import { type RecordedRequest, Redactor } from './record.js';
import { errorReply, type Reply, toResponse } from './reply.js';
import type { MockRequest, MockResponse } from './server.js';
import type { RowStore } from './store.js';

/** What the API works with. */
export interface ApiContext {
  readonly accounts: readonly Account[];
  readonly clientToken: string;
  readonly options: ConnectorMockOptions;
  /** Goes on after the tokens, so that nothing drawn here repeats one. */
  readonly random: Random;
  readonly now: () => number;
  readonly store: RowStore;
  readonly faults: FaultQueue;
  readonly requests: RecordedRequest[];
}

/** Makes the function that responds to each request and records it. */
export function createApi(context: ApiContext): (request: MockRequest) => MockResponse {
  const { accounts, clientToken, options, random, now, store, faults, requests } = context;
  const limit = new RateLimit(options.limit ?? { requests: 200, windowMs: 30_000 });
  const redactor = new Redactor([clientToken, ...accounts.map(({ accessToken }) => accessToken)]);

  /** The reply without a fault. */
  function replyTo(
    operation: MockOperation,
    text: string | undefined,
    body: JsonObject | undefined,
    account: Account | undefined,
  ): Reply {
    if (text === undefined) return errorReply(413, 'The request is too large');
    if (body === undefined) return errorReply(400, 'The body is not a JSON object');
    const mistake = findMistake(operation, body);
    if (mistake !== undefined) return errorReply(400, mistake);
    if (account === undefined || body.ClientToken !== clientToken) {
      return errorReply(401, 'The client token or the access token is not known');
    }
    const waitMs = limit.count(account.accessToken, now());
    if (waitMs !== undefined) {
      const retryAfter = namesWait(options, random) ? `${Math.ceil(waitMs / 1000)}` : undefined;
      return { ...errorReply(429, 'Too many requests'), retryAfter };
    }
    const ids = body[operation.idsProperty];
    if (isIdList(ids)) {
      if (ids.some((id) => options.isMalformedId?.(id)))
        return errorReply(400, 'An id is malformed');
      if (ids.length > (options.heavyAbove ?? Number.POSITIVE_INFINITY)) {
        return errorReply(408, 'The request is too heavy; ask for fewer');
      }
    }
    const isPortfolio = account.enterpriseIds.length > 1;
    if (isPortfolio && operation.entity === 'Customer' && body.ChainIds === undefined) {
      return errorReply(400, 'Missing property: ChainIds');
    }
    return find(operation, body, account.enterpriseIds, store, now());
  }

  /** The reply to a request, or how it goes without one. */
  function decide(
    operation: MockOperation | undefined,
    text: string | undefined,
    body: JsonObject | undefined,
    account: Account | undefined,
  ): Reply | 'silence' | 'disconnect' {
    if (operation === undefined) return errorReply(404, 'There is no such operation');
    const target = { entity: operation.entity, integrationId: account?.integrationId ?? null };
    const fault = faults.next(target) ?? drawFault(options.faults, random);
    if (fault === undefined) return replyTo(operation, text, body, account);
    if (fault === 'silence' || fault === 'disconnect') return fault;
    if (fault === 'other_shape') return { status: 200, body: [], rows: [] };
    if (fault === 'not_json') return { status: 200, body: [], rows: [], html: '<html></html>' };
    if ('delayMs' in fault) {
      return { ...replyTo(operation, text, body, account), delayMs: fault.delayMs };
    }
    return { ...errorReply(fault.status, 'Failed on demand'), retryAfter: fault.retryAfter };
  }

  return ({ method, url, prefersMinimal, text }) => {
    const requestId = randomId(random);
    const path = url.replace(/[?#].*/s, '');
    const operation = method === 'POST' ? operationAt(path) : undefined;
    const parsed = parseJson(text ?? '');
    const body = isObject(parsed) ? parsed : undefined;
    const account = accounts.find(({ accessToken }) => accessToken === body?.AccessToken);
    const reply = decide(operation, text, body, account);
    const response =
      typeof reply === 'string' ? reply : toResponse(reply, requestId, prefersMinimal);
    requests.push({
      at: now(),
      method,
      path: redactor.text(path),
      entity: operation?.entity ?? null,
      integrationId: account?.integrationId ?? null,
      body: redactor.body(text),
      status: typeof response === 'string' ? null : response.status,
      rows: typeof reply === 'string' ? [] : reply.rows,
      requestId,
    });
    return response;
  };
}

function namesWait({ retryAfter = true }: ConnectorMockOptions, random: Random): boolean {
  return retryAfter === 'random' ? random() < 0.5 : retryAfter;
}
