import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseWebhook, safeParseWebhook } from '../src/index.js';
import { readJson } from '../src/json.js';

const webhook = {
  EnterpriseId: 'enterprise',
  IntegrationId: 'integration',
  Events: [{ Discriminator: 'PaymentUpdated', Value: { Id: 'é🏨' } }],
};
const text = JSON.stringify(webhook);
const bytes = new TextEncoder().encode(text);
const expected = { ...webhook, UnknownEvents: [] };

const codeOf = (body: unknown) => {
  const result = safeParseWebhook(body);
  return result.success ? 'success' : result.error.code;
};

describe('every kind of body gives the same webhook', () => {
  const padded = new Uint8Array(bytes.length + 7);
  padded.set(bytes, 3);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const kinds: Record<string, unknown> = {
    string: text,
    'string with a BOM': `\uFEFF${text}`,
    Uint8Array: bytes,
    Buffer: Buffer.from(text),
    'pooled Buffer': Buffer.concat([Buffer.from(text)]),
    ArrayBuffer: bytes.slice().buffer,
    DataView: new DataView(padded.buffer, 3, bytes.length),
    Uint8ClampedArray: new Uint8ClampedArray(bytes),
    'view into a larger buffer': padded.subarray(3, 3 + bytes.length),
    'Uint8Array on shared memory': shared,
    'bytes with a BOM': new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]),
    object: webhook,
    'Uint8Array of another realm': runInNewContext('new Uint8Array(bytes)', { bytes: [...bytes] }),
    'ArrayBuffer of another realm': runInNewContext('new Uint8Array(bytes).buffer', {
      bytes: [...bytes],
    }),
    'object of another realm': runInNewContext(`(${text})`),
    'object without a prototype': Object.assign(Object.create(null), webhook),
  };
  test.each(Object.entries(kinds))('%s', (_, body) => {
    expect(parseWebhook(body)).toEqual(expected);
  });
});

test('one BOM is skipped, and only one', () => {
  expect(codeOf(`\uFEFF\uFEFF${text}`)).toBe('invalid_json');
  expect(codeOf(new Uint8Array([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, ...bytes]))).toBe(
    'invalid_json',
  );
});

test('the first bytes that are read are read like all others', async () => {
  vi.resetModules();
  const { parseWebhook } = await import('../src/parse.js');
  expect(() => parseWebhook(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('is not JSON');
  const marks = [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf];
  expect(() => parseWebhook(Uint8Array.of(...marks, 0x7b, 0x7d))).toThrow('is not JSON');
});

test('a byte order mark within the text is a part of it', () => {
  const inside = { ...webhook, EnterpriseId: 'e\uFEFF' };
  expect(parseWebhook(JSON.stringify(inside)).EnterpriseId).toBe('e\uFEFF');
});

test('one decoder serves all bodies', async () => {
  const made = vi.fn();
  class CountedDecoder extends TextDecoder {
    constructor(...options: ConstructorParameters<typeof TextDecoder>) {
      super(...options);
      made();
    }
  }
  vi.stubGlobal('TextDecoder', CountedDecoder);
  vi.resetModules();
  const { parseWebhook } = await import('../src/parse.js');
  expect(parseWebhook(bytes)).toEqual(parseWebhook(bytes));
  expect(made).toHaveBeenCalledTimes(1);
});

test.each<[string, number[]]>([
  ['a stray byte', [0x22, 0xff, 0x22]],
  ['an overlong form', [0x22, 0xc0, 0x80, 0x22]],
  ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['a truncated character', [0x22, 0xe2, 0x82]],
  ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
])('bytes that are not UTF-8 are invalid_json: %s', (_, invalid) => {
  const issue = { path: [], expected: 'object', received: 'string' };
  expect(safeParseWebhook(new Uint8Array(invalid))).toMatchObject({
    error: { code: 'invalid_json', issues: [issue] },
  });
  // What failed leaves nothing behind for the next body.
  expect(parseWebhook(bytes)).toEqual(expected);
});

test.each([
  '{',
  '[object Object]',
  "{'a':1}",
  '{"a":1}}',
  'undefined',
  'NaN',
  '"',
  '\u0000',
  '{"a":01}',
])('text that is not JSON is invalid_json: %s', (invalid) => {
  const result = safeParseWebhook(invalid);
  expect(result).toMatchObject({
    success: false,
    error: { code: 'invalid_json', issues: [{ path: [], expected: 'object', received: 'string' }] },
  });
  expect(codeOf(Buffer.from(invalid))).toBe('invalid_json');
});

describe('a body that throws when it is read is invalid_webhook', () => {
  const detached = new Uint8Array([1, 2, 3]);
  const view = new DataView(detached.buffer);
  const { buffer } = detached;
  structuredClone(buffer, { transfer: [buffer] });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const revokedArray = Proxy.revocable([], {});
  revokedArray.revoke();
  const fails = () => {
    throw new Error('secret');
  };
  const bodies: Record<string, unknown> = {
    'detached bytes': detached,
    'detached view': view,
    'detached buffer': buffer,
    'revoked proxy': revoked.proxy,
    'revoked array': revokedArray.proxy,
    'proxy that throws': new Proxy({}, { get: fails, has: fails, ownKeys: fails }),
    'list that is revoked': { ...webhook, Events: revokedArray.proxy },
    'second list that is revoked': { ...webhook, UnknownEvents: revokedArray.proxy },
    'revoked identifier': { ...webhook, EnterpriseId: revoked.proxy },
    'revoked identifier and list': { EnterpriseId: revokedArray.proxy, Events: 1 },
    'tag that throws': Object.defineProperty({}, Symbol.toStringTag, { get: fails }),
    'list that throws': { ...webhook, Events: new Proxy([1], { get: fails }) },
  };
  test.each(Object.entries(bodies))('%s', (_, body) => {
    const result = safeParseWebhook(body);
    expect(result).toMatchObject({ success: false, error: { code: 'invalid_webhook' } });
  });

  test('with an issue at its root', () => {
    const issue = {
      path: [],
      expected: 'object',
      received: 'undefined',
      message: 'expected object, received undefined',
    };
    expect(safeParseWebhook(revoked.proxy)).toMatchObject({ error: { issues: [issue] } });
  });
});

test('what is no text and no bytes is taken as it is', () => {
  for (const value of [undefined, null, 0, true, [], webhook, { byteLength: 3 }]) {
    expect(readJson(value)).toEqual({ success: true, data: value });
  }
});

afterEach(() => void vi.unstubAllGlobals());

test('without TextDecoder text is read, and bytes are a TypeError that names it', async () => {
  vi.stubGlobal('TextDecoder', undefined);
  vi.resetModules();
  const { parseWebhook, safeParseWebhook } = await import('../src/parse.js');
  expect(parseWebhook(text)).toEqual(expected);
  for (const parse of [parseWebhook, safeParseWebhook]) {
    expect(() => parse(bytes)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: expect.stringContaining('TextDecoder is missing'),
      }),
    );
  }
});

test('nesting of any depth ends in a verdict', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(codeOf(deep)).toBe('invalid_webhook');
  const unknown = `{"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"New","Value":${deep}}]}`;
  expect(parseWebhook(unknown).UnknownEvents).toHaveLength(1);
  expect(codeOf('['.repeat(100_000))).toBe('invalid_json');
  expect(codeOf(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toBe('invalid_webhook');
});
