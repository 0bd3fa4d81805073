import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type {
  ALBEvent,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  LambdaFunctionURLEvent,
} from 'aws-lambda';
import type { LambdaHttpEvent, LambdaHttpResult } from 'mews-webhooks/lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deliveries, token } from './deliveries.js';
import { examples } from './start.js';

// The queue is a stand-in for SQS; its client is the real one.
const sent: unknown[] = [];
const sqs = createServer(async (request, response) => {
  const { MessageBody } = JSON.parse(await text(request));
  sent.push(JSON.parse(MessageBody));
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  response.end(JSON.stringify({ MessageId: String(sent.length), MD5OfMessageBody }));
});
let handler: (event: LambdaHttpEvent) => Promise<LambdaHttpResult>;
const output: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => sqs.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(sqs.address() as AddressInfo).port}`;
  vi.spyOn(console, 'warn').mockImplementation((...line) => void output.push(line.join(' ')));
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', address);
  vi.stubEnv('QUEUE_URL', `${address}/1/webhooks`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
  vi.stubEnv('MEWS_TOKEN', undefined);
  await expect(import(join(examples, 'lambda.ts'))).rejects.toThrow('MEWS_TOKEN');
  vi.resetModules();
  vi.stubEnv('MEWS_TOKEN', token);
  ({ handler } = await import(join(examples, 'lambda.ts')));
});
afterAll(() => void sqs.close());

interface Delivery {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const identity = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: '192.0.2.1',
  user: null,
  userAgent: null,
  userArn: null,
};
const listsOf = (query: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
/** A load balancer leaves names and values as the sender escaped them. */
const escapedListsOf = (query: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(listsOf(query)).map(([name, values]) => [name, values.map(encodeURIComponent)]),
  );

// As AWS documents them:
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
const version2 = ({
  method,
  path,
  query,
  headers,
  body,
}: Delivery): LambdaFunctionURLEvent & APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: query.toString(),
  headers,
  requestContext: {
    accountId: 'anonymous',
    apiId: 'id',
    domainName: 'id.lambda-url.eu-west-1.on.aws',
    domainPrefix: 'id',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
    requestId: 'request-1',
    routeKey: '$default',
    stage: '$default',
    time: '01/Jan/2026:00:00:00 +0000',
    timeEpoch: 1_767_225_600_000,
  },
  isBase64Encoded: body !== '',
  ...(body !== '' && { body: Buffer.from(body).toString('base64') }),
});

const version1 = ({ method, path, query, headers, body }: Delivery): APIGatewayProxyEvent => ({
  resource: path,
  path,
  httpMethod: method,
  headers,
  multiValueHeaders: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  ),
  queryStringParameters: query.size > 0 ? Object.fromEntries(query) : null,
  multiValueQueryStringParameters: query.size > 0 ? listsOf(query) : null,
  pathParameters: null,
  stageVariables: null,
  requestContext: {
    accountId: '123456789012',
    apiId: 'id',
    authorizer: null,
    httpMethod: method,
    identity,
    path,
    protocol: 'HTTP/1.1',
    requestId: 'request-1',
    requestTimeEpoch: 1_767_225_600_000,
    resourceId: 'resource-1',
    resourcePath: path,
    stage: 'prod',
  },
  body: body || null,
  isBase64Encoded: false,
});

const elb = {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/mews/1',
};
const loadBalancer = ({ method, path, query, headers, body }: Delivery): ALBEvent => ({
  requestContext: { elb },
  httpMethod: method,
  path,
  queryStringParameters: Object.fromEntries(
    Object.entries(escapedListsOf(query)).map(([name, values]) => [name, values.at(-1)]),
  ),
  headers,
  body,
  isBase64Encoded: false,
});

const loadBalancerWithLists = ({ method, path, query, headers, body }: Delivery): ALBEvent => ({
  requestContext: { elb },
  httpMethod: method,
  path,
  multiValueQueryStringParameters: escapedListsOf(query),
  multiValueHeaders: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  ),
  body,
  isBase64Encoded: false,
});

const shapes: Record<string, (delivery: Delivery) => LambdaHttpEvent> = {
  'function URL or HTTP API, payload format 2.0': version2,
  'REST API or HTTP API, payload format 1.0': version1,
  'load balancer': loadBalancer,
  'load balancer with multi-value headers': loadBalancerWithLists,
};

describe.each(Object.entries(shapes))('AWS Lambda behind a %s', (_, eventOf) => {
  // A load balancer without multi-value headers passes the last value on alone.
  const played = Object.entries(deliveries).filter(
    ([name]) => eventOf !== loadBalancer || name !== 'a token that is repeated',
  );
  test.each(played)('%s', async (_, deliver) => {
    await deliver({
      async post(path, body, { method = 'POST', type } = {}) {
        const { pathname, searchParams } = new URL(path, 'https://example.com');
        const headers = type === undefined ? {} : { 'content-type': type };
        const event = eventOf({ method, path: pathname, query: searchParams, headers, body });
        // Both ways pass JSON on.
        const result: LambdaHttpResult = JSON.parse(
          JSON.stringify(await handler(JSON.parse(JSON.stringify(event)))),
        );
        return new Response(result.body || null, { status: result.statusCode });
      },
      stored: async () => sent,
    });
  });
});

test('prints why it refused a request, and no token', () => {
  expect(output).toContainEqual(expect.stringMatching(/^401 token/));
  expect(output).toContainEqual(expect.stringMatching(/^400 invalid .*Events\[0\]/));
  expect(output.join('\n')).not.toContain(token);
});
