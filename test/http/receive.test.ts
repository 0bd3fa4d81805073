import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandlerOptions, Refusal, WebhookSignal } from '../../src/http/options.js';
import { createReceiver, type DeliveryRequest } from '../../src/http/receive.js';
import { WebhookParseError } from '../../src/index.js';
import { callbacks, rejections, secret, text, webhook } from './server.js';

const integration = readFileSync('test/fixtures/integration-created.json', 'utf8');
const request: DeliveryRequest = {
  method: 'POST',
  url: `https://example.com/mews?Token=${secret}`,
  contentLength: undefined,
  contentEncoding: undefined,
  readBody: () => ({ body: text }),
};
const requestOf = (body: unknown): DeliveryRequest => ({ ...request, readBody: () => ({ body }) });
const accepted = { status: 204, headers: {}, body: '' };
const never = () => new Promise<never>(() => {});

const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);

function receiver(options: Partial<HandlerOptions> = {}) {
  const calls = callbacks();
  return { ...calls, receive: createReceiver({ token: secret, ...calls, ...options }) };
}

test('204 once the webhook is stored', async () => {
  let stored = false;
  const { receive, onRefused, onError } = receiver({
    onWebhook: async (received, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(received).toEqual(webhook);
      expect(signal.aborted).toBe(false);
      stored = true;
    },
  });
  expect(await receive(request)).toEqual(accepted);
  expect(stored).toBe(true);
  expect(onRefused).not.toHaveBeenCalled();
  expect(onError).not.toHaveBeenCalled();
});

test('the order: method, token, size, encoding, body; each refusal is reported once', async () => {
  const readBody = vi.fn();
  const { receive, onWebhook, onRefused, onError } = receiver({ maxBytes: 10 });
  const wrong = { method: 'GET', url: '/', contentLength: '11', contentEncoding: 'gzip', readBody };
  const steps: [Partial<DeliveryRequest>, Omit<Refusal, 'error'>, Record<string, string>][] = [
    [{}, { status: 405, reason: 'method' }, { allow: 'POST' }],
    [{ method: 'POST' }, { status: 401, reason: 'token' }, {}],
    [{ url: request.url }, { status: 413, reason: 'too_large' }, {}],
    [
      { contentLength: '10' },
      { status: 415, reason: 'encoding' },
      { 'accept-encoding': 'identity' },
    ],
  ];
  let sent: DeliveryRequest = wrong;
  for (const [better, { status, reason }, headers] of steps) {
    sent = { ...sent, ...better };
    expect(await receive(sent)).toEqual({ status, headers, body: '', refused: reason });
    expect(onRefused.mock.calls).toEqual([[{ status, reason, error: null }]]);
    onRefused.mockClear();
  }
  expect(readBody).not.toHaveBeenCalled();
  expect(onWebhook).not.toHaveBeenCalled();
  expect(onError).not.toHaveBeenCalled();
});

describe('the token', () => {
  test.each([undefined, '', '?', '/mews', '/mews?Token=', '/mews?token=a', '/mews?Token=%', '//'])(
    'refuses %j',
    async (url) => {
      const { receive, onRefused } = receiver();
      expect((await receive({ ...request, url })).status).toBe(401);
      expect(onRefused).toHaveBeenCalledExactlyOnceWith({
        status: 401,
        reason: 'token',
        error: null,
      });
    },
  );

  test('is found where a framework leaves the query alone', async () => {
    expect(await receiver().receive({ ...request, url: `?Token=${secret}` })).toEqual(accepted);
  });

  test('refuses it twice, even when both are right', async () => {
    const url = `/?Token=${secret}&Token=${secret}`;
    expect((await receiver().receive({ ...request, url })).status).toBe(401);
  });

  test('accepts one of several, in another parameter', async () => {
    const { receive } = receiver({ token: ['old', 'new'], tokenParameter: 'key' });
    expect((await receive({ ...request, url: '/?key=old' })).status).toBe(204);
    expect((await receive({ ...request, url: '/?key=new' })).status).toBe(204);
    expect((await receive({ ...request, url: '/?Token=new' })).status).toBe(401);
  });

  test('null checks nothing', async () => {
    expect((await receiver({ token: null }).receive({ ...request, url: '/' })).status).toBe(204);
  });
});

describe('the encoding', () => {
  test.each([undefined, null, '', 'identity', ' Identity '])('%j is accepted', async (value) => {
    const { receive } = receiver();
    expect(await receive({ ...request, contentEncoding: value })).toEqual(accepted);
  });

  test.each(['gzip', 'br', 'gzip, identity', 'aes128gcm'])('%j is 415', async (value) => {
    const { receive, onRefused } = receiver();
    expect((await receive({ ...request, contentEncoding: value })).status).toBe(415);
    expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ reason: 'encoding' });
  });
});

describe('400', () => {
  test.each([
    ['', 'missing_body'],
    ['{}', 'missing_body'],
    ['{"EnterpriseId":', 'invalid_json'],
    ['[]', 'invalid_webhook'],
    ['{"Events":[{"Type":"Reservation"}]}', 'websocket_message'],
    [integration, 'integration_webhook'],
  ])('for %.20s: %s, reported once', async (body, code) => {
    const { receive, onWebhook, onRefused, onError } = receiver();
    const response = await receive(requestOf(body));
    const [[refusal]] = onRefused.mock.calls as [[Refusal]];
    expect(refusal).toEqual({
      status: 400,
      reason: 'invalid',
      error: expect.any(WebhookParseError),
    });
    expect(refusal.error?.code).toBe(code);
    expect(response).toEqual({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, issues: refusal.error?.issues }),
      refused: 'invalid',
    });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });

  test('names onIntegrationWebhook where it is missing', async () => {
    const { receive, onRefused } = receiver();
    await receive(requestOf(integration));
    expect(onRefused.mock.calls[0]?.[0].error?.message).toMatch(/no onIntegrationWebhook/);
  });

  test('for a body that fails while it is read, with its own reason where it has one', async () => {
    const { receive, onRefused } = receiver();
    const fault = new WebhookParseError('missing_body', 'It was read before.', [
      { path: [], expected: 'object', received: 'undefined', message: '' },
    ]);
    const reads: DeliveryRequest['readBody'][] = [
      () => {
        throw new Error('locked');
      },
      () => Promise.reject(new Error('reset')),
      () => Promise.reject(fault),
    ];
    for (const readBody of reads) {
      expect((await receive({ ...request, readBody })).status).toBe(400);
    }
    const errors = onRefused.mock.calls.map(([{ error }]) => error);
    expect(errors.map((error) => error?.code)).toEqual([
      'invalid_webhook',
      'invalid_webhook',
      'missing_body',
    ]);
    expect(errors[2]).toBe(fault);
    expect(String(errors)).not.toMatch(/locked|reset/);
  });

  test.each([
    ['too_large', 413],
    ['aborted', 400],
  ] as const)('or what reading found: %s', async (refused, status) => {
    const { receive, onRefused } = receiver();
    const response = await receive({ ...request, readBody: async () => ({ refused }) });
    expect(response).toEqual({ status, headers: {}, body: '', refused });
    expect(onRefused).toHaveBeenCalledExactlyOnceWith({ status, reason: refused, error: null });
  });

  test('holds no value of the body, even where it is not ASCII', async () => {
    const { receive, onRefused } = receiver();
    const { body } = await receive(requestOf('{"EnterpriseId":"sécret-1","Events":["sécret-2"]}'));
    expect(body).not.toMatch(/cret|enterprise-/);
    expect(body).toMatch(/^[ -~]+$/);
    expect(JSON.stringify(onRefused.mock.calls)).not.toMatch(/cret|Token/);
  });
});

describe('Integration webhooks', () => {
  test('go to their own callback, awaited', async () => {
    const onIntegrationWebhook = vi.fn();
    const { receive, onWebhook } = receiver({ onIntegrationWebhook });
    expect(await receive(requestOf(integration))).toEqual(accepted);
    const [received, context] = onIntegrationWebhook.mock.calls[0] ?? [];
    expect(received.Action).toBe('IntegrationCreated');
    expect(context.signal.aborted).toBe(false);
    expect(onWebhook).not.toHaveBeenCalled();
    expect((await receive(request)).status).toBe(204);
    expect(onWebhook).toHaveBeenCalledOnce();
    expect(onIntegrationWebhook).toHaveBeenCalledOnce();
  });

  test('of an unknown action, too', async () => {
    const onIntegrationWebhook = vi.fn();
    const { receive } = receiver({ onIntegrationWebhook });
    expect((await receive(requestOf('{"Action":"IntegrationMoved","Data":1}'))).status).toBe(204);
    expect(onIntegrationWebhook.mock.calls[0]?.[0]).toEqual({
      kind: 'unknown',
      Action: 'IntegrationMoved',
      Data: 1,
    });
  });

  test('are 400 when malformed, 500 when not stored', async () => {
    const onIntegrationWebhook = vi.fn().mockRejectedValue(new Error('disk'));
    const { receive, onRefused, onError } = receiver({ onIntegrationWebhook });
    const malformed = requestOf('{"Action":"IntegrationDeleted","Data":{}}');
    expect((await receive(malformed)).status).toBe(400);
    expect(onRefused.mock.calls[0]?.[0].error?.code).toBe('invalid_webhook');
    expect(onIntegrationWebhook).not.toHaveBeenCalled();
    expect((await receive(requestOf(integration))).status).toBe(500);
    expect(onError).toHaveBeenCalledOnce();
    expect(onRefused).toHaveBeenCalledOnce();
  });
});

describe('a malformed event', () => {
  const events = [
    { Discriminator: 'CustomerAdded', Value: { Id: 'customer-1' } },
    { Discriminator: 'CustomerAdded', Value: { Id: 5 } },
    'no event',
  ];
  const body = { EnterpriseId: 'e', IntegrationId: 'i', Events: events };

  test('refuses the message by default', async () => {
    const { receive, onRefused } = receiver();
    expect((await receive(requestOf(body))).status).toBe(400);
    expect(onRefused.mock.calls[0]?.[0].error?.issues).toHaveLength(2);
  });

  test('goes to onInvalidEvent, and the others are stored', async () => {
    const onInvalidEvent = vi.fn();
    const { receive, onWebhook, onRefused } = receiver({ onInvalidEvent });
    expect(await receive(requestOf(body))).toEqual(accepted);
    expect(onInvalidEvent.mock.calls).toEqual([
      [events[1], [expect.objectContaining({ path: ['Events', 1, 'Value', 'Id'] })]],
      [events[2], [expect.objectContaining({ path: ['Events', 2] })]],
    ]);
    expect(onWebhook.mock.calls[0]?.[0].Events).toEqual([events[0]]);
    expect(onRefused).not.toHaveBeenCalled();
  });
});

describe('500', () => {
  test.each([
    [
      'throws',
      () => {
        throw 'disk';
      },
    ],
    ['rejects', () => Promise.reject('disk')],
  ])('when onWebhook %s', async (_, onWebhook) => {
    const { receive, onError, onRefused } = receiver({ onWebhook });
    expect(await receive(request)).toEqual({ status: 500, headers: {}, body: '' });
    expect(onError).toHaveBeenCalledExactlyOnceWith('disk');
    expect(onRefused).not.toHaveBeenCalled();
  });

  test('when the runtime lacks what reads bytes: that is not the fault of the sender', async () => {
    vi.resetModules();
    vi.stubGlobal('TextDecoder', undefined);
    try {
      const fresh = await import('../../src/http/receive.js');
      const { onError, onRefused, ...calls } = callbacks();
      const receive = fresh.createReceiver({ token: secret, onError, onRefused, ...calls });
      expect((await receive(requestOf(Buffer.from(text)))).status).toBe(500);
      expect(String(onError.mock.calls[0]?.[0])).toMatch(/^TypeError: .*TextDecoder/);
      expect(onRefused).not.toHaveBeenCalled();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('timeoutMs', () => {
  test('503 and an aborted signal when storing takes longer', async () => {
    let signal: WebhookSignal | undefined;
    const { receive, onError, onRefused } = receiver({
      timeoutMs: 20,
      onWebhook: (_, context) => {
        signal = context.signal;
        return never();
      },
    });
    expect(await receive(request)).toEqual({ status: 503, headers: {}, body: '' });
    expect(signal?.aborted).toBe(true);
    expect(onError).toHaveBeenCalledExactlyOnceWith(signal?.reason);
    expect(String(signal?.reason)).toContain('20 ms');
    expect(onRefused).not.toHaveBeenCalled();
  });

  test('a signal that is asked for too late is aborted already', async () => {
    let late: WebhookSignal | undefined;
    const { receive } = receiver({
      timeoutMs: 10,
      onWebhook: async (_, context) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        late = context.signal;
      },
    });
    expect((await receive(request)).status).toBe(503);
    await vi.waitFor(() => expect(late?.aborted).toBe(true), { timeout: 10_000 });
  });

  test('a rejection afterwards is no unhandled one', async () => {
    const { receive, onError } = receiver({
      timeoutMs: 10,
      onWebhook: (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => setTimeout(reject, 1, new Error('aborted')));
        }),
    });
    expect((await receive(request)).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(onError).toHaveBeenCalledOnce();
  });

  test('408 when the body is not complete by then, also when reading fails later', async () => {
    const { receive, onWebhook, onRefused } = receiver({ timeoutMs: 10 });
    let fail: (error: Error) => void = () => {};
    const readBody = () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      });
    const response = await receive({ ...request, readBody });
    expect(response).toEqual({ status: 408, headers: {}, body: '', refused: 'timeout' });
    fail(new Error('reset'));
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onRefused).toHaveBeenCalledExactlyOnceWith({
      status: 408,
      reason: 'timeout',
      error: null,
    });
  });

  test('reading and storing share it', async () => {
    vi.useFakeTimers();
    try {
      const wait = () => new Promise((resolve) => setTimeout(resolve, 80));
      const { receive } = receiver({ timeoutMs: 100, onWebhook: wait });
      const response = receive({ ...request, readBody: () => wait().then(() => ({ body: text })) });
      await vi.advanceTimersByTimeAsync(160);
      expect((await response).status).toBe(503);
    } finally {
      vi.useRealTimers();
    }
  });

  test('leaves no timer behind', async () => {
    vi.useFakeTimers();
    try {
      const { receive } = receiver();
      await receive(request);
      await receive(requestOf('1'));
      await receive({ ...request, readBody: () => Promise.reject(new Error('reset')) });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
