import { describe, expect, test } from 'vitest';
import { type FetchRequest, fetchOperations, reconcileFetch } from '../src/index.js';

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

  test('divides the ids into found and missing', () => {
    const rows = [{ Id: 'c', Amount: 1 }, { Id: 'a' }, { Id: 'other' }, null, {}, { Id: 5 }];
    const { found, missing } = reconcileFetch(request, { Payments: rows, Cursor: null });
    expect([...found]).toEqual([
      ['c', { Id: 'c', Amount: 1 }],
      ['a', { Id: 'a' }],
    ]);
    expect(missing).toEqual(['b']);
  });

  test.each([{}, { Payments: null }, { Payments: undefined }, { Payments: [] }])(
    'in a list without rows nothing is found: %o',
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
