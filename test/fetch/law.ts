// The law: each entity of a batch is in exactly one of the three lists of the outcome.
import assert from 'node:assert/strict';
import type { Discriminator } from '../../src/discriminators.js';
import { discriminators } from '../../src/discriminators.js';
import type { GeneralWebhook, UnknownEvent, WebhookEvent } from '../../src/events.js';
import { type FetchOptions, type FetchOutcome, fetchEntities } from '../../src/fetch/index.js';
import { fetchOperations } from '../../src/operations.js';
import { parseWebhook } from '../../src/parse.js';
import type { Random } from '../../src/testing/random.js';
import { accessToken, clientToken, connection, receive, rowsOf } from './webhooks.js';

const longId = 'x'.repeat(1_000_000);
const oddIds = ['__proto__', 'constructor', '\0', '\ud800', '1', ' ', 'Zürich 🏔', '"\\'];

const pick = <T>(random: Random, list: readonly [T, ...T[]]): T =>
  list[Math.floor(random() * list.length)] ?? list[0];

const scopes = ['e', 'f', '__proto__', '\0', '1'] as const;
const unknownEvents: readonly [UnknownEvent, ...UnknownEvent[]] = [
  { Discriminator: 'ResourceDeleted', Value: { Id: 'a' } },
  { Discriminator: '__proto__', Value: null },
];

function randomId(random: Random, many: number): string {
  if (random() < 0.001) return longId;
  if (random() < 0.1) return pick(random, ['a', ...oddIds]);
  return `${Math.floor(random() * many)}`;
}

/** Webhooks of a few enterprises and integrations, with repetitions, in all about `size` events. */
export function randomBatch(random: Random, size: number): GeneralWebhook[] {
  const batch: GeneralWebhook[] = [];
  for (let events = 0; events < size; ) {
    const count = Math.floor(random() * Math.min(size, 200));
    batch.push({
      EnterpriseId: pick(random, scopes),
      IntegrationId: pick(random, scopes),
      Events: Array.from({ length: count }, () => ({
        Discriminator: pick<Discriminator>(random, ['MessageAdded', ...discriminators]),
        Value: { Id: randomId(random, size) },
      })),
      UnknownEvents: random() < 0.1 ? [pick(random, unknownEvents)] : [],
    });
    events += count + 1;
  }
  return batch;
}

const statuses = [400, 401, 403, 404, 408, 413, 429, 500, 503, 204, 302, 599] as const;

/** Options whose callbacks and API do anything, at random. `faults`: how often it is not what was asked for. */
function randomOptions(random: Random, faults: number): FetchOptions {
  const threads = pick<readonly string[] | undefined>(random, [['t', 'u'], [], undefined, ['t']]);
  const maxIds = pick<number | undefined>(random, [undefined, undefined, 1, 7, 1000]);
  return {
    connectionOf: () => (random() < 0.1 ? undefined : connection),
    ...(random() < 0.8 && { messageThreadIdsOf: async () => threads }),
    ...(random() < 0.2 && { extraOf: () => ({ EnterpriseIds: ['e'] }) }),
    attempt: 1 + Math.floor(random() * 20),
    maxIds,
    // Long enough for what responds at once, and the silent ones take no longer.
    timeoutMs: 20,
    fetch: async (url, init) => {
      const request = receive(url, init);
      const ids = request.operation.idsProperty === null ? ['0', '1', 'a', '\0'] : request.ids;
      const rows = ids.map((Id) => ({
        Id,
        UpdatedUtc: pick(random, ['2026-01-01T00:00:00Z', '', 7]),
      }));
      if (random() >= faults) return rowsOf(request, rows);
      const status = pick(random, statuses);
      const headers = pick<Record<string, string>>(random, [
        {},
        { 'Retry-After': '7' },
        { 'Request-Id': 'q' },
      ]);
      const echo = Response.json(
        { Message: `refused: ${init.body}`, RequestId: accessToken },
        { status: 200 },
      );
      return pick<() => Response | Promise<Response>>(random, [
        () =>
          rowsOf(
            request,
            rows.filter(() => random() < 0.5),
          ),
        () => rowsOf(request, [...rows, ...rows, { Id: 'never asked for' }, null, 7, { Id: 7 }]),
        () => rowsOf(request, pick<unknown>(random, [null, {}, 'rows', []])),
        () =>
          Response.json({
            [request.operation.rowsProperty]: rows,
            Cursor: pick(random, ['c', 'd']),
          }),
        () => Response.json(pick<unknown>(random, [null, [], 'text', 7, {}])),
        () => new Response('<html>'),
        () => new Response(status === 204 ? null : echo.body, { status, headers }),
        () => new Response(status === 204 ? null : echo.body, { status, headers }),
        () => new Response(new ReadableStream({ start: (body) => body.error(new Error('reset')) })),
        () => Promise.reject(new Error(`reset: ${init.body}`)),
        () => (random() < 0.05 ? new Promise(() => {}) : Promise.reject(new Error('reset'))),
        () => (random() < 0.05 ? new Response(new ReadableStream()) : new Response('')),
      ])();
    },
  };
}

type Scope = { readonly EnterpriseId: string; readonly IntegrationId: string };

const keyOf = ({ EnterpriseId, IntegrationId }: Scope, entity: string, id: string) =>
  JSON.stringify([EnterpriseId, IntegrationId, entity, id]);

const keysOf = (webhooks: readonly GeneralWebhook[]): string[] =>
  webhooks.flatMap((webhook) =>
    webhook.Events.map(({ Discriminator, Value }) =>
      keyOf(webhook, fetchOperations[Discriminator].entity, Value.Id),
    ),
  );

const unknownOf = (webhooks: readonly GeneralWebhook[]): string[] =>
  webhooks
    .flatMap(({ EnterpriseId, IntegrationId, UnknownEvents }) =>
      UnknownEvents.map((event) => JSON.stringify([EnterpriseId, IntegrationId, event])),
    )
    .sort();

const addedOf = (webhooks: readonly GeneralWebhook[]): Set<string> => {
  const isAdded = ({ Discriminator }: WebhookEvent) => Discriminator === 'CustomerAdded';
  return new Set(webhooks.flatMap((w) => keysOf([{ ...w, Events: w.Events.filter(isAdded) }])));
};

/** Throws when the outcome breaks the law; returns the number of entities. */
export function checkLaw(batch: readonly GeneralWebhook[], outcome: FetchOutcome): number {
  const { entities, retries, rejections } = outcome;
  const returned = [...retries, ...rejections].map(({ webhook }) => webhook);
  const keys = [
    ...entities.map((entity) => keyOf(entity, entity.entity, entity.Id)),
    ...keysOf(returned),
  ];
  const expected = new Set(keysOf(batch));
  assert.equal(keys.length, expected.size, 'as many as there are');
  assert.deepEqual(new Set(keys), expected, 'each of them');
  assert.deepEqual(unknownOf(rejections.map(({ webhook }) => webhook)), unknownOf(batch));
  assert.deepEqual(unknownOf(retries.map(({ webhook }) => webhook)), []);
  for (const { Id, row } of entities) assert.equal(row.Id, Id);
  const added = addedOf(batch);
  const addedAndReturned = keysOf(returned).filter((key) => added.has(key));
  assert.deepEqual(addedOf(returned), new Set(addedAndReturned), 'an Added event stays one');
  for (const webhook of returned) {
    assert.ok(webhook.Events.length + webhook.UnknownEvents.length > 0, 'no empty webhook');
    assert.deepEqual(parseWebhook(JSON.stringify(webhook)), webhook, 'fit for the queue');
  }
  for (const { afterMs } of retries) assert.ok(afterMs >= 0 && afterMs <= 600_000);
  const told = JSON.stringify([retries, rejections]);
  assert.ok(!told.includes(accessToken) && !told.includes(clientToken), 'no token');
  return expected.size;
}

/** Fetches a random batch from a random API, and checks the law; returns the number of entities. */
export async function tryLaw(random: Random, size: number): Promise<number> {
  const batch = randomBatch(random, size);
  const outcome = await fetchEntities(batch, randomOptions(random, pick(random, [0.05, 0.3, 1])));
  return checkLaw(batch, outcome);
}
