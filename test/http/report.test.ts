import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandlerOptions } from '../../src/http/options.js';
import { createReceiver, type DeliveryRequest } from '../../src/http/receive.js';
import { message, path, rejections, secret } from './server.js';

// A callback learns of something; what it does changes no response, and is never an unhandled rejection.
const unhandled = rejections();
beforeEach(unhandled.watch);
afterEach(unhandled.expectNone);
const log = vi.spyOn(console, 'error').mockImplementation(() => {});
afterEach(() => void log.mockClear());

const requestOf = (body: unknown): DeliveryRequest => ({
  method: 'POST',
  url: path,
  contentLength: null,
  contentEncoding: null,
  readBody: () => ({ body }),
});
const malformed = { ...message, Events: [5] };
const fault = new Error('the log is full');
const throws = () => {
  throw fault;
};
const misbehaviours: Record<string, () => unknown> = {
  throws,
  rejects: () => Promise.reject(fault),
  hangs: () => new Promise(() => {}),
  'returns a thenable that throws': () => ({
    // biome-ignore lint/suspicious/noThenProperty: that is the test
    get then() {
      throw fault;
    },
  }),
};

async function statusOf(options: Partial<HandlerOptions>, body: unknown): Promise<number> {
  const receive = createReceiver({ token: secret, onWebhook: () => {}, ...options });
  const { status } = await receive(requestOf(body));
  await new Promise((resolve) => setTimeout(resolve, 2)); // what it leads to comes later
  return status;
}

describe.each(Object.entries(misbehaviours))('a callback that %s', (title, callback) => {
  const reported = title === 'hangs' ? [] : [[fault]];

  test('onRefused: 400 all the same, and onError receives the fault', async () => {
    const onError = vi.fn();
    expect(await statusOf({ onRefused: callback, onError }, '1')).toBe(400);
    expect(onError.mock.calls).toEqual(reported);
  });

  test('onInvalidEvent: 204 all the same, and onError receives the fault', async () => {
    const onError = vi.fn();
    const onWebhook = vi.fn();
    expect(await statusOf({ onInvalidEvent: callback, onError, onWebhook }, malformed)).toBe(204);
    expect(onWebhook.mock.calls[0]?.[0].Events).toEqual([]);
    expect(onError.mock.calls).toEqual(reported);
  });

  test('onError: 500 all the same, and the console receives what onError did not take', async () => {
    const onWebhook = () => Promise.reject(new Error('disk'));
    expect(await statusOf({ onWebhook, onError: callback }, message)).toBe(500);
    const written = log.mock.calls.map(([, text]) => String(text).split('\n')[0]);
    expect(written).toEqual(title === 'hangs' ? [] : ['Error: disk', `Error: ${fault.message}`]);
  });
});

describe('without onError, the console', () => {
  const stored = (thrown: unknown) =>
    statusOf(
      {
        onWebhook: () => {
          throw thrown;
        },
      },
      message,
    );

  test('receives the stack of what onWebhook threw', async () => {
    expect(await stored(new Error('no space left on device'))).toBe(500);
    expect(log).toHaveBeenCalledExactlyOnceWith(
      'mews-webhooks:',
      expect.stringMatching(/^Error: no space left on device\n +at /),
    );
  });

  test('receives no property: drivers and HTTP clients attach what they were sending', async () => {
    const cause = new Error('caused by enterprise-1');
    const error = Object.assign(new Error('unique violation', { cause }), {
      detail: message,
      config: { data: JSON.stringify(message), url: path },
    });
    await stored(error);
    expect(JSON.stringify(log.mock.calls)).toContain('unique violation');
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/enterprise-1|customer-1|Token|a-secret/);
  });

  test.each([
    ['text', 'disk', 'disk'],
    ['nothing', undefined, 'undefined thrown'],
    ['null', null, 'object thrown'],
    ['an object', message, 'object thrown'],
    [
      'an error that throws when it is read',
      Object.defineProperty(new Error('x'), 'stack', { get: throws }),
      'an error that cannot be read',
    ],
  ])('receives what it can of %s', async (_, thrown, text) => {
    expect(await stored(thrown)).toBe(500);
    expect(log).toHaveBeenCalledExactlyOnceWith('mews-webhooks:', text);
  });

  test('receives a time-out, and what onRefused throws', async () => {
    expect(await statusOf({ timeoutMs: 5, onWebhook: () => new Promise(() => {}) }, message)).toBe(
      503,
    );
    expect(log.mock.calls[0]?.[1]).toMatch(/^Error: The webhook was not stored within 5 ms/);
    expect(await statusOf({ onRefused: throws }, '1')).toBe(400);
    expect(log.mock.calls[1]?.[1]).toMatch(/^Error: the log is full/);
  });

  test('receives nothing of a refusal, which is for onRefused', async () => {
    expect(await statusOf({}, '1')).toBe(400);
    expect(log).not.toHaveBeenCalled();
  });
});
