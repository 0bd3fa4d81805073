import { http } from '@google-cloud/functions-framework';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, QUEUE_URL: queueUrl } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');
if (!queueUrl) throw new Error('QUEUE_URL is not set');

const handler = createNodeHandler({
  token,
  // Any queue that takes messages over HTTP.
  onWebhook: async (webhook, { signal }) => {
    const body = JSON.stringify(webhook);
    const response = await fetch(queueUrl, { method: 'POST', body, signal });
    if (!response.ok) throw new Error(`The queue responded ${response.status}`);
  },
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

http('mews', handler);
