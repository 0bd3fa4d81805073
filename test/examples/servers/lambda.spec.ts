import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import { deliveries, token } from './deliveries.js';

// The queue is a stand-in for SQS; its client is the real one. The events are of the shape that AWS
// documents for function URLs.
const sent: unknown[] = [];
const sqs = createServer(async (request, response) => {
  const { MessageBody } = JSON.parse(await text(request));
  sent.push(JSON.parse(MessageBody));
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  response.end(JSON.stringify({ MessageId: String(sent.length), MD5OfMessageBody }));
});
let handler: (event: LambdaFunctionURLEvent) => Promise<LambdaFunctionURLResult>;

beforeAll(async () => {
  await new Promise<void>((resolve) => sqs.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(sqs.address() as AddressInfo).port}`;
  vi.stubEnv('MEWS_TOKEN', token);
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', address);
  vi.stubEnv('QUEUE_URL', `${address}/1/webhooks`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
  ({ handler } = await import('./lambda.js'));
});
afterAll(() => void sqs.close());

describe.each(['base64', 'utf8'] as const)('AWS Lambda, a body in %s', (encoding) => {
  test.each(Object.entries(deliveries))('%s', async (_, deliver) => {
    await deliver({
      async post(path, body, { method = 'POST', type } = {}) {
        const { pathname, search } = new URL(path, 'https://example.com');
        const result = await handler({
          version: '2.0',
          routeKey: '$default',
          rawPath: pathname,
          rawQueryString: search.slice(1),
          headers: { ...(type !== undefined && { 'content-type': type }) },
          requestContext: {
            accountId: 'anonymous',
            apiId: 'id',
            domainName: 'id.lambda-url.eu-west-1.on.aws',
            domainPrefix: 'id',
            http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
            requestId: 'request-1',
            routeKey: '$default',
            stage: '$default',
            time: '01/Jan/2026:00:00:00 +0000',
            timeEpoch: 0,
          },
          isBase64Encoded: encoding === 'base64',
          ...(body !== '' && { body: Buffer.from(body).toString(encoding) }),
        });
        if (typeof result === 'string') throw new Error('A string says no status');
        return new Response(result.body || null, { status: result.statusCode ?? 200 });
      },
      stored: async () => sent,
    });
  });
});
