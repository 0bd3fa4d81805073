import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000', TLS_KEY, TLS_CERT } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');
if (!TLS_KEY || !TLS_CERT) throw new Error('TLS_KEY and TLS_CERT have to name two PEM files');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

// allowHTTP1: senders and health checks that know no HTTP/2 are served as well.
const settings = { allowHTTP1: true, key: readFileSync(TLS_KEY), cert: readFileSync(TLS_CERT) };
createSecureServer(settings, async (request, response) => {
  if (request.url.split('?')[0] === '/mews') await handler(request, response);
  else response.writeHead(404).end();
}).listen(Number(PORT));
