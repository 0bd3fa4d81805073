import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

// What a consumer's compiler makes of the declarations that were built. The tests of the clients show that
// the types of Node fit.
const folder = 'test/.tmp/fetch-declarations';
beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(name: string, code: string, lib: string[]): string[] {
  const file = `${folder}/${name}.ts`;
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib,
    types: [],
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

const program = `
import type { Connection, GeneralWebhook } from 'mews-webhooks';
import { fetchEntities } from 'mews-webhooks/fetch';
declare const webhooks: GeneralWebhook[], connection: Connection;
export const amounts = fetchEntities(webhooks, { connectionOf: () => connection }).then(({ entities }) =>
  entities.map((fetched) => (fetched.entity === 'Payment' ? fetched.row.Amount.GrossValue : 0)));
// @ts-expect-error connectionOf is required
fetchEntities(webhooks, {});
export const own = (signal: AbortSignal) => fetchEntities(webhooks, {
  connectionOf: async () => connection,
  fetch: (url, init) => fetch(url, { ...init, signal: init.signal }),
  signal,
});
export const global = fetchEntities(webhooks, { connectionOf: () => connection, fetch });`;

test('ECMAScript 2020 alone is enough: no DOM, no @types/node', () => {
  const [code = ''] = program.split('export const own');
  expect(check('es2020', code, ['lib.es2020.d.ts'])).toEqual([]);
});

test('with the DOM, its fetch and AbortSignal fit', () => {
  expect(check('dom', program, ['lib.es2020.d.ts', 'lib.dom.d.ts'])).toEqual([]);
});
