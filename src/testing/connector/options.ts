import type { EntityName } from '../../fetch/rows.js';

/** An integration that may call the mock, and the enterprises that its access token reaches. */
export interface MockIntegration {
  /** The `IntegrationId` of its webhooks. */
  readonly integrationId: string;
  /** At least one. With several, the token is that of a portfolio: customers then need `ChainIds`. */
  readonly enterpriseIds: readonly string[];
  /** Its access token; drawn from the seed by default. */
  readonly accessToken?: string | undefined;
}

/**
 * How a request goes wrong.
 *
 * - `silence`: no response until the mock is closed.
 * - `disconnect`: the connection is closed without a response.
 * - `not_json`: 200 with a page of HTML.
 * - `other_shape`: 200 with JSON that is not an object.
 * - `status`: this status, with a `Message` and a `RequestId`, and with a `Retry-After` header if given.
 * - `delayMs`: the usual response, so many milliseconds later.
 */
export type ConnectorFault =
  | 'silence'
  | 'disconnect'
  | 'not_json'
  | 'other_shape'
  | { readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly delayMs: number };

/** Options of {@link startConnectorMock}. */
export interface ConnectorMockOptions {
  /** The integrations that it knows; by default one, with one enterprise and drawn identifiers. */
  readonly integrations?: readonly MockIntegration[] | undefined;
  /** The client token that requests have to carry; drawn from the seed by default. */
  readonly clientToken?: string | undefined;
  /** The port on 127.0.0.1; a free one by default. */
  readonly port?: number | undefined;
  /** Whatever is drawn is the same for the same seed; 1 by default. */
  readonly seed?: number | undefined;
  /** The clock, in milliseconds since 1970, for the times of rows, lag and limit; `Date.now` by default. */
  readonly now?: (() => number) | undefined;
  /** How many requests a token may send in how many milliseconds; 200 in 30,000 by default. */
  readonly limit?: { readonly requests: number; readonly windowMs: number } | undefined;
  /** Whether a 429 carries `Retry-After`: always (`true`, the default), never, or by chance. */
  readonly retryAfter?: boolean | 'random' | undefined;
  /** A request for more ids than this is too heavy: 408. No bound by default. */
  readonly heavyAbove?: number | undefined;
  /** Faults that occur by chance, each with its rate from 0 to 1. None by default. */
  readonly faults?:
    | readonly { readonly fault: ConnectorFault; readonly rate: number }[]
    | undefined;
  /** The ids for which a request is refused with 400, as for a malformed one. None by default. */
  readonly isMalformedId?: ((id: string) => boolean) | undefined;
  /**
   * The URL of a receiver on this machine, with its token: every change of a row sends the event of that
   * change there. Nothing is sent by default.
   */
  readonly deliver?: string | { readonly href: string } | undefined;
}

/** Which row is meant, and when it shows. */
export interface ChangeOptions {
  /** The enterprise that the row belongs to; the first of the first integration by default. */
  readonly enterpriseId?: string | undefined;
  /** For so many milliseconds the responses hold what was there before the change; 0 by default. */
  readonly lagMs?: number | undefined;
}

/** Which requests a fault of `fail` is for; the next one by default. */
export interface FailOptions {
  /** How many requests; 1 by default, `Infinity` for an outage that `recover` ends. */
  readonly times?: number | undefined;
  /** Only requests for this entity. */
  readonly entity?: EntityName | undefined;
  /** Only requests with the access token of this integration. */
  readonly integrationId?: string | undefined;
}
