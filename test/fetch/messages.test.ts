import { describe, expect, test } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import { eventOf, numbered, optionsOf, payments, refusal, rowsOf, webhookOf } from './webhooks.js';

const messages = (...ids: string[]) => ids.map((id) => eventOf('MessageAdded', id));
const page = (ids: readonly string[], Cursor?: unknown) =>
  Response.json({ Messages: ids.map((Id) => ({ Id })), Cursor });

const threadsOf = (body: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(body.MessageThreadIds) ? body.MessageThreadIds : [];

describe('messages', () => {
  test('are looked for in the threads of the enterprise, within the last days', async () => {
    const options = optionsOf(() => page(['n', 'm']));
    const { entities } = await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: async (enterpriseId, integrationId) => [enterpriseId, integrationId, 'e'],
    });
    expect(entities).toMatchObject([{ entity: 'Message', Id: 'm', row: { Id: 'm' } }]);
    const body = options.received[0]?.body ?? {};
    expect(body).toMatchObject({ MessageThreadIds: ['e', 'i'], Limitation: { Count: 1000 } });
    const { StartUtc, EndUtc } = Object(body.CreatedUtc);
    const day = 86_400_000;
    expect(Date.parse(EndUtc) - Date.parse(StartUtc)).toBe(8 * day);
    expect(Math.abs(Date.parse(EndUtc) - day - Date.now())).toBeLessThan(60_000);
  });

  test('are looked for page by page until each is found', async () => {
    const options = optionsOf((_, count) => page([`m${count}`], `cursor ${count}`));
    const { entities } = await fetchEntities(webhookOf(messages('m3', 'm1')), {
      ...options,
      messageThreadIdsOf: () => ['t'],
    });
    expect(entities.map(({ Id }) => Id)).toEqual(['m1', 'm3']);
    expect(options.received.map(({ body }) => body.Limitation)).toEqual([
      { Count: 1000 },
      { Count: 1000, Cursor: 'cursor 1' },
      { Count: 1000, Cursor: 'cursor 2' },
    ]);
  });

  test.each([
    ['null', null],
    ['absent', undefined],
    ['empty', ''],
    ['no text', 7],
  ])('are not found when the pages have ended: a cursor that is %s', async (_, cursor) => {
    const options = optionsOf((_, count) => page(['other'], count === 1 ? 'next' : cursor));
    const { retries } = await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: () => ['t'],
    });
    expect(options.received).toHaveLength(2);
    expect(retries).toMatchObject([
      { webhook: webhookOf(messages('m')), reason: 'not_found', status: 200 },
    ]);
  });

  test.each([
    ['the same cursor again and again', () => 'same', 2],
    ['a new cursor again and again', (count: number) => `${count}`, 100],
  ])('end with a server that has %s', async (_, cursorOf, requests) => {
    const options = optionsOf((_, count) => page([], cursorOf(count)));
    const { retries } = await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: () => ['t'],
    });
    expect(options.received).toHaveLength(requests);
    expect(retries).toMatchObject([{ reason: 'not_found' }]);
  });

  test('are looked for in a thousand threads at a time, until each is found', async () => {
    const options = optionsOf((_, count) => page(count === 2 ? ['m'] : []));
    const { entities } = await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: () => numbered(2500),
    });
    expect(entities).toHaveLength(1);
    expect(options.received.map(({ body }) => threadsOf(body).length)).toEqual([1000, 1000]);
  });

  test.each([
    ['no callback', undefined],
    ['no threads', () => []],
    ['undefined', () => undefined],
  ])('are rejected when there is nowhere to look: %s', async (_, messageThreadIdsOf) => {
    const options = optionsOf();
    const webhook = webhookOf([...messages('m', 'n'), ...payments('p')]);
    const outcome = await fetchEntities(webhook, { ...options, messageThreadIdsOf });
    expect(outcome).toMatchObject({
      entities: [{ Id: 'p' }],
      rejections: [{ webhook: webhookOf(messages('m', 'n')), reason: 'no_message_threads' }],
    });
  });

  test('are found although one thread is refused: the list of threads is halved', async () => {
    const options = optionsOf(({ body }) => {
      return threadsOf(body).includes('id3') ? refusal(400) : page(['m']);
    });
    const { entities, rejections } = await fetchEntities(webhookOf(messages('m', 'n')), {
      ...options,
      messageThreadIdsOf: () => numbered(8),
    });
    expect(entities.map(({ Id }) => Id)).toEqual(['m']);
    // The other one may be in the thread that was refused.
    expect(rejections).toMatchObject([
      { webhook: webhookOf(messages('n')), reason: 'invalid_request', status: 400 },
    ]);
  });

  test.each([
    [503, 404],
    [404, 503],
    [500, 400],
    [400, 500],
  ])(
    'are retried where one part of the threads fails with %i and another with %i',
    async (...statuses) => {
      const options = optionsOf((_, count) => refusal(statuses[count - 1] ?? 400));
      const { retries, rejections } = await fetchEntities(webhookOf(messages('m')), {
        ...options,
        messageThreadIdsOf: () => numbered(1001),
      });
      expect(retries).toMatchObject([
        { webhook: webhookOf(messages('m')), reason: 'server_error' },
      ]);
      expect(rejections).toEqual([]);
    },
  );

  test('end after 40 requests that are refused', async () => {
    const options = optionsOf(() => refusal(408));
    const { retries } = await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: () => numbered(3000),
    });
    expect(options.received).toHaveLength(40);
    expect(retries).toMatchObject([{ webhook: webhookOf(messages('m')), reason: 'timeout' }]);
  });

  test('keep those that came before a page failed', async () => {
    const options = optionsOf((_, count) => (count === 1 ? page(['m'], 'next') : refusal(429)));
    const { entities, retries } = await fetchEntities(
      webhookOf([...messages('m', 'n'), ...payments('p')]),
      { ...options, messageThreadIdsOf: () => ['t'] },
    );
    expect(entities.map(({ Id }) => Id)).toEqual(['m']);
    expect(retries).toMatchObject([
      { webhook: webhookOf([...messages('n'), ...payments('p')]), reason: 'rate_limited' },
    ]);
  });

  test('take more properties, which may replace the window but not the threads', async () => {
    const options = optionsOf((request) => rowsOf(request, [{ Id: 'm' }]));
    const extra = { CreatedUtc: { StartUtc: 'a', EndUtc: 'b' }, EnterpriseIds: ['e'] };
    await fetchEntities(webhookOf(messages('m')), {
      ...options,
      messageThreadIdsOf: () => ['t'],
      extraOf: () => ({ ...extra, MessageThreadIds: ['x'], Limitation: { Count: 1 } }),
    });
    expect(options.received[0]?.body).toMatchObject({
      ...extra,
      MessageThreadIds: ['t'],
      Limitation: { Count: 1000 },
    });
  });

  test.each([['text'], [['']], [[7]], [{}]])('want threads that are text: %j', async (threads) => {
    const options = optionsOf();
    const messageThreadIdsOf = () => JSON.parse(JSON.stringify(threads));
    await expect(
      fetchEntities(webhookOf(messages('m')), { ...options, messageThreadIdsOf }),
    ).rejects.toThrow(
      new TypeError(
        'options.messageThreadIdsOf: expected a function that returns an array of non-empty strings',
      ),
    );
  });
});
