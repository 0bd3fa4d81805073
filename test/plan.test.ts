import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Discriminator,
  discriminators,
  type FetchOperation,
  type FetchRequest,
  fetchOperations,
  type GeneralWebhook,
  parseWebhook,
  planFetches,
  toHttpRequest,
} from '../src/index.js';
import { createFetchRequest } from '../src/plan.js';

const webhookOf = (
  events: [Discriminator, string][],
  EnterpriseId = 'e',
  IntegrationId = 'i',
): GeneralWebhook => ({
  EnterpriseId,
  IntegrationId,
  Events: events.map(([Discriminator, Id]) => ({ Discriminator, Value: { Id } })),
  UnknownEvents: [{ Discriminator: 'New', Value: { Id: 'n' } }],
});

const idsOf = (requests: FetchRequest[]) => requests.map(({ ids }) => ids);

describe('planFetches', () => {
  test('plans the message of the documentation', () => {
    const webhook = parseWebhook(readFileSync('test/fixtures/general.json'));
    const { EnterpriseId, IntegrationId } = webhook;
    const target = { EnterpriseId, IntegrationId };
    const [order, resource, message, added, updated, payment] = webhook.Events.map(
      ({ Value }) => Value.Id,
    );
    expect(planFetches(webhook)).toEqual([
      {
        ...target,
        kind: 'ready',
        operation: fetchOperations.ServiceOrderUpdated,
        ids: [order],
        body: { ReservationIds: [order], Limitation: { Count: 1 } },
      },
      {
        ...target,
        kind: 'ready',
        operation: fetchOperations.ResourceUpdated,
        ids: [resource],
        body: {
          Extent: { Resources: true, Inactive: true },
          ResourceIds: [resource],
          Limitation: { Count: 1 },
        },
      },
      {
        ...target,
        kind: 'incomplete',
        operation: fetchOperations.MessageAdded,
        ids: [message],
        missing: ['MessageThreadIds'],
        body: { Limitation: { Count: 1000 } },
      },
      {
        ...target,
        kind: 'ready',
        operation: fetchOperations.CustomerAdded,
        ids: [added, updated],
        body: {
          Extent: { Customers: true },
          ActivityStates: ['Active', 'Deleted'],
          CustomerIds: [added, updated],
          Limitation: { Count: 2 },
        },
      },
      {
        ...target,
        kind: 'ready',
        operation: fetchOperations.PaymentUpdated,
        ids: [payment],
        body: { PaymentIds: [payment], Limitation: { Count: 1 } },
      },
    ]);
  });

  test('asks for resource blocks of every state', () => {
    const [request] = planFetches(webhookOf([['ResourceBlockUpdated', 'b']]));
    expect(request?.body).toEqual({
      ActivityStates: ['Active', 'Deleted'],
      ResourceBlockIds: ['b'],
      Limitation: { Count: 1 },
    });
  });

  test('asks for each entity once, across events, messages and re-deliveries', () => {
    const webhook = webhookOf([
      ['CustomerUpdated', 'b'],
      ['CustomerAdded', 'a'],
      ['CustomerUpdated', 'a'],
    ]);
    expect(idsOf(planFetches([webhook, webhook, webhookOf([['CustomerAdded', 'c']])]))).toEqual([
      ['b', 'a', 'c'],
    ]);
  });

  test('groups by enterprise, integration and operation, in the order first seen', () => {
    const requests = planFetches(
      new Set([
        webhookOf([['PaymentUpdated', '1']], 'ab', 'c'),
        webhookOf([['PaymentUpdated', '1']], 'a', 'bc'),
        webhookOf([['PaymentUpdated', '1']], 'ab', 'bc'),
        webhookOf(
          [
            ['ResourceUpdated', '1'],
            ['PaymentUpdated', '2'],
          ],
          'ab',
          'c',
        ),
      ]),
    );
    expect(
      requests.map(({ EnterpriseId, IntegrationId, operation, ids }) => [
        ...[EnterpriseId, IntegrationId, operation.entity],
        ...ids,
      ]),
    ).toEqual([
      ['ab', 'c', 'Payment', '1', '2'],
      ['a', 'bc', 'Payment', '1'],
      ['ab', 'bc', 'Payment', '1'],
      ['ab', 'c', 'Resource', '1'],
    ]);
  });

  test.each(discriminators)('splits where the operation takes no more ids: %s', (discriminator) => {
    const lengths = (count: number) =>
      planFetches(
        webhookOf(Array.from({ length: count }, (_, index) => [discriminator, `${index}`])),
      ).map(({ ids, body }) => [ids.length, body.Limitation]);
    const count = (ids: number) => ({ Count: discriminator === 'MessageAdded' ? 1000 : ids });
    expect(lengths(1000)).toEqual([[1000, count(1000)]]);
    expect(lengths(1001)).toEqual([
      [1000, count(1000)],
      [1, count(1)],
    ]);
  });

  test.each(discriminators)('splits earlier where the caller wants it: %s', (discriminator) => {
    const webhook = webhookOf(Array.from({ length: 5 }, (_, index) => [discriminator, `${index}`]));
    const lengths = (maxIds: number | undefined) =>
      planFetches(webhook, { maxIds }).map(({ ids, body }) => [ids.length, body.Limitation]);
    const count = (ids: number) => ({ Count: discriminator === 'MessageAdded' ? 1000 : ids });
    expect(lengths(2)).toEqual([
      [2, count(2)],
      [2, count(2)],
      [1, count(1)],
    ]);
    expect(lengths(1)).toHaveLength(5);
    expect(lengths(5)).toHaveLength(1);
    expect(lengths(undefined)).toHaveLength(1);
  });

  test('never splits later than the operation allows', () => {
    const events = Array.from({ length: 1001 }, (_, index): [Discriminator, string] => [
      'PaymentUpdated',
      `${index}`,
    ]);
    for (const maxIds of [1001, Number.MAX_VALUE]) {
      expect(planFetches(webhookOf(events), { maxIds })).toHaveLength(2);
    }
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null])(
    'refuses %o as maxIds',
    (maxIds) => {
      for (const webhooks of [[], webhookOf([])]) {
        expect(() => call([webhooks, { maxIds }])).toThrow(
          new TypeError('options.maxIds: expected a whole number from 1'),
        );
      }
    },
  );

  const call: (input: unknown[]) => unknown = Reflect.apply.bind(undefined, planFetches, undefined);

  test.each<[string, unknown]>([
    ['a text', '{"Events":"a secret"}'],
    ['texts', ['{"Events":"a secret"}']],
    ['bytes', new TextEncoder().encode('{}')],
    ['nothing', undefined],
    ['null', null],
  ])('refuses what is not parsed, and does not quote it: %s', (_, webhooks) => {
    expect(() => call([webhooks])).toThrow(
      new TypeError('webhooks: expected a parsed webhook, or several'),
    );
  });

  test('refuses an event of a newer version that nobody sorted out', () => {
    const Events = [{ Discriminator: 'ProductUpdated', Value: { Id: 'p' } }];
    expect(() => call([{ EnterpriseId: 'e', IntegrationId: 'i', Events }])).toThrow(
      new TypeError('webhooks: expected known events in Events; parseWebhook sorts them'),
    );
  });

  test('an operation may filter by ids and lack a parameter nevertheless', () => {
    const operation: FetchOperation = {
      ...fetchOperations.PaymentUpdated,
      path: '/api/connector/v1/products/getAll',
      idsProperty: 'ProductIds',
      missing: ['ServiceIds'],
    };
    const request = createFetchRequest({ EnterpriseId: 'e', IntegrationId: 'i', operation }, ['p']);
    expect(request).toEqual({
      kind: 'incomplete',
      EnterpriseId: 'e',
      IntegrationId: 'i',
      operation,
      ids: ['p'],
      missing: ['ServiceIds'],
      body: { ProductIds: ['p'], Limitation: { Count: 1 } },
    });
    const connection = {
      platformAddress: 'https://api.mews-demo.com',
      clientToken: 'c',
      accessToken: 'a',
      client: 'x',
    };
    const call: (input: unknown[]) => unknown = Reflect.apply.bind(
      undefined,
      toHttpRequest,
      undefined,
    );
    expect(() => call([request, connection, { MessageThreadIds: ['t'] }])).toThrow(
      'extra.ServiceIds: expected',
    );
    expect(call([request, connection, { ServiceIds: ['s'] }])).toMatchObject({
      url: 'https://api.mews-demo.com/api/connector/v1/products/getAll',
    });
  });

  test('gives no request without a known event', () => {
    expect(planFetches([])).toEqual([]);
    expect(planFetches(webhookOf([]))).toEqual([]);
  });

  test('is plain data that a queue can carry', () => {
    const requests = planFetches(webhookOf(discriminators.map((name) => [name, '__proto__'])));
    expect(JSON.parse(JSON.stringify(requests))).toEqual(requests);
  });
});
