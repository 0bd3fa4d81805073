import { expect, test } from 'vitest';
import { createLambdaHandler } from '../../src/http/lambda.js';
import { createNodeHandler } from '../../src/http/node.js';
import { resolveOptions } from '../../src/http/options.js';
import { createWebHandler } from '../../src/http/web.js';

const valid = { token: 's3cret', onWebhook: () => {} };

test('the defaults', () => {
  expect(resolveOptions(valid)).toEqual({
    ...valid,
    tokenParameter: 'Token',
    maxBytes: 1024 * 1024,
    timeoutMs: 4500,
  });
});

test.each([
  { token: null },
  { token: ['old', 'new'] },
  { maxBytes: Number.POSITIVE_INFINITY },
  { timeoutMs: 1 },
  {
    onRefused: undefined,
    onError: undefined,
    onInvalidEvent: undefined,
    onIntegrationWebhook: undefined,
  },
])('takes %o', (change) => {
  expect(resolveOptions({ ...valid, ...change })).toMatchObject(change);
});

test.each([
  ['token', undefined],
  ['token', ''],
  ['token', []],
  ['token', ['a', '']],
  ['token', 5],
  ['token', '\ud800'],
  ['token', ['a', 'b\udc00']],
  ['token', 's3cret\n'],
  ['token', ' s3cret'],
  ['token', ['s3cret', 's3cret\t']],
  ['token', '\ufeffs3cret'],
  ['token', ['a', undefined]],
  ['token', new Set(['a'])],
  ['tokenParameter', ''],
  ['maxBytes', 0],
  ['maxBytes', Number.NaN],
  ['maxBytes', '1mb'],
  ['timeoutMs', 0],
  ['timeoutMs', 2 ** 31],
  ['timeoutMs', '1s'],
  ['onWebhook', undefined],
  ['onIntegrationWebhook', 'a name'],
  ['onRefused', null],
  ['onInvalidEvent', 'a name'],
  ['onError', {}],
])('refuses %s: %o when the handler is made', (option, value) => {
  const options = { ...valid, [option]: value };
  for (const create of [createNodeHandler, createWebHandler, createLambdaHandler]) {
    const made = () => create(options);
    expect(made).toThrow(TypeError);
    expect(made).toThrow(`options.${option}: expected `);
    expect(made).not.toThrow(/s3cret/);
  }
});

test('refuses no options at all', () => {
  for (const create of [createNodeHandler, createWebHandler, createLambdaHandler]) {
    const made = () => Reflect.apply(create, undefined, []);
    expect(made).toThrow(new TypeError('options: expected an object with token and onWebhook'));
  }
});
