// For Express 4 and 5.
import { appendFile } from 'node:fs/promises';
import express from 'express';
import { createNodeHandler } from 'mews-webhooks/node';

const { MEWS_TOKEN: token, PORT = '3000' } = process.env;
if (!token) throw new Error('MEWS_TOKEN is not set');

const handler = createNodeHandler({
  token,
  // Put your queue in place of this file. What the events need is done later, from there.
  onWebhook: (webhook) => appendFile('webhooks.jsonl', `${JSON.stringify(webhook)}\n`),
  onRefused: ({ status, reason, error }) => console.warn(status, reason, error?.message ?? ''),
});

const app = express();
app.all('/mews', handler); // before the parser, which refuses more than 100 kB
app.use(express.json()); // for your other routes
app.listen(Number(PORT));
