import { app } from '@azure/functions';
import { createWebHandler } from 'mews-webhooks/web';

const { MEWS_TOKEN: token, QUEUE_URL: queueUrl } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');
if (!queueUrl) throw new Error('QUEUE_URL is not set');

const handler = createWebHandler({
  token,
  // Any queue that takes messages over HTTP.
  onWebhook: async (webhook, { signal }) => {
    const body = JSON.stringify(webhook);
    const response = await fetch(queueUrl, { method: 'POST', body, signal });
    if (!response.ok) throw new Error(`The queue responded ${response.status}`);
  },
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

// With the prefix that Azure adds unless host.json has another: https://your.host/api/mews?Token=…
app.http('mews', {
  route: 'mews',
  authLevel: 'anonymous', // the token of Mews is checked instead
  handler: (request) => handler(request),
});
