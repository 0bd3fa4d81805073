import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, test } from 'vitest';
import { discriminators, parseWebhook, safeParseWebhook } from '../src/index.js';

const sample = JSON.parse(readFileSync('test/fixtures/general.json', 'utf8'));
const envelope = { EnterpriseId: 'e', IntegrationId: 'i' };
const event = { Discriminator: 'CustomerAdded', Value: { Id: 'c' } };
const unknown = { Discriminator: 'ResourceDeleted', Value: { Id: 'r', Name: null } };

function fails(): never {
  throw new Error('secret');
}

function errorOf(body: unknown) {
  const result = safeParseWebhook(body);
  if (result.success) throw new Error('expected a failure');
  return result.error;
}

describe('what is valid', () => {
  test('the message of the documentation', () => {
    expect(parseWebhook(sample)).toEqual({ ...sample, UnknownEvents: [] });
  });

  test('a message without events', () => {
    expect(parseWebhook({ ...envelope, Events: [] })).toEqual({
      ...envelope,
      Events: [],
      UnknownEvents: [],
    });
  });

  test('every discriminator, and any non-empty id', () => {
    const Events = discriminators.map((Discriminator) => ({ Discriminator, Value: { Id: ' ' } }));
    expect(parseWebhook({ ...envelope, Events }).Events).toEqual(Events);
  });

  test('properties that are not documented are kept, at every level', () => {
    const body = {
      Entities: [],
      ...envelope,
      Events: [{ ...event, Extra: 1, Value: { Id: 'c', Extra: { deep: [null] } } }, unknown],
      Extra: { deep: true },
    };
    const { Events, UnknownEvents, ...rest } = parseWebhook(body);
    expect(Events).toEqual([body.Events[0]]);
    expect(UnknownEvents).toEqual([unknown]);
    expect(rest).toEqual({ Entities: [], ...envelope, Extra: { deep: true } });
  });

  test('a property named __proto__ is kept as a property and changes no prototype', () => {
    const text = '{"__proto__":{"a":1},"EnterpriseId":"e","IntegrationId":"i","Events":[]}';
    const webhook = parseWebhook(text);
    expect(Object.getPrototypeOf(webhook)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(webhook))).toEqual(
      JSON.parse(text.replace('}', '}').replace('[]}', '[],"UnknownEvents":[]}')),
    );
    expect(Object.keys(webhook)).toContain('__proto__');
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe('what the result has of the body', () => {
  test('its own list, where nothing has to be sorted out', () => {
    const body = { ...envelope, Events: [event, event] };
    expect(parseWebhook(body).Events).toBe(body.Events);
    const webhook = { ...body, UnknownEvents: [] };
    expect(parseWebhook(webhook).Events).toBe(body.Events);
    expect(parseWebhook({ ...body, UnknownEvents: [unknown] }).Events).not.toBe(body.Events);
  });

  test.each([[[event]], [[event, unknown]]])(
    'its own properties, where others are inherited',
    (Events) => {
      const body = Object.assign(Object.create({ EnterpriseId: 'e' }), {
        IntegrationId: 'i',
        Events,
        Extra: 1,
      });
      expect(parseWebhook(body)).toMatchObject({ ...envelope, Extra: 1, Events: [event] });
      delete body.Extra;
      const webhook = parseWebhook(body);
      expect(Object.keys(webhook).sort()).toEqual(
        ['EnterpriseId', 'Events', 'IntegrationId', 'UnknownEvents'].sort(),
      );
    },
  );

  test('properties that begin like those of the contract', () => {
    for (const Events of [[event], [event, unknown]]) {
      for (const name of ['constructor', 'Event', 'EnterpriseIds', 'integrationid', '']) {
        expect(parseWebhook({ ...envelope, Events, [name]: 5 })).toHaveProperty([name], 5);
      }
    }
  });
});

test('the usual body is read once, and not copied', () => {
  for (const body of [
    { ...envelope, Events: [event] },
    { ...envelope, Events: [event], UnknownEvents: [] },
  ]) {
    const reads: string[] = [];
    const counted = Object.fromEntries(Object.keys(body).map((name) => [name, 0]));
    for (const [name, value] of Object.entries(body)) {
      const get = () => {
        reads.push(name);
        return value;
      };
      Object.defineProperty(counted, name, { get });
    }
    const data = { ...body, UnknownEvents: [] };
    expect(safeParseWebhook(counted)).toEqual({ success: true, data });
    expect(reads.sort()).toEqual(Object.keys(body).sort());
  }
});

describe('unknown events', () => {
  test.each(['ResourceDeleted', 'constructor', '__proto__', 'toString', 'customerAdded', ' '])(
    'go to UnknownEvents whole: %s',
    (Discriminator) => {
      for (const Value of [undefined, null, 3, 'text', [], {}, { Id: 5 }]) {
        const other = { Discriminator, Value, Extra: 1 };
        const webhook = parseWebhook({ ...envelope, Events: [event, other, event] });
        expect(webhook.Events).toEqual([event, event]);
        expect(webhook.UnknownEvents).toEqual([other]);
      }
    },
  );

  test('keep their order, as the known ones do', () => {
    const Events = ['A', 'CustomerAdded', 'B', 'PaymentUpdated', 'A'].map(
      (Discriminator, index) => ({
        Discriminator,
        Value: { Id: `${index}` },
      }),
    );
    const webhook = parseWebhook({ ...envelope, Events });
    expect(webhook.Events.map(({ Value }) => Value.Id)).toEqual(['1', '3']);
    expect(webhook.UnknownEvents.map(({ Value }) => Value)).toEqual(
      ['0', '2', '4'].map((Id) => ({ Id })),
    );
  });

  test('are read back, and one that is known by now moves to the end of Events', () => {
    const webhook = parseWebhook({
      ...envelope,
      Events: [event, unknown],
      UnknownEvents: [
        { ...unknown, Extra: 1 },
        { Discriminator: 'PaymentUpdated', Value: { Id: 'p' } },
      ],
    });
    expect(webhook.Events).toEqual([
      event,
      { Discriminator: 'PaymentUpdated', Value: { Id: 'p' } },
    ]);
    expect(webhook.UnknownEvents).toEqual([unknown, { ...unknown, Extra: 1 }]);
  });
});

describe('what was parsed can be parsed again', () => {
  test.each<[string, object]>([
    ['the sample', sample],
    ['unknown events', { ...envelope, Events: [unknown, event, unknown], Extra: 1 }],
    ['no events', { ...envelope, Events: [] }],
    ['undefined UnknownEvents', { ...envelope, Events: [event], UnknownEvents: undefined }],
  ])('%s', (_, body) => {
    const webhook = parseWebhook(body);
    expect(parseWebhook(webhook)).toEqual(webhook);
    expect(parseWebhook(JSON.stringify(webhook))).toEqual(webhook);
  });
});

test('the caller’s objects are not changed', () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  const known = freeze({ ...envelope, Events: [event, event] });
  expect(parseWebhook(known).Events).toBe(known.Events);
  const body = freeze({ ...envelope, Events: [event, unknown], UnknownEvents: [unknown], X: {} });
  const before = JSON.stringify(body);
  parseWebhook(body);
  safeParseWebhook(freeze({ ...envelope, Events: [{ Discriminator: 3 }] }));
  expect(JSON.stringify(body)).toBe(before);
});

test('nothing is read after the last event', () => {
  const list = new Proxy([event], {
    get: (events, property) => (property === '1' ? fails() : Reflect.get(events, property)),
  });
  expect(parseWebhook({ ...envelope, Events: list }).Events).toBe(list);
});

describe('codes', () => {
  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    ['', 'empty string'],
    [' \r\n\t', 'string'],
    ['null', 'null'],
    ['""', 'empty string'],
    ['" "', 'string'],
    [new Uint8Array(), 'empty string'],
    [new ArrayBuffer(0), 'empty string'],
    [new Uint8Array([0xef, 0xbb, 0xbf]), 'empty string'],
  ])('missing_body: %o', (body, received) => {
    const error = errorOf(body);
    expect(error.code).toBe('missing_body');
    expect(error.issues).toMatchObject([{ path: [], expected: 'object', received }]);
    expect(error.message).toMatch(/content type.*read before.*Pass the raw body/);
  });

  test.each([{}, '{}', ' { } ', Buffer.from('{}')])('missing_body: %o', (body) => {
    const error = errorOf(body);
    expect(error.code).toBe('missing_body');
    expect(error.issues.map(({ path }) => path.join('.'))).toEqual([
      'EnterpriseId',
      'IntegrationId',
      'Events',
    ]);
  });

  test.each([
    { Action: 'IntegrationCreated', Data: {} },
    { Action: 'New', Data: null },
    JSON.parse(readFileSync('test/fixtures/integration-created.json', 'utf8')),
  ])('integration_webhook: %o', (body) => {
    const error = errorOf(body);
    expect(error.code).toBe('integration_webhook');
    expect(error.message).toContain('mews-webhooks/integration');
  });

  test.each([
    { Events: [{ Type: 'DeviceCommand', Id: 'd', State: 'Pending' }] },
    { Events: [{ Type: 'a' }, { Discriminator: 'CustomerAdded' }] },
    {
      ...envelope,
      Events: [
        { Type: 'Reservation', Id: 'r' },
        { Type: 'Space', Id: 's' },
      ],
    },
  ])('websocket_message: %o', (body) => {
    const error = errorOf(body);
    expect(error.code).toBe('websocket_message');
    expect(error.message).toContain('WebSocket');
  });

  test.each(['Discriminator', 'Type'])('invalid_webhook: a first event whose %s throws', (name) => {
    const hostile = Object.defineProperty({}, name, { get: fails });
    expect(errorOf({ ...envelope, Events: [hostile] }).code).toBe('invalid_webhook');
  });

  test.each([
    { Action: 'IntegrationCreated' },
    { Action: 5, Data: {} },
    { Action: 'x', Data: {}, Events: [] },
    { Events: [] },
    { Events: [{ Discriminator: 'CustomerAdded' }, { Type: 'a' }] },
    { ...envelope, Events: [{ Type: 'a', Discriminator: '' }] },
    { ...envelope, Events: [{ Type: 5 }] },
    { a: 1 },
    [],
    [event],
    Object.assign([], envelope, { Events: [event] }),
    0,
    false,
    'true',
    '"text"',
    JSON.stringify(JSON.stringify(sample)),
  ])('invalid_webhook: %o', (body) => {
    expect(errorOf(body).code).toBe('invalid_webhook');
  });
});

describe('a body that a form parser made of JSON text', () => {
  test.each([{ extended: false }, { extended: true }])(
    'express.urlencoded(%o)',
    async (options) => {
      const bodies: unknown[] = [];
      const app = express();
      app.use(express.urlencoded({ type: () => true, ...options }));
      app.post('/', (request, response) => {
        bodies.push(request.body);
        response.end();
      });
      const server = createServer(app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const texts = [
        JSON.stringify(sample),
        ` \n${JSON.stringify(sample, null, 2)}`,
        '{"EnterpriseId":"e=f"}',
      ];
      for (const body of texts) await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
      server.close();
      expect(bodies).toHaveLength(texts.length);
      for (const body of bodies) {
        const { code, message } = errorOf(body);
        expect(code).toBe('invalid_webhook');
        expect(message).toContain('form parser');
      }
    },
  );

  test.each([{ a: 1 }, { '[': '' }, { '{': '', b: '' }, { ' ': '' }, { 'a{': '' }])(
    'is not %o',
    (body) => {
      expect(errorOf(body).message).not.toContain('form parser');
    },
  );
});

test('a message says what to do', () => {
  for (const body of [
    '',
    '{',
    Uint8Array.of(0xff),
    { Action: 'a', Data: 1 },
    { Events: [{ Type: 'a' }] },
  ]) {
    expect(errorOf(body).message).toMatch(/[\w.]\. .*\b(Pass|Use)\b.*\.$/);
  }
});

describe('what others put on Object.prototype', () => {
  test.each([
    'code',
    'issues',
    'message',
    'name',
    'path',
    'expected',
    'received',
    'success',
    'error',
  ])('a setter that throws: %s', (name) => {
    const before = Object.getOwnPropertyDescriptor(Object.prototype, name);
    Object.defineProperty(Object.prototype, name, { configurable: true, set: fails });
    const results = [{ ...envelope, Events: [7] }, '{', undefined].map((body) =>
      safeParseWebhook(body),
    );
    Reflect.deleteProperty(Object.prototype, name);
    expect(before).toBeUndefined();
    const codes = results.map((result) => (result.success ? '' : result.error.code));
    expect(codes).toEqual(['invalid_webhook', 'invalid_json', 'missing_body']);
  });

  test.each(['EnterpriseId', 'Events', 'UnknownEvents', 'Extra'])(
    'a getter that throws ends in an error: %s',
    (name) => {
      Object.defineProperty(Object.prototype, name, {
        configurable: true,
        enumerable: true,
        get: fails,
      });
      const { EnterpriseId, ...body } = { ...envelope, Extra: 1 };
      const result = safeParseWebhook(body);
      Reflect.deleteProperty(Object.prototype, name);
      expect(result).toMatchObject({ success: false, error: { code: 'invalid_webhook' } });
    },
  );
});

describe('issues', () => {
  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [false, 'boolean'],
    [5, 'number'],
    ['', 'empty string'],
    [[], 'array'],
    [{}, 'object'],
  ])('name the type of what was received: %o', (value, received) => {
    const { issues } = errorOf({ EnterpriseId: value, IntegrationId: 'i', Events: [] });
    expect(issues).toEqual([
      {
        path: ['EnterpriseId'],
        expected: 'non-empty string',
        received,
        message: `expected non-empty string, received ${received}`,
      },
    ]);
  });

  test.each<[unknown, (string | number)[], string, string]>([
    [3, [], 'object', 'number'],
    [null, [], 'object', 'null'],
    [[], [], 'object', 'array'],
    [undefined, [], 'object', 'undefined'],
    [{}, ['Discriminator'], 'non-empty string', 'undefined'],
    [{ Discriminator: '' }, ['Discriminator'], 'non-empty string', 'empty string'],
    [{ Discriminator: 7, Value: 7 }, ['Discriminator'], 'non-empty string', 'number'],
    [{ Discriminator: 'CustomerAdded' }, ['Value'], 'object', 'undefined'],
    [{ Discriminator: 'CustomerAdded', Value: 'c' }, ['Value'], 'object', 'string'],
    [{ Discriminator: 'CustomerAdded', Value: [] }, ['Value'], 'object', 'array'],
    [
      { Discriminator: 'CustomerAdded', Value: {} },
      ['Value', 'Id'],
      'non-empty string',
      'undefined',
    ],
    [
      { Discriminator: 'CustomerAdded', Value: { Id: '' } },
      ['Value', 'Id'],
      'non-empty string',
      'empty string',
    ],
    [
      { Discriminator: 'CustomerAdded', Value: { Id: 5 } },
      ['Value', 'Id'],
      'non-empty string',
      'number',
    ],
  ])('of an event lead to the first fault: %o', (wrong, path, expected, received) => {
    for (const list of ['Events', 'UnknownEvents']) {
      const error = errorOf({ ...envelope, Events: [], [list]: [event, unknown, wrong] });
      expect(error.issues).toMatchObject([{ path: [list, 2, ...path], expected, received }]);
      expect(error.issues).toHaveLength(1);
    }
  });

  test('of an event that throws when it is read lead to the event', () => {
    const value = Object.defineProperty({}, 'Id', { get: fails });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const error = errorOf({
      ...envelope,
      Events: [
        event,
        revoked.proxy,
        Object.defineProperty({}, 'Discriminator', { get: fails }),
        Object.defineProperty({ Discriminator: 'CustomerAdded' }, 'Value', { get: fails }),
        { Discriminator: 'CustomerAdded', Value: value },
      ],
    });
    expect(error.code).toBe('invalid_webhook');
    expect(
      error.issues.map(({ path, expected, received }) => [...path, expected, received]),
    ).toEqual([1, 2, 3, 4].map((index) => ['Events', index, 'object', 'undefined']));
  });

  test('tell everything that is wrong, the envelope first, and the message the first and how many more', () => {
    const error = errorOf({ EnterpriseId: 1, Events: [event, 1, {}], UnknownEvents: null });
    expect(error.issues.map(({ path }) => path)).toEqual([
      ['EnterpriseId'],
      ['IntegrationId'],
      ['UnknownEvents'],
      ['Events', 1],
      ['Events', 2, 'Discriminator'],
    ]);
    expect(error.message).toBe(
      'EnterpriseId: expected non-empty string, received number (and 4 more)',
    );
  });

  test('are written as a path into the body', () => {
    const wrong = { Discriminator: 'CustomerAdded', Value: { Id: 5 } };
    expect(errorOf({ ...envelope, Events: [event, event, event, wrong] }).message).toBe(
      'Events[3].Value.Id: expected non-empty string, received number',
    );
    const Events = [...Array(12).fill(unknown), 7];
    expect(errorOf({ ...envelope, Events }).message).toBe(
      'Events[12]: expected object, received number',
    );
    expect(errorOf({ ...envelope, Events: {} }).message).toBe(
      'Events: expected array, received object',
    );
    expect(errorOf(5).message).toBe('body: expected object, received number');
  });

  test('are 100 at most, and a hole in a list is one', () => {
    const error = errorOf({ ...envelope, Events: new Array(250) });
    expect(error.issues).toHaveLength(100);
    expect(error.issues[99]).toMatchObject({ path: ['Events', 99], received: 'undefined' });
    expect(error.message).toMatch(/\(and 249 more\)$/);
    expect(errorOf({ ...envelope, Events: new Array(100) }).issues).toHaveLength(100);
  });
});
