import { createIssue, WebhookParseError } from '../errors.js';
import { isObject } from '../json.js';
import type { HandlerOptions } from './options.js';
import { createReceiver, type ReadBody } from './receive.js';

export type {
  DeliveryContext,
  HandlerOptions,
  Refusal,
  RefusalReason,
  WebhookSignal,
} from './options.js';

/** Values by name, such as those of a query or of headers, as the services hand them over. */
export type LambdaValues<T> = { readonly [name: string]: T | undefined } | null | undefined;

/**
 * What is needed of the event of a function URL, an HTTP API (payload format 1.0 or 2.0), a REST API or
 * an Application Load Balancer. The types of `@types/aws-lambda` fit.
 */
export interface LambdaHttpEvent {
  readonly requestContext: object;
  /** The method, except in payload format 2.0, which has it in `requestContext.http`. */
  readonly httpMethod?: string | undefined;
  readonly rawQueryString?: string | undefined;
  readonly queryStringParameters?: LambdaValues<string>;
  readonly multiValueQueryStringParameters?: LambdaValues<readonly string[]>;
  readonly headers?: LambdaValues<string>;
  readonly multiValueHeaders?: LambdaValues<readonly string[]>;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** The result, which the service turns into an HTTP response. */
export interface LambdaHttpResult {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** For a load balancer with multi-value headers, which reads no others. */
  readonly multiValueHeaders?: { readonly [name: string]: string[] };
  /** For a load balancer, which documents it as required. */
  readonly isBase64Encoded?: false;
}

/**
 * Makes a handler for AWS Lambda behind a function URL, an HTTP API, a REST API or an Application Load
 * Balancer. The event shows which of them it is.
 *
 * In this order: 405 unless POST, 401 for a wrong token, 413 for a body over `maxBytes`, 415 for a
 * compressed one, 400 with `{ code, issues }` for one that is not a webhook, then `onWebhook` and 204;
 * 500 when that throws, 503 when it takes longer than `timeoutMs`. Give the function itself a longer
 * timeout than that: Lambda's default is 3 seconds. The content type is ignored. No response holds the
 * token, the URL or a value of the body.
 *
 * @param options - See {@link HandlerOptions}.
 * @returns The handler. It rejects with a `TypeError` when the event is that of another service.
 * @throws `TypeError` that names the option when one is wrong, such as an empty token.
 * @see https://docs.mews.com/connector-api/events/wh-general
 * @example
 * ```ts
 * import { createLambdaHandler } from 'mews-webhooks/lambda';
 *
 * export const handler = createLambdaHandler({
 *   token: process.env.MEWS_TOKEN ?? '', // throws when it is not set
 *   onWebhook: async (webhook) => console.log(webhook.Events.length), // store it here
 *   onRefused: ({ status, reason }) => console.warn(status, reason),
 * });
 * ```
 */
export function createLambdaHandler(
  options: HandlerOptions,
): (event: LambdaHttpEvent) => Promise<LambdaHttpResult> {
  const receive = createReceiver(options);
  return async (event) => {
    const { status, headers, body } = await receive({
      method: methodOf(event),
      url: `/?${queryOf(event)}`,
      contentLength: undefined, // the body itself is here
      contentEncoding: headerOf(event, 'content-encoding'),
      readBody: async (maxBytes) => readBody(event, maxBytes),
    });
    const result = { statusCode: status, headers, body };
    if (!isFromLoadBalancer(event)) return result;
    if (!event.multiValueHeaders) return { ...result, isBase64Encoded: false };
    const multiValueHeaders = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    );
    return { ...result, multiValueHeaders, isBase64Encoded: false };
  };
}

/** Every HTTP event has a method. Whatever triggers the function calls the handler: the event can be any JSON. */
function methodOf(event: unknown): string {
  const { requestContext, httpMethod } = isObject(event) ? event : {};
  const { http } = isObject(requestContext) ? requestContext : {};
  const method = isObject(http) ? http.method : httpMethod;
  if (typeof method === 'string') return method;
  throw new TypeError(
    'The event is not an HTTP request. This handler is for functions behind a function URL, an HTTP API, a REST API or an Application Load Balancer; remove other triggers from the function.',
  );
}

function isFromLoadBalancer({ requestContext }: LambdaHttpEvent): boolean {
  return isObject(requestContext) && requestContext.elb !== undefined;
}

function queryOf(event: LambdaHttpEvent): string {
  if (typeof event.rawQueryString === 'string') return event.rawQueryString;
  // A load balancer hands over what the sender wrote, an API what it has decoded.
  const encode = isFromLoadBalancer(event)
    ? String
    : (text: string) => text.replace(/[%&=#]/g, encodeURIComponent);
  return pairsOf(event.multiValueQueryStringParameters ?? event.queryStringParameters)
    .map((pair) => pair.map(encode).join('='))
    .join('&');
}

function headerOf({ headers, multiValueHeaders }: LambdaHttpEvent, name: string): string {
  return pairsOf(headers ?? multiValueHeaders)
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => value)
    .join(', ');
}

/** The names and values of a map of strings, or of lists of strings. */
function pairsOf(map: unknown): (readonly [name: string, value: string])[] {
  return Object.entries(isObject(map) ? map : {}).flatMap(([name, values]) =>
    [values]
      .flat()
      .filter((value) => typeof value === 'string')
      .map((value) => [name, value] as const),
  );
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function readBody({ body, isBase64Encoded }: LambdaHttpEvent, maxBytes: number): ReadBody {
  if (isBase64Encoded && body && (body.length % 4 !== 0 || !base64.test(body))) {
    throw new WebhookParseError(
      'invalid_json',
      'The event says that its body is base64, but it is not. Pass the event on as it came.',
      [createIssue([], 'object', 'string')],
    );
  }
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  return bytes.byteLength > maxBytes ? { refused: 'too_large' } : { body: bytes };
}
