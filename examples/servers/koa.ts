import { appendFile } from 'node:fs/promises';
import Koa from 'koa';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

const app = new Koa();
// Before a body parser, which would read the stream.
app.use(async (context, next) => {
  if (context.path !== '/mews') return next();
  context.respond = false; // the handler sends the response
  await handler(context.req, context.res);
});
app.listen(Number(PORT));
