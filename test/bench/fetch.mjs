// What fetchEntities costs beside the work that nobody can leave out: to plan the requests, and to parse
// the responses. Then how its memory grows, and how many requests it saves. Run after a build.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fetchEntities } from '../../dist/fetch.js';
import { fetchOperations, planFetches } from '../../dist/index.js';
import { timeOf } from './measure.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const discriminators = Object.keys(fetchOperations).filter((name) => name !== 'MessageAdded');
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const uuid = () => crypto.randomUUID();

/** Webhooks of 20 enterprises, each with an integration of its own. No entity comes twice. */
function makeBatch(webhooks, events) {
  return Array.from({ length: webhooks }, (_, index) => ({
    EnterpriseId: `enterprise ${index % 20}`,
    IntegrationId: `integration ${index % 20}`,
    Events: Array.from({ length: events }, (_, place) => ({
      Discriminator: discriminators[place % discriminators.length],
      Value: { Id: uuid() },
    })),
    UnknownEvents: [],
  }));
}

/** A row of about the size that a reservation has. */
const rowOf = (Id) => ({
  Id,
  ServiceId: uuid(),
  AccountId: uuid(),
  CreatorProfileId: uuid(),
  UpdaterProfileId: uuid(),
  Number: '52',
  State: 'Confirmed',
  Origin: 'Connector',
  CreatedUtc: '2026-08-07T12:00:00Z',
  UpdatedUtc: '2026-08-07T12:00:00.1234567Z',
  Options: { OwnerCheckedIn: false, AllCompanionsCheckedIn: false, ConnectorCheckIn: false },
  RateId: uuid(),
  GroupId: uuid(),
  RequestedResourceCategoryId: uuid(),
  ScheduledStartUtc: '2026-08-07T12:00:00Z',
  ScheduledEndUtc: '2026-08-09T12:00:00Z',
  PersonCounts: [{ AgeCategoryId: uuid(), Count: 2 }],
});

/** The text of the response to each planned request, by its first id. */
function makeResponses(requests) {
  return new Map(
    requests.map(({ ids, operation }) => [
      ids[0],
      JSON.stringify({ [operation.rowsProperty]: ids.map(rowOf) }),
    ]),
  );
}

const headers = { get: () => null };
const connection = {
  platformAddress: 'https://api.example.com',
  clientToken: 'client-token',
  accessToken: 'access-token',
  client: 'Bench 1.0',
};

/** Responds at once: finds the response by the first id in the request's body. */
function instantFetch(responses) {
  return async (_, { body }) => {
    const [, first] = /Ids":\["([^"]+)/.exec(body);
    const text = responses.get(first);
    return { status: 200, headers, text: async () => text };
  };
}

async function cpuOf(work) {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

async function compareTime(webhooks, events) {
  const batch = makeBatch(webhooks, events);
  const requests = planFetches(batch);
  const responses = makeResponses(requests);
  const options = { connectionOf: () => connection, fetch: instantFetch(responses) };
  const needed = [];
  const ours = [];
  let entities = 0;
  for (let round = 0; round < 15; round++) {
    needed.push(
      timeOf(() => {
        globalThis.kept = [
          planFetches(batch),
          [...responses.values()].map((text) => JSON.parse(text)),
        ];
      }),
    );
    ours.push(
      await cpuOf(async () => {
        globalThis.kept = await fetchEntities(batch, options);
      }),
    );
    entities = globalThis.kept.entities.length;
  }
  globalThis.kept = undefined;
  return { entities, needed: median(needed), ours: median(ours) };
}

/** Bytes of heap that an outcome keeps for each row, and what the parsed rows alone keep. */
async function compareMemory(webhooks) {
  const batch = makeBatch(webhooks, 10);
  const responses = makeResponses(planFetches(batch));
  const options = { connectionOf: () => connection, fetch: instantFetch(responses) };
  const heap = () => {
    for (let times = 0; times < 4; times++) collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  globalThis.kept = await fetchEntities(batch, options);
  const rows = globalThis.kept.entities.length;
  const outcome = heap() - before;
  globalThis.kept = undefined;
  const between = heap();
  globalThis.kept = [...responses.values()].map((text) => JSON.parse(text));
  const parsed = heap() - between;
  globalThis.kept = undefined;
  return { rows, outcome: outcome / rows, parsed: parsed / rows };
}

const time = await compareTime(10_000, 10);
const ms = (ns) => `${(ns / 1e6).toFixed(0)} ms`;
console.log(
  `10,000 webhooks of 10 events, ${time.entities} entities: fetchEntities ${ms(time.ours)}, ` +
    `planFetches and JSON.parse ${ms(time.needed)}, ratio ${(time.ours / time.needed).toFixed(2)} (goal 3)`,
);
for (const webhooks of [1000, 10_000]) {
  const { rows, outcome, parsed } = await compareMemory(webhooks);
  console.log(
    `${rows} rows: ${outcome.toFixed(0)} bytes of heap a row; the parsed responses alone: ${parsed.toFixed(0)}`,
  );
}
const burst = makeBatch(10_000, 10);
const requests = planFetches(burst).length;
console.log(
  `Requests for a burst of 100,000 events: ${requests}, ${(requests / 1000).toFixed(2)} % of one call per event (goal 2 %)`,
);
process.exitCode = time.ours / time.needed > 3 || requests > 2000 ? 1 : 0;
