import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { safeParseWebhook, WebhookParseError } from '../src/index.js';

const issue = {
  path: ['Events', 3, 'Value', 'Id'],
  expected: 'non-empty string',
  received: 'number',
  message: 'expected non-empty string, received number',
} as const;
const error = new WebhookParseError('invalid_webhook', 'what went wrong', [
  { ...issue, path: [...issue.path] },
]);

test('is an Error that says its name, also in the stack', () => {
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('WebhookParseError');
  expect(`${error}`).toBe('WebhookParseError: what went wrong');
  expect(error.stack).toMatch(/^WebhookParseError: what went wrong\n/);
  expect(error.cause).toBeUndefined();
});

test('becomes JSON with name, code, message and issues', () => {
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'WebhookParseError',
    code: 'invalid_webhook',
    message: 'what went wrong',
    issues: [issue],
  });
});

test('becomes JSON without what others put on it', () => {
  const decorated = Object.assign(
    new WebhookParseError('invalid_json', 'x', [{ ...issue, path: [] }]),
    {
      url: '/mews?Token=secret',
    },
  );
  expect(Object.keys(JSON.parse(JSON.stringify(decorated)))).toEqual([
    'name',
    'code',
    'message',
    'issues',
  ]);
});

const sentinel = 'SENTINEL-9E5E84E9974D4F16';
const bodies: Record<string, unknown> = {
  'broken JSON': `{"AccessToken":"${sentinel}`,
  'a bare word': sentinel,
  'bytes of broken JSON': new TextEncoder().encode(`${sentinel}{`),
  'bytes that are not UTF-8': new Uint8Array([...new TextEncoder().encode(sentinel), 0xff]),
  'an Integration webhook': { Action: sentinel, Data: { AccessToken: sentinel } },
  'a WebSocket message': { Events: [{ Type: sentinel, Id: sentinel }] },
  'wrong values': {
    EnterpriseId: [sentinel],
    IntegrationId: { [sentinel]: sentinel },
    Events: [sentinel, { Discriminator: { [sentinel]: 1 } }],
    UnknownEvents: sentinel,
  },
  'wrong event values': {
    EnterpriseId: sentinel,
    IntegrationId: sentinel,
    Events: [
      { Discriminator: 'CustomerAdded', Value: sentinel },
      { Discriminator: 'CustomerAdded', Value: { Id: [sentinel] } },
    ],
    [sentinel]: sentinel,
  },
  'a getter that throws': {
    get EnterpriseId() {
      throw new Error(sentinel);
    },
  },
};

test.each(Object.entries(bodies))('nothing of the body is in the error: %s', (_, body) => {
  const result = safeParseWebhook(body);
  if (result.success) throw new Error('expected a failure');
  const { error } = result;
  const told = [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    JSON.stringify(error.issues),
    inspect(error, { depth: null, showHidden: true, getters: true }),
    String(error.cause),
  ];
  expect(told.join('\n')).not.toContain('SENTINEL');
  expect(error.message).not.toBe('');
  expect(error.issues.length).toBeGreaterThan(0);
});
