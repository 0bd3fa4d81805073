import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandlerOptions, WebhookSignal } from '../../src/http/options.js';
import { type Answer, createReceiver, type Delivery } from '../../src/http/receive.js';
import { WebhookParseError } from '../../src/index.js';
import { secret, text, webhook } from './server.js';

const integration = readFileSync('test/fixtures/integration-created.json', 'utf8');
const delivery: Delivery = {
  method: 'POST',
  url: `https://example.com/mews?Token=${secret}`,
  declaredLength: undefined,
  read: (add, end) => {
    add(text);
    end();
  },
};
const bodyOf = (body: string): Delivery => ({
  ...delivery,
  read: (add, end) => {
    add(body);
    end();
  },
});
const never = () => new Promise<never>(() => {});

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

function receiveWith(options: HandlerOptions): (delivery: Delivery) => Promise<Answer> {
  const receive = createReceiver(options);
  return (delivery) => receive(delivery, (answer) => answer);
}

function receiver(options: Partial<HandlerOptions> = {}) {
  const calls = { onWebhook: vi.fn(), onInvalid: vi.fn(), onError: vi.fn() };
  return { ...calls, receive: receiveWith({ token: secret, ...calls, ...options }) };
}

test('204 once the webhook is stored', async () => {
  let stored = false;
  const { receive } = receiver({
    onWebhook: async (received, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(received).toEqual(webhook);
      expect(signal.aborted).toBe(false);
      stored = true;
    },
  });
  expect(await receive(delivery)).toEqual({ status: 204 });
  expect(stored).toBe(true);
});

test('the order: method, token, size, body', async () => {
  const read = vi.fn();
  const { receive, onWebhook, onInvalid } = receiver({ maxBytes: 10 });
  const wrong = { method: 'GET', url: '/', declaredLength: '11', read };
  expect(await receive(wrong)).toEqual({ status: 405, headers: { allow: 'POST' } });
  expect(await receive({ ...wrong, method: 'POST' })).toEqual({ status: 401 });
  expect(await receive({ ...delivery, declaredLength: '11', read })).toEqual({
    status: 413,
    unread: true,
  });
  expect(read).not.toHaveBeenCalled();
  expect(await receive(delivery)).toEqual({ status: 413, unread: true });
  expect(onWebhook).not.toHaveBeenCalled();
  expect(onInvalid).not.toHaveBeenCalled();
});

describe('the token', () => {
  test.each([undefined, '/mews', '/mews?Token=', '/mews?token=a', '/mews?Token=%', '//'])(
    'refuses %j',
    async (url) => {
      expect((await receiver().receive({ ...delivery, url })).status).toBe(401);
    },
  );

  test('refuses it twice, even when both are right', async () => {
    const url = `/?Token=${secret}&Token=${secret}`;
    expect((await receiver().receive({ ...delivery, url })).status).toBe(401);
  });

  test('takes one of several, in another parameter', async () => {
    const { receive } = receiver({ token: ['old', 'new'], tokenParameter: 'key' });
    expect((await receive({ ...delivery, url: '/?key=old' })).status).toBe(204);
    expect((await receive({ ...delivery, url: '/?key=new' })).status).toBe(204);
    expect((await receive({ ...delivery, url: '/?Token=new' })).status).toBe(401);
  });

  test('null checks nothing', async () => {
    expect((await receiver({ token: null }).receive({ ...delivery, url: '/' })).status).toBe(204);
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
  ])('for %.20s: %s, reported', async (body, code) => {
    const { receive, onWebhook, onInvalid, onError } = receiver();
    const answer = await receive(bodyOf(body));
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/json' } });
    const [[error]] = onInvalid.mock.calls as [[WebhookParseError]];
    expect(error).toBeInstanceOf(WebhookParseError);
    expect(error.code).toBe(code);
    expect(JSON.parse(answer.body ?? '')).toEqual({ code, issues: error.issues });
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });

  test('for a body that fails while it is read', async () => {
    const { receive, onInvalid } = receiver();
    const throws = () => {
      throw new Error('locked');
    };
    const fails: Delivery['read'] = (_add, _end, fail) => void setTimeout(fail, 1);
    for (const read of [throws, fails]) {
      expect((await receive({ ...delivery, read })).status).toBe(400);
    }
    expect(onInvalid).toHaveBeenCalledTimes(2);
  });

  test('holds no value of the body, even where it is not ASCII', async () => {
    const { receive } = receiver();
    const { body } = await receive(bodyOf('{"EnterpriseId":"sécret-1","Events":["sécret-2"]}'));
    expect(body).not.toMatch(/cret|enterprise-/);
    expect(body).toMatch(/^[ -~]+$/);
  });

  test('is given although the callback throws, and onError learns why', async () => {
    const fault = new Error('the log is full');
    const throws = () => {
      throw fault;
    };
    for (const onInvalid of [throws, () => Promise.reject(fault)]) {
      const { receive, onError } = receiver({ onInvalid });
      expect((await receive(bodyOf('1'))).status).toBe(400);
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(onError).toHaveBeenCalledExactlyOnceWith(fault);
    }
  });

  test('is given without callbacks', async () => {
    const receive = receiveWith({ token: secret, onWebhook: () => {} });
    expect((await receive(bodyOf('1'))).status).toBe(400);
  });
});

describe('Integration webhooks', () => {
  test('go to their own callback, awaited', async () => {
    const onIntegrationWebhook = vi.fn();
    const { receive, onWebhook } = receiver({ onIntegrationWebhook });
    expect(await receive(bodyOf(integration))).toEqual({ status: 204 });
    const [received, context] = onIntegrationWebhook.mock.calls[0] ?? [];
    expect(received.Action).toBe('IntegrationCreated');
    expect(context.signal.aborted).toBe(false);
    expect(onWebhook).not.toHaveBeenCalled();
    expect((await receive(delivery)).status).toBe(204);
    expect(onWebhook).toHaveBeenCalledOnce();
    expect(onIntegrationWebhook).toHaveBeenCalledOnce();
  });

  test('of an unknown action, too', async () => {
    const onIntegrationWebhook = vi.fn();
    const { receive } = receiver({ onIntegrationWebhook });
    expect((await receive(bodyOf('{"Action":"IntegrationMoved","Data":1}'))).status).toBe(204);
    expect(onIntegrationWebhook.mock.calls[0]?.[0]).toEqual({
      kind: 'unknown',
      Action: 'IntegrationMoved',
      Data: 1,
    });
  });

  test('are 400 when malformed, 500 when not stored', async () => {
    const onIntegrationWebhook = vi.fn().mockRejectedValue(new Error('disk'));
    const { receive, onInvalid, onError } = receiver({ onIntegrationWebhook });
    expect((await receive(bodyOf('{"Action":"IntegrationDeleted","Data":{}}'))).status).toBe(400);
    expect(onInvalid.mock.calls[0]?.[0].code).toBe('invalid_webhook');
    expect(onIntegrationWebhook).not.toHaveBeenCalled();
    expect((await receive(bodyOf(integration))).status).toBe(500);
    expect(onError).toHaveBeenCalledOnce();
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
    const { receive, onError } = receiver({ onWebhook });
    expect(await receive(delivery)).toEqual({ status: 500 });
    expect(onError).toHaveBeenCalledExactlyOnceWith('disk');
  });

  test('is given although onError fails, too', async () => {
    const onWebhook = () => Promise.reject(new Error('disk'));
    const onError = () => Promise.reject(new Error('the log is full'));
    expect((await receiver({ onWebhook, onError }).receive(delivery)).status).toBe(500);
    expect((await receiver({ onWebhook, onError: undefined }).receive(delivery)).status).toBe(500);
  });
});

describe('timeoutMs', () => {
  test('503 and an aborted signal when storing takes longer', async () => {
    let signal: WebhookSignal | undefined;
    const { receive, onError } = receiver({
      timeoutMs: 20,
      onWebhook: (_, context) => {
        signal = context.signal;
        return never();
      },
    });
    expect(await receive(delivery)).toEqual({ status: 503 });
    expect(signal?.aborted).toBe(true);
    expect(onError).toHaveBeenCalledExactlyOnceWith(signal?.reason);
    expect(String(signal?.reason)).toContain('20 ms');
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
    expect((await receive(delivery)).status).toBe(503);
    await vi.waitFor(() => expect(late?.aborted).toBe(true));
  });

  test('a rejection afterwards is no unhandled one', async () => {
    const { receive, onError } = receiver({
      timeoutMs: 10,
      onWebhook: (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => setTimeout(reject, 1, new Error('aborted')));
        }),
    });
    expect((await receive(delivery)).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(onError).toHaveBeenCalledOnce();
  });

  test('408 when the body is not complete by then, and what follows is not taken', async () => {
    let more: ((piece: unknown) => boolean) | undefined;
    const { receive, onWebhook, onInvalid } = receiver({ timeoutMs: 10 });
    const read: Delivery['read'] = (add) => {
      more = add;
      add('{');
    };
    expect(await receive({ ...delivery, read })).toEqual({ status: 408, unread: true });
    expect(more?.('}')).toBe(false);
    expect(onWebhook).not.toHaveBeenCalled();
    expect(onInvalid).not.toHaveBeenCalled();
  });

  test('reading and storing share it', async () => {
    const { receive } = receiver({
      timeoutMs: 60,
      onWebhook: () => new Promise((resolve) => setTimeout(resolve, 45)),
    });
    const read: Delivery['read'] = (add, end) => {
      setTimeout(() => {
        add(text);
        end();
      }, 40);
    };
    expect((await receive({ ...delivery, read })).status).toBe(503);
  });

  test('leaves no timer behind', async () => {
    vi.useFakeTimers();
    try {
      const { receive } = receiver();
      await receive(delivery);
      await receive(bodyOf('1'));
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
