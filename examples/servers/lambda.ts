// For a function URL, an HTTP API, a REST API or a load balancer.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createLambdaHandler } from 'mews-webhooks/lambda';

const { MEWS_TOKEN: token, QUEUE_URL: QueueUrl } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');
if (!QueueUrl) throw new Error('QUEUE_URL is not set');
const queue = new SQSClient();

export const handler = createLambdaHandler({
  token,
  onWebhook: (webhook, { signal }) => {
    const message = new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(webhook) });
    return queue.send(message, { abortSignal: signal });
  },
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});
