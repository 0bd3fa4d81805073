import { describe, expect, test } from 'vitest';
import {
  parseWebhook,
  safeParseWebhook,
  type WebhookIssues,
  WebhookParseError,
} from '../src/index.js';

const envelope = { EnterpriseId: 'e', IntegrationId: 'i' };
const event = { Discriminator: 'CustomerAdded', Value: { Id: 'c' } };
const valid = { ...envelope, Events: [event] };

test('parseWebhook returns what safeParseWebhook gives as data', () => {
  const result = safeParseWebhook(valid);
  expect(result).toEqual({ success: true, data: parseWebhook(valid) });
});

test('parseWebhook throws what safeParseWebhook gives as error', () => {
  expect(safeParseWebhook('{')).toEqual({
    success: false,
    error: expect.objectContaining({ code: 'invalid_json' }),
  });
  expect(() => parseWebhook('{')).toThrow(WebhookParseError);
});

test('without a callback one malformed event refuses the message', () => {
  for (const options of [undefined, {}, { onInvalidEvent: undefined }]) {
    expect(safeParseWebhook({ ...envelope, Events: [event, 1] }, options).success).toBe(false);
  }
});

describe('onInvalidEvent', () => {
  test('takes every malformed event with its issues, and the others survive', () => {
    const unknown = { Discriminator: 'New', Value: 1 };
    const wrong = [1, {}, { Discriminator: 'CustomerAdded', Value: { Id: 5 } }];
    const received: [unknown, WebhookIssues][] = [];
    const webhook = parseWebhook(
      {
        ...envelope,
        Events: [wrong[0], event, unknown, wrong[1]],
        UnknownEvents: [wrong[2], unknown],
      },
      { onInvalidEvent: (event, issues) => received.push([event, issues]) },
    );
    expect(webhook).toEqual({ ...envelope, Events: [event], UnknownEvents: [unknown, unknown] });
    expect(received.map(([event]) => event)).toEqual(wrong);
    expect(received.map(([, issues]) => issues.map(({ path }) => path))).toEqual([
      [['Events', 0]],
      [['Events', 3, 'Discriminator']],
      [['UnknownEvents', 0, 'Value', 'Id']],
    ]);
    expect(received[0]?.[0]).toBe(wrong[0]);
  });

  test('takes each as it is found, whatever becomes of the options', () => {
    const wrong = [1, {}, null];
    const received: unknown[] = [];
    const options = {
      onInvalidEvent: (event: unknown): void => {
        received.push(event);
        options.onInvalidEvent = () => {};
      },
    };
    parseWebhook({ ...envelope, Events: wrong }, options);
    expect(received).toEqual(wrong);
  });

  test('what the body throws after it ran is the fault of the body', () => {
    const body = Object.defineProperty({ ...envelope, Events: [7] }, 'Extra', {
      enumerable: true,
      get() {
        throw new Error('secret');
      },
    });
    expect(safeParseWebhook(body, { onInvalidEvent() {} })).toMatchObject({
      error: { code: 'invalid_webhook' },
    });
  });

  test('takes all of them, beyond the cap of the error', () => {
    let count = 0;
    const webhook = parseWebhook(
      { ...envelope, Events: [...Array.from({ length: 250 }, () => null), event] },
      { onInvalidEvent: () => count++ },
    );
    expect(count).toBe(250);
    expect(webhook.Events).toEqual([event]);
  });

  test('is not called for a valid message, nor when the envelope is wrong', () => {
    const onInvalidEvent = () => {
      throw new Error('must not be called');
    };
    expect(parseWebhook(valid, { onInvalidEvent }).Events).toEqual([event]);
    for (const body of [
      { EnterpriseId: 'e', Events: [1] },
      { ...envelope, Events: [1], UnknownEvents: 1 },
      undefined,
      '{',
    ]) {
      expect(() => parseWebhook(body, { onInvalidEvent })).toThrow(WebhookParseError);
    }
  });

  test('takes an event that throws when it is read', () => {
    const hostile = Object.defineProperty({}, 'Discriminator', {
      get() {
        throw new Error('secret');
      },
    });
    const received: unknown[] = [];
    const webhook = parseWebhook(
      { ...envelope, Events: [hostile, event] },
      { onInvalidEvent: (event) => received.push(event) },
    );
    expect(received).toEqual([hostile]);
    expect(webhook.Events).toEqual([event]);
  });

  test('what it throws passes through, whatever it is', () => {
    const body = { ...envelope, Events: [1] };
    for (const thrown of [
      new Error('mine'),
      undefined,
      new WebhookParseError('invalid_json', 'x', [
        { path: [], expected: 'object', received: 'string', message: 'x' },
      ]),
    ]) {
      const onInvalidEvent = () => {
        throw thrown;
      };
      for (const parse of [parseWebhook, safeParseWebhook]) {
        let caught: unknown = 'nothing';
        try {
          parse(body, { onInvalidEvent });
        } catch (error) {
          caught = error;
        }
        expect(caught).toBe(thrown);
      }
    }
  });
});
