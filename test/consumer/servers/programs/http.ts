import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const handler = createNodeHandler({ token: 'secret', onWebhook: () => {} });
createServer(handler);
createServer({ keepAlive: true }, handler).on('request', handler);
createSecureServer({ cert: '', key: '' }, handler);

// The types of the server are there: one that lacks what is asked for does not fit.
type Absent = (request: NodeRequest & { absent: string }, response: NodeResponse) => void;
declare const absent: Absent;
// @ts-expect-error
createServer(absent);
// @ts-expect-error
createSecureServer({}, absent);
