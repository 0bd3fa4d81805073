import { describe, expect, test } from 'vitest';
import { verifyToken } from '../src/index.js';
import { queryPairs, readSecrets } from '../src/token.js';

describe('the right token, wherever the URL stands', () => {
  test.each<string | URL | { href: string }>([
    '/?Token=s3cret',
    '/mews?Token=s3cret',
    '/mews?a=b&Token=s3cret&c',
    '//mews?Token=s3cret',
    '/?Token=s3cret#',
    '/?Token=s3cret#&Token=s3cret&%',
    '/?&Token=s3cret&&',
    '/?a=Token&Token=s3cret&=Token',
    '?Token=s3cret',
    '?a=b&Token=s3cret#Token=x',
    '/?Token=s3cret&a=%zz',
    '/?a=%E0%A4%A&Token=s3cret',
    '/?%zz=a&Token=s3cret&\ud800',
    'https://host.example/mews?Token=s3cret#Token=x',
    'https://host.example?%54oken=s3%63ret',
    new URL('https://host.example/?Token=s3cret'),
    { href: 'http://host.example/?Token=s3cret' },
  ])('%s', (url) => {
    expect(verifyToken(url, 's3cret')).toBe(true);
    expect(verifyToken(url, ['other', 's3cret'])).toBe(true);
    expect(verifyToken(url, ['s3cret', 'other'])).toBe(true);
    expect(verifyToken(url, 'S3cret')).toBe(false);
    expect(verifyToken(url, ['other', 's3cre', 's3crett'])).toBe(false);
  });
});

test.each([
  '/',
  '/?',
  '/?Token',
  '/?Token=',
  '/?token=s3cret',
  '/?Token=s3cre',
  '/?Token=s3crets',
  '/?Token=s3cretS3cret',
  '/?Token=s3cret&Token=s3cret',
  '/?Token=s3cret&Token=',
  '/?Token=s3cret&%54oken=s3cret',
  '/?Token[]=s3cret',
  '/?TokenX=s3cret',
  '/#?Token=s3cret',
  '/??Token=s3cret',
  '/?Token=s3cret?',
  '/?Token=s3cret=',
  '/?Token&Token=s3cret',
  '/?Token=\ud800',
  '/Token=s3cret',
  '/?Token=s3cret%',
  '/?Token=%E0%A4%A',
  '',
  'Token=s3cret',
  '?Tok%zzen=s3cret',
  '/?%zz=s3cret',
  '?Token=s3cret&Token=%zz',
  'mews?Token=s3cret',
  'http://[?Token=s3cret',
  'https://?Token=s3cret',
])('anything else is false: %s', (url) => {
  expect(verifyToken(url, 's3cret')).toBe(false);
});

test('no value is no word', () => {
  expect(verifyToken('/', 'undefined')).toBe(false);
  expect(verifyToken('/?Token', 'undefined')).toBe(false);
});

test('a URL that is none is false', () => {
  const call: (input: unknown[]) => unknown = Reflect.apply.bind(undefined, verifyToken, undefined);
  const throws = {
    get href() {
      throw new Error('no');
    },
  };
  for (const url of [undefined, null, 5, {}, { href: 5 }, [], Symbol('x'), throws]) {
    expect(call([url, 's3cret'])).toBe(false);
  }
});

test.each(['a+b', 'a b', '=', 'é🏨', 'a=b&c', '%41', '100%', '\u0000', '/?#'])(
  'a secret may hold anything: %s',
  (secret) => {
    const url = `/?Token=${encodeURIComponent(secret)}`;
    expect(verifyToken(url, secret)).toBe(true);
    expect(verifyToken(url, `${secret}x`)).toBe(false);
    expect(verifyToken(`https://host.example${url}`, secret)).toBe(true);
  },
);

test('a plus is a plus', () => {
  expect(verifyToken('/?Token=a+b', 'a+b')).toBe(true);
  expect(verifyToken('/?Token=a+b', 'a b')).toBe(false);
  expect(verifyToken('/?Token=a%20b', 'a b')).toBe(true);
});

test('characters compare by their bytes', () => {
  expect(verifyToken('/?Token=%C3%A9', '\u00e9')).toBe(true);
  expect(verifyToken('/?Token=%C3%A9', 'e\u0301')).toBe(false);
  expect(verifyToken('/?Token=%E9', '\u00e9')).toBe(false);
});

test('a name with a malformed escape is no name, even where it reads like the parameter', () => {
  expect(verifyToken('/?%zz=s3cret', 's3cret', { parameter: '%zz' })).toBe(false);
  expect(verifyToken('/?%25zz=s3cret', 's3cret', { parameter: '%zz' })).toBe(true);
});

test('another parameter name', () => {
  expect(verifyToken('/?key=s3cret', 's3cret', { parameter: 'key' })).toBe(true);
  expect(verifyToken('/?Token=s3cret', 's3cret', { parameter: 'key' })).toBe(false);
  expect(verifyToken('/?Token=s3cret', 's3cret', { parameter: undefined })).toBe(true);
});

test('a name may hold anything, and a pair without one has none', () => {
  for (const parameter of ['=x', 'a&b', 'é', '%41', '#']) {
    const name = encodeURIComponent(parameter);
    expect(verifyToken(`/?=x&${name}=s3cret`, 's3cret', { parameter })).toBe(true);
    expect(verifyToken(`/?${name}&${name}=s3cret`, 's3cret', { parameter })).toBe(false);
  }
});

test('the right one passes among many parameters', () => {
  const query = Array.from({ length: 100_000 }, (_, index) => `p${index}=${index}`).join('&');
  expect(verifyToken(`/?${query}&Token=s3cret`, 's3cret')).toBe(true);
});

describe('it fails closed: no secret is a TypeError that names the property', () => {
  const call: (input: unknown[]) => unknown = Reflect.apply.bind(undefined, verifyToken, undefined);
  test.each<[string, unknown, unknown?]>([
    ['secrets', ''],
    ['secrets', undefined],
    ['secrets', null],
    ['secrets', []],
    ['secrets', ['s3cret', '']],
    ['secrets', ['s3cret', undefined]],
    ['secrets', Object.assign(new Array(2), { 1: 's3cret' })],
    ['secrets', 5],
    ['secrets', '\ud800'],
    ['secrets', 's3cret\n'],
    ['secrets', ' s3cret'],
    ['secrets', ['s3cret', '\ts3cret']],
    ['secrets', '\u00a0s3cret'],
    ['secrets', ' '],
    ['options.parameter', 's3cret', { parameter: '' }],
    ['options.parameter', 's3cret', { parameter: 5 }],
  ])('%s: %o', (property, secrets, options) => {
    for (const url of ['/?Token=s3cret', '/?Token=', 'not a URL']) {
      expect(() => call([url, secrets, options])).toThrow(
        expect.objectContaining({
          name: 'TypeError',
          message: expect.stringMatching(new RegExp(`^${property}: expected `)),
        }),
      );
    }
  });
});

test('readSecrets names the setting that is wrong', () => {
  expect(() => readSecrets(['s3cret', 's3cret\n'], 'options.token')).toThrow(
    'options.token: expected a secret without white space at its start or end',
  );
  expect(readSecrets('a b', 'options.token')).toEqual(['a%20b']);
});

test('queryPairs gives the pairs of any address, as they stand', () => {
  const pairs = [
    { text: 'a=%31=', name: 'a', value: '%31=' },
    { text: '%62', name: 'b', value: '' },
    { text: '%zz=1', name: undefined, value: '1' },
    { text: '', name: '', value: '' },
  ];
  for (const start of ['https://h.example/p', '/p', '']) {
    expect(queryPairs(`${start}?a=%31=&%62&%zz=1&#?c=d`)).toEqual(pairs);
    expect(queryPairs(`${start}#?a=1`)).toEqual([]);
  }
});

test('a parameter that occurs twice is not the list of its values', () => {
  expect(verifyToken('/?Token=a&Token=b', 'a,b')).toBe(false);
  expect(verifyToken('/?Token=a,b', 'a,b')).toBe(true);
});
