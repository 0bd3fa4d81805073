import { expect, test, vi } from 'vitest';
import { compile } from '../compile.js';

// What a consumer's compiler makes of the declarations that were built.
vi.setConfig({ testTimeout: 60_000 }); // compiling takes a while on a busy machine
const all = `
import { createLambdaHandler } from 'mews-webhooks/lambda';
import { createNodeHandler, type NodeRequest, type NodeResponse } from 'mews-webhooks/node';
import { createWebHandler } from 'mews-webhooks/web';
const options = { token: ['a'], onWebhook: async () => {} };
`;

test('ECMAScript 2020 alone is enough: no DOM, no @types/node', () => {
  const code = `${all}
    declare const request: NodeRequest, response: NodeResponse;
    const done: Promise<void> = createNodeHandler(options)(request, response);
    const like = { method: 'POST', url: '', headers: { get: () => null } };
    const statuses: Promise<number>[] = [like, { ...like, body: null, bodyUsed: false }].map(
      (request) => createWebHandler(options)(request).then(({ status }) => status),
    );
    const event = { requestContext: { http: { method: 'POST' } }, rawQueryString: '', body: null };
    const result: Promise<{ statusCode: number }> = createLambdaHandler(options)(event);
    export { done, statuses, result };`;
  expect(compile(code, ['lib.es2020.d.ts'], [])).toEqual([]);
});

const web = `${all}
  type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
  const handler: (request: Request) => Promise<Response> = createWebHandler({
    ...options,
    onWebhook: (webhook, { signal }) => fetch('https://example.com/', { signal }),
  });
  const exactly: Equal<ReturnType<ReturnType<typeof createWebHandler>>, Promise<Response>> = true;
  export { handler, exactly };`;

test('with the DOM, the real Request, Response and AbortSignal', () => {
  expect(compile(web, ['lib.es2020.d.ts', 'lib.dom.d.ts'], [])).toEqual([]);
});

test('with @types/node, those of Node, and its servers', () => {
  const code = `${web.replace(/.*exactly.*/, '').replace('handler, exactly', 'handler')}
    import { createServer } from 'node:http';
    import express from 'express';
    createServer(createNodeHandler(options));
    express().post('/', createNodeHandler(options));`;
  expect(compile(code, ['lib.es2022.d.ts'], ['node'])).toEqual([]);
});

test('what is wrong does not compile', () => {
  const code = `${all}
    createWebHandler({ onWebhook: () => {} });
    createNodeHandler({ token: undefined, onWebhook: () => {} });
    createNodeHandler({ token: null });
    createWebHandler({ ...options, onInvalid: () => {} });
    createWebHandler(options)('POST');
    createLambdaHandler(options)({ Records: [] });`;
  expect(compile(code, ['lib.es2020.d.ts', 'lib.dom.d.ts'], [])).toHaveLength(6);
});
