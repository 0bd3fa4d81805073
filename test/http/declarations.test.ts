import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// What a consumer's compiler makes of the declarations that were built.
vi.setConfig({ testTimeout: 60_000 }); // compiling takes a while on a busy machine
const folder = 'test/.tmp/http-declarations';
beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(code: string, lib: string[], types: string[]): string[] {
  const file = `${folder}/consumer-${lib.length}${types.length}.ts`;
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib,
    types,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

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
  expect(check(code, ['lib.es2020.d.ts'], [])).toEqual([]);
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
  expect(check(web, ['lib.es2020.d.ts', 'lib.dom.d.ts'], [])).toEqual([]);
});

test('with @types/node, those of Node, and its servers', () => {
  const code = `${web.replace(/.*exactly.*/, '').replace('handler, exactly', 'handler')}
    import { createServer } from 'node:http';
    import express from 'express';
    createServer(createNodeHandler(options));
    express().post('/', createNodeHandler(options));`;
  expect(check(code, ['lib.es2022.d.ts'], ['node'])).toEqual([]);
});

test('what is wrong does not compile', () => {
  const code = `${all}
    createWebHandler({ onWebhook: () => {} });
    createNodeHandler({ token: undefined, onWebhook: () => {} });
    createNodeHandler({ token: null });
    createWebHandler({ ...options, onInvalid: () => {} });
    createWebHandler(options)('POST');
    createLambdaHandler(options)({ Records: [] });`;
  expect(check(code, ['lib.es2020.d.ts', 'lib.dom.d.ts'], [])).toHaveLength(6);
});
