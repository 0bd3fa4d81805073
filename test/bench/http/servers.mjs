// One server a process, so that each has its own heap; started by bench.mjs.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

export const secret = 'a-secret-of-this-bench';

/** Each server, and what its deliveries carry to be accepted. */
export const servers = {
  'bare node:http: read the body, JSON.parse, 204': {
    headers: () => ({}),
    load: async () => (request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        response.writeHead(204).end();
      });
    },
  },
  'mews-webhooks: createNodeHandler': {
    headers: () => ({}),
    load: async () => {
      const { createNodeHandler } = await import('../../../dist/node.js');
      return createNodeHandler({ token: secret, onWebhook: () => {} });
    },
  },
  '@octokit/webhooks: createNodeMiddleware (with its HMAC)': {
    headers: (body) => ({
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': '1',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }),
    load: async () => {
      const { createNodeMiddleware, Webhooks } = await import('@octokit/webhooks');
      const webhooks = new Webhooks({ secret });
      webhooks.on('push', () => {});
      const middleware = createNodeMiddleware(webhooks, { path: '/mews' });
      return (request, response) => void middleware(request, response);
    },
  },
  '@line/bot-sdk: middleware (with its HMAC)': {
    headers: (body) => ({
      'content-type': 'application/json',
      'x-line-signature': createHmac('sha256', secret).update(body).digest('base64'),
    }),
    load: async () => {
      const { middleware } = await import('@line/bot-sdk');
      const handle = middleware({ channelSecret: secret });
      return (request, response) =>
        void handle(request, response, (error) => {
          response.writeHead(error ? 500 : 204).end();
        });
    },
  },
};

const name = process.argv[2];
if (process.send !== undefined && name !== undefined) {
  const listener = await servers[name]?.load();
  const server = createServer(listener).listen(0, '127.0.0.1', () => {
    process.send?.(server.address().port);
  });
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.on('disconnect', () => process.exit());
}
