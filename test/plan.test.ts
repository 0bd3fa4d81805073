import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Discriminator,
  discriminators,
  type FetchRequest,
  fetchOperations,
  type GeneralWebhook,
  parseWebhook,
  planFetches,
  reconcileFetch,
} from '../src/index.js';

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

  test('gives no request without a known event', () => {
    expect(planFetches([])).toEqual([]);
    expect(planFetches(webhookOf([]))).toEqual([]);
  });

  test('is plain data that a queue can carry', () => {
    const requests = planFetches(webhookOf(discriminators.map((name) => [name, '__proto__'])));
    expect(JSON.parse(JSON.stringify(requests))).toEqual(requests);
  });
});

describe('reconcileFetch', () => {
  const ids = ['a', 'b', 'c'];
  const request: FetchRequest = {
    kind: 'ready',
    EnterpriseId: 'e',
    IntegrationId: 'i',
    operation: fetchOperations.PaymentUpdated,
    ids,
    body: { PaymentIds: ids, Limitation: { Count: 3 } },
  };

  test('tells rows that came from ids that did not', () => {
    const rows = [{ Id: 'c', Amount: 1 }, { Id: 'a' }, { Id: 'other' }, null, {}, { Id: 5 }];
    const { found, missing } = reconcileFetch(request, { Payments: rows, Cursor: null });
    expect([...found]).toEqual([
      ['c', { Id: 'c', Amount: 1 }],
      ['a', { Id: 'a' }],
    ]);
    expect(missing).toEqual(['b']);
  });

  test.each([{}, { Payments: null }, { Payments: undefined }, { Payments: [] }])(
    'a list without rows answers none: %o',
    (response) => {
      const { found, missing } = reconcileFetch(request, response);
      expect(found.size).toBe(0);
      expect(missing).toEqual(['a', 'b', 'c']);
    },
  );

  test('works on a request that went through a queue', () => {
    const { missing } = reconcileFetch(JSON.parse(JSON.stringify(request)), {
      Payments: [{ Id: 'b' }],
    });
    expect(missing).toEqual(['a', 'c']);
  });

  test.each([undefined, null, 'text', 5, []])('refuses what is no response: %o', (response) => {
    expect(() => reconcileFetch(request, response)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: 'response: expected object, which is the parsed JSON body of the response',
      }),
    );
  });

  test('refuses rows that are no list', () => {
    expect(() => reconcileFetch(request, { Payments: 'SENTINEL' })).toThrow(
      new TypeError('response.Payments: expected array or null'),
    );
  });
});
