import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

createServer(async (request, response) => {
  if (request.url?.split('?')[0] === '/mews') await handler(request, response);
  else response.writeHead(404).end();
}).listen(Number(PORT));
