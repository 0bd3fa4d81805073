import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type Discriminator,
  discriminators,
  type EventOf,
  parseWebhook,
  type WebhookEvent,
} from '../../src/index.js';
import { type IntegrationAction, parseIntegrationWebhook } from '../../src/integration/index.js';
import {
  createEvent,
  createIntegrationWebhook,
  createWebhook,
  generalWebhookSample,
  integrationCreatedSample,
} from '../../src/testing/index.js';

const fixture = (name: string) => JSON.parse(readFileSync(`test/fixtures/${name}.json`, 'utf8'));

test('the samples are those of the documentation', () => {
  expect(generalWebhookSample).toEqual(fixture('general'));
  expect(integrationCreatedSample).toEqual(fixture('integration-created'));
});

describe('createWebhook', () => {
  test('builds a valid message, another one each time', () => {
    const message = createWebhook();
    const { EnterpriseId, Events, UnknownEvents } = parseWebhook(JSON.stringify(message));
    expect(EnterpriseId).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect([Events.length, UnknownEvents.length]).toEqual([3, 0]);
    expect(createWebhook()).not.toEqual(message);
  });

  test('builds the same from the same seed', () => {
    const options = { seed: 7, count: 50 };
    expect(createWebhook({}, options)).toEqual(createWebhook({}, options));
    expect(createWebhook({}, options)).not.toEqual(createWebhook({}, { ...options, seed: 8 }));
  });

  test('mixes all seven, with different ids', () => {
    const { Events } = parseWebhook(createWebhook({}, { seed: 1, count: 1000 }));
    expect(new Set(Events.map((event) => event.Discriminator))).toEqual(new Set(discriminators));
    const added = Events.filter((event) => event.Discriminator === 'CustomerAdded').length;
    expect(new Set(Events.map((event) => event.Value.Id)).size).toBe(1000 - added);
  });

  test('pairs CustomerAdded with CustomerUpdated, as long as there is room', () => {
    const { Events } = createWebhook({}, { count: 3, discriminators: ['CustomerAdded'] });
    expect(Events.map((event) => event.Discriminator)).toEqual([
      'CustomerAdded',
      'CustomerUpdated',
      'CustomerAdded',
    ]);
    expect(Events[0]?.Value).toEqual(Events[1]?.Value);
    expect(Events[2]?.Value).not.toEqual(Events[1]?.Value);
  });

  test('makes unknown events, and adds and replaces properties', () => {
    const mixed = createWebhook({ Entities: [] }, { count: 4, discriminators: ['New'] });
    expect(parseWebhook(mixed)).toMatchObject({ Entities: [], Events: [] });
    expect(parseWebhook(mixed).UnknownEvents).toHaveLength(4);
    expect(createWebhook({ EnterpriseId: 'mine', Events: [] })).toMatchObject({
      EnterpriseId: 'mine',
      Events: [],
    });
    expect(createWebhook({}, { count: 0 }).Events).toEqual([]);
  });

  test.each([-1, 1.5, Number.NaN])('count %s is a TypeError', (count) => {
    expect(() => createWebhook({}, { count })).toThrow(/^options.count: expected/);
  });

  test('an empty mix is a TypeError', () => {
    expect(() => createWebhook({}, { discriminators: [] })).toThrow(/^options.discriminators/);
  });
});

describe('createEvent', () => {
  test('builds an event with the id, or another one each time', () => {
    expect(createEvent('CustomerAdded', 'c1')).toEqual({
      Discriminator: 'CustomerAdded',
      Value: { Id: 'c1' },
    });
    expect(createEvent('CustomerAdded').Value.Id).toMatch(/^[\da-f-]{36}$/);
    expect(createEvent('CustomerAdded')).not.toEqual(createEvent('CustomerAdded'));
  });

  test('is an event of its discriminator to the compiler', () => {
    expectTypeOf(createEvent('CustomerAdded')).toExtend<EventOf<'CustomerAdded'>>();
    const name: Discriminator = 'PaymentUpdated';
    const event: WebhookEvent = createEvent<Discriminator>(name);
    const webhook = parseWebhook(createWebhook({ Events: [event, createEvent('New')] }));
    expect([webhook.Events.length, webhook.UnknownEvents.length]).toEqual([1, 1]);
  });
});

describe('createIntegrationWebhook', () => {
  const actions: IntegrationAction[] = [
    'IntegrationCreated',
    'IntegrationEnabled',
    'IntegrationDisabled',
    'IntegrationCanceled',
    'IntegrationReinstated',
    'IntegrationDeleted',
    'IntegrationApiKeyCreated',
  ];
  test.each(actions)('%s is valid', (action) => {
    const message = createIntegrationWebhook(action);
    expect('kind' in parseIntegrationWebhook(JSON.stringify(message))).toBe(false);
    expect(message.Action).toBe(action);
    expect(createIntegrationWebhook(action, {}, { seed: 1 })).toEqual(
      createIntegrationWebhook(action, {}, { seed: 1 }),
    );
  });

  test('takes other data', () => {
    const { Data } = createIntegrationWebhook('IntegrationCreated', { Service: null });
    expect(Data.Service).toBeNull();
    expect(Data.AccessToken).toMatch(/^[\dA-F]{64}$/);
  });

  test('an action that does not exist is a TypeError', () => {
    expect(() => Reflect.apply(createIntegrationWebhook, null, ['toString'])).toThrow(/^action/);
  });
});
