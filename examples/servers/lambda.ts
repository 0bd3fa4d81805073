import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { createWebHandler } from 'mews-webhooks/web';

const queue = new SQSClient();

const receive = createWebHandler({
  token: process.env.MEWS_TOKEN ?? '', // it does not start without one
  // Safe in the queue first, answered then. Events that this version does not know go along.
  onWebhook: (webhook) =>
    queue.send(
      new SendMessageCommand({
        QueueUrl: process.env.QUEUE_URL,
        MessageBody: JSON.stringify(webhook),
      }),
    ),
  onInvalid: (error) => console.warn(error.code, error.message),
  onError: (error) => console.error(error),
});

/** For a function URL or an HTTP API with payload format 2.0. */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const { requestContext, rawPath, rawQueryString, body, isBase64Encoded } = event;
  const response = await receive(
    new Request(`https://${requestContext.domainName}${rawPath}?${rawQueryString}`, {
      method: requestContext.http.method,
      ...(body !== undefined && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
    }),
  );
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
