import express from 'express';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const handler = createNodeHandler({ token: 'secret', onWebhook: () => {} });
const app = express();
app.post('/mews', handler);
app.all('/mews', express.json({ type: () => true }), handler);
app.use('/mews', handler);
express.Router().post('/:hotel', handler);
app.post('/mews', (request, response) => handler(request, response));

declare const absent: (request: NodeRequest & { absent: string }, response: NodeResponse) => void;
// @ts-expect-error
app.post('/mews', absent);
