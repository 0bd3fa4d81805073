import { expect } from '../errors.js';
import { isObject } from '../json.js';
import type { FetchRequest } from '../plan.js';
import type { Connection, ExtraProperties } from '../request.js';
import type { FetchFunction, FetchSignal } from './client.js';

/** A value, or a promise of it. */
export type MaybePromise<T> = T | PromiseLike<T>;

/**
 * Options of `fetchEntities`.
 *
 * @see https://docs.mews.com/connector-api/guidelines/requests
 */
export interface FetchOptions {
  /**
   * The connection of an integration; `undefined` when there is none (any more). Asked once per
   * integration and enterprise in a call.
   */
  readonly connectionOf: (
    integrationId: string,
    enterpriseId: string,
  ) => MaybePromise<Connection | undefined>;
  /**
   * The message threads to look for messages in: those that your integration has created, since it can
   * read no others. Without this option messages are rejected.
   */
  readonly messageThreadIdsOf?:
    | ((enterpriseId: string, integrationId: string) => MaybePromise<readonly string[] | undefined>)
    | undefined;
  /** More body properties of a request, such as the `ChainIds` that a portfolio's access token needs. */
  readonly extraOf?:
    | ((request: FetchRequest) => MaybePromise<ExtraProperties | undefined>)
    | undefined;
  /** Sends the requests: any function of the shape of `fetch`. The global one by default. */
  readonly fetch?: FetchFunction | undefined;
  /** Which attempt this is for the webhooks, counted from 1, for `afterMs`; 1 by default. */
  readonly attempt?: number | undefined;
  /**
   * The most ids of a request; what the operation allows by default. A smaller one makes no request for
   * messages lighter, since these hold no ids: each part reads the pages of the threads again.
   */
  readonly maxIds?: number | undefined;
  /** Milliseconds that a request may take, its response body included; 120,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: FetchSignal | undefined;
}

/** {@link FetchOptions} with the defaults in place. */
export interface FetchSettings extends FetchOptions {
  readonly fetch: FetchFunction;
  readonly attempt: number;
  readonly timeoutMs: number;
}

/** Checks the options and fills the defaults in. `maxIds` is checked where the requests are planned. */
export function resolveOptions(options: FetchOptions): FetchSettings {
  expect(isObject(options), 'options', 'an object');
  const settings = {
    ...options,
    fetch: options.fetch ?? globalThis.fetch,
    attempt: options.attempt ?? 1,
    timeoutMs: options.timeoutMs ?? 120_000,
  };
  const { attempt, connectionOf, extraOf, fetch, messageThreadIdsOf, signal, timeoutMs } = settings;
  expect(isFunction(connectionOf), 'options.connectionOf', 'a function');
  expect(
    messageThreadIdsOf === undefined || isFunction(messageThreadIdsOf),
    'options.messageThreadIdsOf',
    'a function',
  );
  expect(extraOf === undefined || isFunction(extraOf), 'options.extraOf', 'a function');
  expect(isFunction(fetch), 'options.fetch', 'a function of the shape of fetch');
  expect(Number.isInteger(attempt) && attempt >= 1, 'options.attempt', 'a whole number from 1');
  // A longer timer would fire at once.
  const longest = 2 ** 31 - 1;
  expect(
    typeof timeoutMs === 'number' && timeoutMs >= 1 && timeoutMs <= longest,
    'options.timeoutMs',
    `a number from 1 to ${longest}`,
  );
  expect(
    signal === undefined || (isObject(signal) && isFunction(signal.addEventListener)),
    'options.signal',
    'an AbortSignal',
  );
  return settings;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
