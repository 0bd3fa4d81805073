import { describe, expect, test } from 'vitest';
import { eventsOf, fetchEntities } from '../../src/fetch/index.js';
import { planFetches } from '../../src/plan.js';
import {
  connection,
  eventOf,
  numbered,
  optionsOf,
  payments,
  refusal,
  rowsOf,
  webhookOf,
} from './webhooks.js';

const brokenOff = (status: number) =>
  new Response(new ReadableStream({ start: (body) => body.error(new Error('reset')) }), { status });
const idsIn = (results: readonly { readonly webhook: ReturnType<typeof webhookOf> }[]) =>
  results.map(({ webhook }) => webhook.Events.map(({ Value }) => Value.Id));

describe('what was fetched', () => {
  test('is told with its entity, its webhook and its version', async () => {
    const row = { Id: 'p', UpdatedUtc: '2026-01-01T00:00:00Z', More: [1] };
    const options = optionsOf((request) => rowsOf(request, [row]));
    expect(await fetchEntities(webhookOf(payments('p')), options)).toEqual({
      entities: [
        {
          entity: 'Payment',
          EnterpriseId: 'e',
          IntegrationId: 'i',
          Id: 'p',
          row,
          version: '2026-01-01T00:00:00',
        },
      ],
      retries: [],
      rejections: [],
    });
  });

  test('is asked for once, as toHttpRequest has it, without following redirects', async () => {
    const options = optionsOf();
    await fetchEntities([webhookOf(payments('p')), webhookOf(payments('p', 'q'))], options);
    expect(options.received).toHaveLength(1);
    expect(options.received).toMatchObject([
      {
        url: 'https://api.example.com/api/connector/v1/payments/getAll',
        init: {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          redirect: 'manual',
        },
      },
    ]);
    expect(options.received[0]?.body).toEqual({
      PaymentIds: ['p', 'q'],
      Limitation: { Count: 2 },
      ClientToken: connection.clientToken,
      AccessToken: connection.accessToken,
      Client: connection.client,
    });
  });

  test('comes in the order of the plan, whichever integration responds first', async () => {
    const batch = ['slow', 'fast'].map((IntegrationId) =>
      webhookOf(payments('p'), { IntegrationId }),
    );
    const options = optionsOf();
    const { entities } = await fetchEntities(batch, {
      ...options,
      connectionOf: async (integrationId) => {
        if (integrationId === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
        return connection;
      },
    });
    expect(entities.map(({ IntegrationId }) => IntegrationId)).toEqual(['slow', 'fast']);
  });

  test('counts once when its row is doubled, and nothing when it was not asked for', async () => {
    const options = optionsOf((request) =>
      rowsOf(request, [{ Id: 'p', first: true }, { Id: 'other' }, null, { Id: 'p', first: false }]),
    );
    const { entities } = await fetchEntities(webhookOf(payments('p')), options);
    expect(entities.map(({ Id }) => Id)).toEqual(['p']);
  });

  test('is kept apart by enterprise and by integration', async () => {
    const batch = [
      webhookOf(payments('p')),
      webhookOf(payments('p'), { EnterpriseId: 'f' }),
      webhookOf(payments('p'), { IntegrationId: 'j' }),
    ];
    const { entities } = await fetchEntities(batch, optionsOf());
    expect(entities.map((e) => [e.EnterpriseId, e.IntegrationId])).toEqual([
      ['e', 'i'],
      ['f', 'i'],
      ['e', 'j'],
    ]);
  });

  test('is nothing when there is nothing to fetch', async () => {
    const options = optionsOf();
    const empty = { entities: [], retries: [], rejections: [] };
    expect(await fetchEntities([], options)).toEqual(empty);
    expect(await fetchEntities(webhookOf([]), options)).toEqual(empty);
    expect(options.received).toEqual([]);
  });

  test('can be what a generator yields', async () => {
    function* batch() {
      yield webhookOf(payments('p'));
      yield webhookOf([eventOf('CustomerAdded', 'c')]);
    }
    const { retries } = await fetchEntities(
      batch(),
      optionsOf((request) => rowsOf(request, null)),
    );
    expect(idsIn(retries)).toEqual([['p', 'c']]);
  });
});

describe('what failed', () => {
  test('a row that does not come is not_found, with its events as they came', async () => {
    const added = { ...eventOf('CustomerAdded', 'c'), Extra: [1] };
    const batch = [webhookOf([eventOf('CustomerUpdated', 'c'), added, ...payments('p')])];
    const options = optionsOf((request) =>
      rowsOf(request, request.ids[0] === 'c' ? null : undefined),
    );
    const { entities, retries } = await fetchEntities(batch, options);
    expect(entities.map(({ Id }) => Id)).toEqual(['p']);
    expect(retries).toEqual([
      {
        webhook: webhookOf([added]),
        reason: 'not_found',
        afterMs: expect.any(Number),
        status: 200,
        requestId: 'r',
      },
    ]);
  });

  test.each([
    [404, 'invalid_request'],
    [400, 'invalid_request'],
    [413, 'invalid_request'],
    [418, 'invalid_request'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
  ] as const)('%i is rejected: %s', async (status, reason) => {
    const options = optionsOf(() => refusal(status, { 'Request-Id': 'from the header' }));
    expect(await fetchEntities(webhookOf(payments('p')), options)).toEqual({
      entities: [],
      retries: [],
      rejections: [
        {
          webhook: webhookOf(payments('p')),
          reason,
          status,
          requestId: 'from the header',
          detail: `status ${status}`,
        },
      ],
    });
    expect(options.received).toHaveLength(1);
  });

  test.each([
    ['429', () => refusal(429), 'rate_limited', 429],
    ['408', () => refusal(408), 'timeout', 408],
    ['500', () => refusal(500), 'server_error', 500],
    ['503', () => refusal(503), 'server_error', 503],
    ['a redirect', () => refusal(302, { Location: 'https://example.com' }), 'server_error', 302],
    ['a redirect in a browser', () => Response.error(), 'server_error', 0],
    ['204', () => new Response(null, { status: 204 }), 'server_error', 204],
    ['no JSON', () => new Response('<html>'), 'server_error', 200],
    ['another shape', () => Response.json({ Payments: {} }), 'server_error', 200],
    ['JSON of another kind', () => Response.json([]), 'server_error', 200],
    ['no response', () => Promise.reject(new Error('reset')), 'network_error', null],
    ['a rejection without a reason', () => Promise.reject(), 'network_error', null],
    [
      'a response whose headers throw',
      () => {
        const response = Response.json({});
        const get = () => {
          throw new Error('broken client');
        };
        return Object.defineProperty(response, 'headers', { value: { get } });
      },
      'network_error',
      null,
    ],
    ['a response that is none', () => JSON.parse('{"status":200}'), 'network_error', null],
    ['a body that breaks off', () => brokenOff(200), 'network_error', 200],
    ['500 with a body that breaks off', () => brokenOff(500), 'server_error', 500],
  ] as const)('%s is to be tried again', async (_, respond, reason, status) => {
    const { entities, retries, rejections } = await fetchEntities(
      webhookOf(payments('p')),
      optionsOf(respond),
    );
    expect([entities, rejections]).toEqual([[], []]);
    expect(retries).toMatchObject([{ webhook: webhookOf(payments('p')), reason, status }]);
  });

  test('takes the request id from the body where the header is missing', async () => {
    const { rejections } = await fetchEntities(
      webhookOf(payments('p')),
      optionsOf(() => refusal(404)),
    );
    expect(rejections).toMatchObject([{ requestId: 'from the body' }]);
  });

  test('is one webhook per enterprise, integration, reason and response', async () => {
    const kinds = ['PaymentUpdated', 'ResourceUpdated', 'ServiceOrderUpdated'] as const;
    const events = kinds.map((kind) => eventOf(kind, kind));
    const batch = [webhookOf(events), webhookOf(events, { EnterpriseId: 'f' })];
    const { retries } = await fetchEntities(
      batch,
      optionsOf(() => Promise.reject(new Error('reset'))),
    );
    expect(retries.map(({ webhook }) => webhook)).toEqual(batch);
    const responses = await fetchEntities(
      webhookOf(events),
      optionsOf((_, count) => refusal(500, { 'Request-Id': `${count}` })),
    );
    expect(responses.retries.map(({ requestId }) => requestId)).toEqual(['1', '2', '3']);
  });

  test('unknown events are rejected with those of the same enterprise and integration', async () => {
    const unknown = (Discriminator: string) => ({ Discriminator, Value: null });
    const batch = [
      webhookOf([], { UnknownEvents: [unknown('A'), unknown('A')] }),
      webhookOf(payments('p'), { UnknownEvents: [unknown('B')] }),
      webhookOf([], { EnterpriseId: 'f', UnknownEvents: [unknown('A')] }),
    ];
    const { entities, rejections } = await fetchEntities(batch, optionsOf());
    expect(entities).toHaveLength(1);
    const facts = { reason: 'unknown_event', status: null, requestId: null, detail: null };
    expect(rejections).toEqual([
      { webhook: webhookOf([], { UnknownEvents: ['A', 'A', 'B'].map(unknown) }), ...facts },
      { webhook: batch[2], ...facts },
    ]);
  });

  test('comes back for the next attempt as the same request', async () => {
    const batch = [webhookOf([...payments('p', 'q'), eventOf('CustomerAdded', 'c')])];
    const { retries } = await fetchEntities(
      batch,
      optionsOf(() => refusal(503)),
    );
    const again = retries.map(({ webhook }) => webhook);
    expect(planFetches(again)).toEqual(planFetches(batch));
    expect((await fetchEntities(again, optionsOf())).entities).toHaveLength(3);
  });
});

describe('a request that is refused as too much', () => {
  test('is halved until one id stands alone', async () => {
    const ids = numbered(1000);
    const options = optionsOf((request) => {
      return request.ids.includes('id700') ? refusal(400) : rowsOf(request);
    });
    const { entities, rejections } = await fetchEntities(webhookOf(payments(...ids)), options);
    expect(entities).toHaveLength(999);
    expect(idsIn(rejections)).toEqual([['id700']]);
    expect(options.received.length).toBeLessThanOrEqual(21);
    for (const { body, ids } of options.received) {
      expect(body.Limitation).toEqual({ Count: ids.length });
    }
  });

  test.each([408, 413])('%i: is halved until it is accepted', async (status) => {
    const options = optionsOf((request) => {
      return request.ids.length > 100 ? refusal(status) : rowsOf(request);
    });
    const webhook = webhookOf(payments(...numbered(1000)));
    expect((await fetchEntities(webhook, options)).entities).toHaveLength(1000);
  });

  test.each([
    [400, 'rejections', 'invalid_request'],
    [413, 'rejections', 'invalid_request'],
    [408, 'retries', 'timeout'],
  ] as const)('%i whatever is asked: ends after 40 requests', async (status, list, reason) => {
    const options = optionsOf(() => refusal(status));
    const outcome = await fetchEntities(webhookOf(payments(...numbered(1000))), options);
    expect(options.received).toHaveLength(40);
    expect(outcome[list]).toMatchObject([{ reason, status }]);
    expect(idsIn(outcome[list]).flat().sort()).toEqual(numbered(1000).sort());
  });

  test('shares the last reason when 40 requests were not enough', async () => {
    const options = optionsOf((_, count) => refusal(count < 40 ? 400 : 408));
    const { retries, rejections } = await fetchEntities(
      webhookOf(payments(...numbered(1000))),
      options,
    );
    expect(options.received).toHaveLength(40);
    expect(idsIn(retries).flat().length + idsIn(rejections).flat().length).toBe(1000);
    expect(retries).toMatchObject([{ reason: 'timeout' }]);
    expect(idsIn(retries).flat().length).toBeGreaterThan(900);
  });

  test.each([404, 500])('%i is not halved', async (status) => {
    const options = optionsOf(() => refusal(status));
    await fetchEntities(webhookOf(payments('p', 'q')), options);
    expect(options.received).toHaveLength(1);
  });
});

describe('an integration', () => {
  const kinds = ['PaymentUpdated', 'ResourceUpdated', 'CustomerUpdated'] as const;
  const batch = ['i', 'j'].flatMap((IntegrationId) =>
    ['e', 'f'].map((EnterpriseId) =>
      webhookOf(
        kinds.map((kind) => eventOf(kind, kind)),
        { EnterpriseId, IntegrationId },
      ),
    ),
  );

  test.each([
    [429, 'retries', 'rate_limited'],
    [401, 'rejections', 'unauthorized'],
    [403, 'rejections', 'unauthorized'],
  ] as const)('sends nothing more after %i, and the others do', async (status, list, reason) => {
    const connectionOf = (id: string) => ({ ...connection, accessToken: `${id}-access-token` });
    const options = optionsOf((request) => {
      const isFirst = request.body.AccessToken === 'i-access-token';
      const isResource = request.operation.entity === 'Resource';
      const headers = { 'Retry-After': '20', 'Request-Id': 'q' };
      return isFirst && isResource ? refusal(status, headers) : rowsOf(request);
    });
    const outcome = await fetchEntities(batch, { ...options, connectionOf });
    expect(
      options.received.filter(({ body }) => body.AccessToken === 'i-access-token'),
    ).toHaveLength(2);
    expect(outcome.entities).toHaveLength(7);
    const stopped = { reason, status, requestId: 'q', ...(status === 429 && { afterMs: 20_000 }) };
    expect(outcome[list]).toMatchObject([stopped, stopped]);
    expect(idsIn(outcome[list])).toEqual([
      ['ResourceUpdated', 'CustomerUpdated'],
      ['PaymentUpdated', 'ResourceUpdated', 'CustomerUpdated'],
    ]);
  });

  test('stops in the middle of the halves of a request', async () => {
    const options = optionsOf((_, count) => refusal(count === 1 ? 408 : 429));
    const { retries } = await fetchEntities(webhookOf(payments('a', 'b', 'c')), options);
    expect(options.received).toHaveLength(2);
    expect(retries).toMatchObject([{ reason: 'rate_limited' }]);
    expect(idsIn(retries)).toEqual([['a', 'b', 'c']]);
  });

  test('sends one request at a time, and eight integrations do so at once', async () => {
    const active = new Map<unknown, number>();
    let most = 0;
    const options = optionsOf(async (request) => {
      const token = request.body.AccessToken;
      active.set(token, (active.get(token) ?? 0) + 1);
      expect(active.get(token)).toBe(1);
      most = Math.max(most, active.size);
      await new Promise((resolve) => setTimeout(resolve, 5));
      active.delete(token);
      return rowsOf(request);
    });
    const webhooks = numbered(20).flatMap((IntegrationId) =>
      ['e', 'f'].map((EnterpriseId) => webhookOf(payments('p'), { EnterpriseId, IntegrationId })),
    );
    const { entities } = await fetchEntities(webhooks, {
      ...options,
      connectionOf: (id) => ({ ...connection, accessToken: id }),
    });
    expect(entities).toHaveLength(40);
    expect(most).toBe(8);
  });

  test('has its connection asked for once per enterprise', async () => {
    const asked: string[][] = [];
    const options = optionsOf();
    await fetchEntities(batch, {
      ...options,
      connectionOf: async (...ids) => {
        asked.push(ids);
        return connection;
      },
    });
    expect(asked.sort()).toEqual([
      ['i', 'e'],
      ['i', 'f'],
      ['j', 'e'],
      ['j', 'f'],
    ]);
  });

  test('without a connection is rejected, and its other enterprise is not', async () => {
    const { entities, rejections } = await fetchEntities(batch.slice(0, 2), {
      ...optionsOf(),
      connectionOf: (_, enterpriseId) => (enterpriseId === 'e' ? undefined : connection),
    });
    expect(entities).toHaveLength(3);
    expect(rejections).toEqual([
      { webhook: batch[0], reason: 'no_connection', status: null, requestId: null, detail: null },
    ]);
  });
});

describe('more properties of a request', () => {
  test('come from extraOf, asked once for a planned request and kept when it is halved', async () => {
    let asked = 0;
    const options = optionsOf((request) => {
      return request.ids.length > 1 ? refusal(400) : rowsOf(request);
    });
    const { entities } = await fetchEntities(webhookOf(payments('p', 'q')), {
      ...options,
      extraOf: async ({ operation }) => {
        asked += 1;
        return { [operation.portfolioProperty]: ['e'] };
      },
    });
    expect(entities).toHaveLength(2);
    expect(options.received.map(({ body }) => body.EnterpriseIds)).toEqual([['e'], ['e'], ['e']]);
    expect(asked).toBe(1);
  });
});

describe('maxIds', () => {
  test('limits each request', async () => {
    const options = optionsOf();
    const webhook = webhookOf(payments(...numbered(25)));
    expect((await fetchEntities(webhook, { ...options, maxIds: 10 })).entities).toHaveLength(25);
    expect(options.received.map(({ ids }) => ids.length)).toEqual([10, 10, 5]);
  });
});

describe('eventsOf', () => {
  const added = eventOf('CustomerAdded', 'c');
  const batch = [
    webhookOf([eventOf('CustomerUpdated', 'c'), ...payments('p', 'c')]),
    webhookOf([added, ...payments('q', 'p')]),
    webhookOf([eventOf('CustomerUpdated', 'other')], { EnterpriseId: 'f' }),
  ];

  test('is the way back from each planned request, also after a queue', () => {
    const requests: ReturnType<typeof planFetches> = JSON.parse(JSON.stringify(planFetches(batch)));
    expect(requests.map((request) => eventsOf(batch, request))).toEqual([
      webhookOf([added]),
      webhookOf(payments('p', 'c', 'q')),
      batch[2],
    ]);
  });

  test('takes some of the ids, each once, and one webhook or an iterable', () => {
    const [, request] = planFetches(batch);
    if (request === undefined) throw new Error('no request for payments');
    expect(eventsOf(batch.values(), request, ['q', 'p', 'q', 'unknown'])).toEqual(
      webhookOf(payments('q', 'p')),
    );
    expect(eventsOf(webhookOf(payments('p', 'p')), request)).toEqual(webhookOf(payments('p')));
    expect(eventsOf([], request)).toEqual(webhookOf([]));
  });
});
