import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { parseWebhook, safeParseWebhook, WebhookParseError } from '../../src/index.js';
import {
  parseAnyWebhook,
  parseIntegrationWebhook,
  safeParseAnyWebhook,
  safeParseIntegrationWebhook,
} from '../../src/integration/index.js';
import { samples } from './samples.js';

const [created] = samples;
const general = JSON.parse(readFileSync('test/fixtures/general.json', 'utf8'));
const websocket = { Events: [{ Type: 'Reservation', Id: 'r', State: 'Confirmed' }] };

const parsers = { safeParseIntegrationWebhook, safeParseAnyWebhook };
const names = ['safeParseIntegrationWebhook', 'safeParseAnyWebhook'] as const;

function errorOf(name: keyof typeof parsers, body: unknown): WebhookParseError {
  const result = parsers[name](body);
  if (result.success) throw new Error('expected a failure');
  return result.error;
}

test.each(samples.map((sample) => [sample.Action, sample]))(
  '%s in every kind of body',
  (_, sample) => {
    const text = JSON.stringify(sample);
    const bytes = new TextEncoder().encode(text);
    for (const body of [
      sample,
      text,
      `\uFEFF${text}`,
      bytes,
      Buffer.from(text),
      bytes.slice().buffer,
      new DataView(bytes.buffer),
      runInNewContext('new Uint8Array(bytes)', { bytes: [...bytes] }),
      runInNewContext(`(${text})`),
      Object.assign(Object.create(null), sample),
    ]) {
      expect(parseIntegrationWebhook(body)).toStrictEqual(sample);
      expect(safeParseIntegrationWebhook(body)).toStrictEqual({ success: true, data: sample });
      expect(parseAnyWebhook(body)).toStrictEqual({ kind: 'integration', webhook: sample });
    }
  },
);

describe.each(names)('%s', (name) => {
  test.each<[string, unknown[]]>([
    [
      'missing_body',
      [undefined, null, '', ' \n', '\uFEFF', new Uint8Array(), {}, '{}', 'null', '""'],
    ],
    ['invalid_json', ['{', '[object Object]', new Uint8Array([0x22, 0xff, 0x22])]],
    ['websocket_message', [websocket, JSON.stringify(websocket)]],
    ['invalid_webhook', [5, '[]', [created], '"x"', { Foo: 1 }, { ...created, Data: 'x' }]],
  ])('%s', (code, bodies) => {
    for (const body of bodies) {
      const error = errorOf(name, body);
      expect([body, error.code]).toEqual([body, code]);
      expect(error).toBeInstanceOf(WebhookParseError);
      expect(error.issues.length).toBeGreaterThan(0);
    }
  });

  test('says of the bodies that both refuse what the core says', () => {
    for (const body of ['', '{', {}, websocket, '\u0000']) {
      const result = safeParseWebhook(body);
      const { code, message } = errorOf(name, body);
      expect([code, message]).toEqual(
        result.success ? [] : [result.error.code, result.error.message],
      );
    }
  });

  test('a body that throws when it is read is an error', () => {
    const hostile = (property: string, object: object) =>
      Object.defineProperty(object, property, {
        enumerable: true,
        get() {
          throw new Error(created.Data.AccessToken);
        },
      });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const body of [
      proxy,
      { Action: proxy, Data: {} },
      { Action: 'IntegrationEnabled', Data: proxy },
      hostile('Action', { Data: {} }),
      hostile('Extra', { ...created }),
      { ...created, Data: hostile('AccessToken', { ...created.Data }) },
      { Action: 'New', Data: hostile('Any', {}) },
    ]) {
      const error = errorOf(name, body);
      expect(error.code).toBe('invalid_webhook');
      expect(inspect(error)).not.toContain(created.Data.AccessToken);
    }
  });

  test('no value of the body is in the error', () => {
    const sentinel = 'SENTINEL-9E5E84E9974D4F16';
    for (const body of [
      sentinel,
      `{"AccessToken":"${sentinel}`,
      { [sentinel]: sentinel },
      { Action: { [sentinel]: sentinel }, Data: sentinel },
      { Action: 'IntegrationApiKeyCreated', Data: { ApiKey: [sentinel], Integration: sentinel } },
      { Action: 'IntegrationCreated', Data: { AccessToken: sentinel, IsEnabled: sentinel } },
      { Events: sentinel, AccessToken: sentinel },
      { Events: [{ Discriminator: [sentinel] }] },
    ]) {
      const error = errorOf(name, body);
      const told = [
        `${error}`,
        `${error.stack}`,
        JSON.stringify(error),
        inspect(error, { depth: null }),
      ];
      expect(told.join()).not.toContain(sentinel);
      expect(error.cause).toBeUndefined();
    }
  });
});

test('the other two throw what these return', () => {
  const message = 'Data: expected object, received null';
  const body = { Action: 'IntegrationEnabled', Data: null };
  expect(() => parseIntegrationWebhook(body)).toThrow(
    new WebhookParseError('invalid_webhook', message, [
      {
        path: ['Data'],
        expected: 'object',
        received: 'null',
        message: 'expected object, received null',
      },
    ]),
  );
  expect(() => parseAnyWebhook(body)).toThrow(`Read as an Integration webhook: ${message}`);
  expect(() => parseAnyWebhook('{')).toThrow(WebhookParseError);
});

test('a General webhook given to parseIntegrationWebhook is general_webhook', () => {
  for (const body of [general, JSON.stringify(general), { Events: [] }, parseWebhook(general)]) {
    const error = errorOf('safeParseIntegrationWebhook', body);
    expect([error.code, error.message]).toEqual([
      'general_webhook',
      'The body is a General webhook. Use parseWebhook of mews-webhooks, or parseAnyWebhook for an endpoint that receives both.',
    ]);
  }
  for (const body of [{ Action: 5, Data: {}, Events: [] }, { Events: 5 }]) {
    expect(errorOf('safeParseIntegrationWebhook', body).code).toBe('invalid_webhook');
  }
});

describe('on a shared endpoint', () => {
  test('a General webhook is what the core makes of it', () => {
    for (const body of [general, JSON.stringify(general), { ...general, Action: 'x', Data: {} }]) {
      expect(parseAnyWebhook(body)).toStrictEqual({ kind: 'general', webhook: parseWebhook(body) });
    }
  });

  test('an unknown action is told apart from the known', () => {
    const body = { Action: 'IntegrationMoved', Data: { AccessToken: 'secret' }, Extra: 'shown' };
    const parsed = parseAnyWebhook(body);
    expect(parsed).toStrictEqual({ ...body, kind: 'unknown-integration' });
    expect(inspect(parsed)).not.toContain('secret');
    expect(inspect(parsed)).toContain('shown');
    expect(parseIntegrationWebhook(parsed)).toStrictEqual({ ...body, kind: 'unknown' });
    expect(parseAnyWebhook(JSON.stringify(parsed))).toStrictEqual(parsed);
    expect(parseAnyWebhook(parseIntegrationWebhook(body))).toStrictEqual(parsed);
  });

  test('onInvalidEvent receives the malformed events of a General webhook', () => {
    const body = { ...general, Events: [7, ...general.Events] };
    for (const parse of [parseAnyWebhook, safeParseAnyWebhook]) {
      const paths: unknown[] = [];
      const parsed = parse(body, {
        onInvalidEvent: (event, [{ path }]) => paths.push([event, path]),
      });
      expect(paths).toEqual([[7, ['Events', 0]]]);
      const any = { kind: 'general', webhook: parseWebhook(general) };
      expect(parsed).toEqual(parse === parseAnyWebhook ? any : { success: true, data: any });
      const onInvalidEvent = () => {
        throw new RangeError('mine');
      };
      expect(() => parse(body, { onInvalidEvent })).toThrow(new RangeError('mine'));
      expect(parse(created, { onInvalidEvent })).toBeDefined();
    }
  });

  test.each<[string, unknown, string]>([
    ['Events of a wrong type', { Events: 'x' }, 'Read as a General webhook: EnterpriseId: '],
    ['Events without identifiers', { Events: [] }, 'Read as a General webhook: EnterpriseId: '],
    [
      'a malformed event',
      { ...general, Events: [{ Discriminator: 'CustomerAdded' }] },
      'Read as a General webhook: Events[0].Value: expected object, received undefined',
    ],
    [
      'no Action',
      { Data: created.Data },
      'Read as an Integration webhook: Action: expected non-empty string, received undefined',
    ],
    [
      'no Data',
      { Action: 'IntegrationEnabled' },
      'Read as an Integration webhook: Data: expected object, received undefined',
    ],
    [
      'no mark of either',
      { EnterpriseId: 'e', IntegrationId: 'i' },
      'Neither Events of a General webhook nor Action of an Integration webhook: Events: expected array, received undefined',
    ],
    [
      'an array',
      [general],
      'Neither Events of a General webhook nor Action of an Integration webhook: body: expected object, received array',
    ],
  ])('the error says what was recognised: %s', (_, body, message) => {
    expect(errorOf('safeParseAnyWebhook', body).message.startsWith(message)).toBe(true);
  });

  test('the issues are those of the kind, at most 100', () => {
    const Events = Array.from({ length: 1000 }, () => null);
    const error = errorOf('safeParseAnyWebhook', { ...general, Events });
    expect(error.issues).toHaveLength(100);
    expect(error.message).toMatch(/Events\[0\]: expected object, received null \(and 999 more\)$/);
  });
});
