import { createSecureServer, createServer } from 'node:http2';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';

const handler = createNodeHandler({ token: 'secret', onWebhook: () => {} });
createServer(handler);
createSecureServer(handler);
createSecureServer({ allowHTTP1: true }, handler);

declare const absent: (request: NodeRequest & { absent: string }, response: NodeResponse) => void;
// @ts-expect-error
createServer(absent);
// @ts-expect-error
createSecureServer({ allowHTTP1: true }, absent);
