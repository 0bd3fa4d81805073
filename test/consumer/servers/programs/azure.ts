import { app, type HttpRequest } from '@azure/functions';
import { createWebHandler, type WebRequest } from 'mews-webhooks/web';

const handler = createWebHandler({ token: 'secret', onWebhook: () => {} });
app.http('mews', {
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request) => {
    const response = await handler(request);
    return { status: response.status, body: await response.text() };
  },
});

declare const absent: (request: WebRequest & { absent: string }) => void;
declare const request: HttpRequest;
// @ts-expect-error
absent(request);
