import { expect, test } from 'vitest';
import { compile } from '../compile.js';

// What a consumer's compiler makes of the declarations that were built. The tests of the clients show that
// the types of Node fit.
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
  expect(compile(code, ['lib.es2020.d.ts'])).toEqual([]);
});

test('with the DOM, its fetch and AbortSignal fit', () => {
  expect(compile(program, ['lib.es2020.d.ts', 'lib.dom.d.ts'])).toEqual([]);
});
