import ky from 'ky';
import ky2 from 'ky-2';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type FetchFunction, fetchEntities } from '../../src/fetch/index.js';
import { serve } from './server.js';
import { numbered, payments, webhookOf } from './webhooks.js';

test('fetch, that of undici and ky need no cast', () => {
  expectTypeOf(fetch).toExtend<FetchFunction>();
  expectTypeOf(undiciFetch).toExtend<FetchFunction>();
  expectTypeOf(ky).toExtend<FetchFunction>();
  expectTypeOf(ky2).toExtend<FetchFunction>();
});

const clients: readonly (readonly [string, FetchFunction])[] = [
  ['fetch', fetch],
  ['undici', undiciFetch],
  ['ky 1', ky],
  ['ky 2', ky2],
  ['ky that throws for no status', ky.create({ throwHttpErrors: false })],
];

/** A server that knows every payment but those that it refuses. */
const servePayments = (refuse: (ids: readonly string[], count: number) => number | undefined) => {
  let count = 0;
  const served = serve(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { PaymentIds } = JSON.parse(text);
    count += 1;
    const status = refuse(PaymentIds, count);
    response.setHeader('Request-Id', `${count}`);
    response.setHeader('Content-Type', 'application/json');
    if (status === undefined) {
      response.end(JSON.stringify({ Payments: PaymentIds.map((Id: string) => ({ Id })) }));
    } else {
      response.writeHead(status, { Location: '/elsewhere', 'Retry-After': '0' });
      response.end(JSON.stringify({ Message: `status ${status}` }));
    }
  });
  return { served, requests: () => count };
};

describe.each(clients)('%s', (_, client) => {
  const fetchFrom = async (
    refuse: (ids: readonly string[], count: number) => number | undefined,
    ids = ['p'],
  ) => {
    const { served, requests } = servePayments(refuse);
    const connection = await served;
    const outcome = await fetchEntities(webhookOf(payments(...ids)), {
      connectionOf: () => connection,
      fetch: client,
    });
    return { ...outcome, requests: requests() };
  };

  test('fetches, and finds the id that is refused', async () => {
    const refuse = (ids: readonly string[]) => (ids.includes('id7') ? 400 : undefined);
    const { entities, rejections } = await fetchFrom(refuse, numbered(20));
    expect(entities).toHaveLength(19);
    expect(rejections).toMatchObject([
      {
        webhook: webhookOf(payments('id7')),
        reason: 'invalid_request',
        status: 400,
        detail: 'status 400',
      },
    ]);
  });

  test.each([
    [307, 'server_error'],
    [429, 'rate_limited'],
    [503, 'server_error'],
  ] as const)('sends once, and tells %i', async (status, reason) => {
    const { retries, requests } = await fetchFrom(() => status);
    expect(retries).toMatchObject([{ reason, status, requestId: '1', afterMs: 0 }]);
    expect(requests).toBe(1);
  });
});

describe('ky with retries of its own', () => {
  const client = ky.create({ retry: { limit: 2, methods: ['post'], delay: () => 1 } });
  const fetchAfter = async (failures: number) => {
    const { served, requests } = servePayments((_, count) => (count <= failures ? 503 : undefined));
    const connection = await served;
    const outcome = await fetchEntities(webhookOf(payments('p')), {
      connectionOf: () => connection,
      fetch: client,
    });
    return { ...outcome, requests: requests() };
  };

  test('has them', async () => {
    const { entities, requests } = await fetchAfter(2);
    expect(entities).toHaveLength(1);
    expect(requests).toBe(3);
  });

  test('tells the last response when they are used up', async () => {
    const { retries, requests } = await fetchAfter(5);
    expect(retries).toMatchObject([{ reason: 'server_error', status: 503, requestId: '3' }]);
    expect(requests).toBe(3);
  });
});
