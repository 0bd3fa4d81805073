// Every comparison of run time: each gives the nanoseconds of its candidates and what has to hold.
import { uniqBy as toolkitUniqBy } from 'es-toolkit';
import lodash from 'lodash';
import { dedupeEvents, parseWebhook, planFetches, safeParseWebhook } from '../../dist/index.js';
import { knownEvent, message, messages, randomId, unknownEvent, wrongEvent } from './bodies.mjs';
import { kept, lowerQuartile, measure, timeOf } from './measure.mjs';
import { makeTypia } from './prepare.mjs';

const typia = await import(makeTypia());
const peers = { typia };
for (const name of ['typebox', 'arktype', 'ajv', 'zod', 'valibot']) {
  peers[name] = await import(`./peers/${name}.mjs`);
}
const each = (method) =>
  Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer[method]]));
const parseAll = (texts) => texts.map((text) => JSON.parse(text));

/** The rows of the table. `goal` is the most that `ratio` may be. */
export function compareSpeed({ sizes, rounds, largest }) {
  const rows = [];
  const row = (title, size, times, of, to, goal) => {
    const ratio = times[of] / Math.min(...to.map((name) => times[name]));
    rows.push({ title, size, times, of, to, ratio, goal });
    console.error(
      `${title}, ${size}: ${ratio.toFixed(3)}${goal ? ` (goal ${goal.toFixed(3)})` : ''}`,
    );
  };
  const names = Object.keys(peers);
  const ours = 'mews-webhooks';
  const peersFor = (size) => rounds * (size > 1000 ? 0.5 : 1);

  for (const size of sizes) {
    const texts = messages(size);
    const objects = parseAll(texts);
    const times = measure(
      {
        [ours]: safeParseWebhook,
        'JSON.parse': [JSON.parse, texts],
        'typia is': typia.is,
        ...each('validate'),
      },
      objects,
      peersFor(size),
    );
    // A verdict alone is no peer: `typia is` gives no reasons, and is shown for comparison.
    row('valid object', size, times, ours, names, { 1: 1.67, 7: 1.05 }[size] ?? 1);
    row(
      'valid object against JSON.parse',
      size,
      times,
      ours,
      ['JSON.parse'],
      size >= 7 ? 1 / 13 : undefined,
    );
  }
  for (const size of sizes) {
    const texts = messages(size);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = measure(
      { parseWebhook: (body) => parseWebhook(body), 'JSON.parse': (body) => JSON.parse(body) },
      texts,
      rounds,
    );
    row('string', size, text, 'parseWebhook', ['JSON.parse'], size >= 7 ? 1.08 : undefined);
    const bytes = measure(
      {
        parseWebhook: (body) => parseWebhook(body),
        'TextDecoder, JSON.parse': (body) => JSON.parse(decoder.decode(body)),
      },
      texts.map((body) => Buffer.from(body)),
      rounds,
    );
    row(
      'Buffer',
      size,
      bytes,
      'parseWebhook',
      ['TextDecoder, JSON.parse'],
      size >= 7 ? 1.08 : undefined,
    );
  }
  const invalid = {
    'one wrong at the end': (index) => (index === 99 ? wrongEvent() : knownEvent()),
    'all wrong': wrongEvent,
  };
  for (const [title, event] of Object.entries(invalid)) {
    const times = measure(
      { [ours]: safeParseWebhook, ...each('issuesOf') },
      parseAll(messages(100, event)),
      rounds,
    );
    // Ours makes a path and a message for each of up to 100 issues; ajv, the fastest, names a rule.
    row(title, 100, times, ours, names, title === 'all wrong' ? 2.5 : 1);
  }
  {
    const place = () => Math.floor(Math.random() * 500);
    const one = parseAll(
      Array.from({ length: 120 }, () => {
        const unknown = place();
        return message(500, (index) => (index === unknown ? unknownEvent() : knownEvent()));
      }),
    );
    const some = messages(500, () => (Math.random() < 0.2 ? unknownEvent() : knownEvent()));
    const times = measure(
      {
        'all known': [(body) => safeParseWebhook(body), parseAll(messages(500))],
        'one unknown': [(body) => safeParseWebhook(body), one],
        '20 % unknown': [(body) => safeParseWebhook(body), parseAll(some)],
        'JSON.parse of 20 % unknown': [JSON.parse, some],
      },
      [],
      rounds,
    );
    // The fast path ends at the unknown event, and the other path starts anew.
    row('one unknown event', 500, times, 'one unknown', ['all known'], 2.5);
    row('20 % unknown events', 500, times, '20 % unknown', ['JSON.parse of 20 % unknown'], 1 / 9);
  }
  compareDedupe(
    row,
    [7, 100, 500, 5000, 100_000, 1_000_000].filter((size) => size <= largest),
    rounds,
  );
  comparePlan(row, Math.min(10_000, largest / 10));
  for (const [title, event] of Object.entries({
    'growth, valid': knownEvent,
    'growth, all wrong': wrongEvent,
  })) {
    const [half, whole] = [largest / 2, largest].map((size) => [
      safeParseWebhook,
      [JSON.parse(message(size, event))],
    ]);
    // Enough rounds to have most of them after the last one that V8 optimises.
    const times = measure({ half, whole }, [], 40);
    row(title, largest, times, 'whole', ['half'], 2.5);
  }
  return rows;
}

function compareDedupe(row, sizes, rounds) {
  const keyOf = ({ Discriminator, Value }) => `${Discriminator} ${Value.Id}`;
  const perEvent = {};
  for (const size of sizes) {
    // A string keeps its hash: each candidate gets strings of its own that no one has hashed yet.
    const texts = Array.from(
      { length: Math.max(1, Math.min(600, Math.round(20_000 / size))) },
      () => message(size, () => (Math.random() < 0.1 ? repeated() : knownEvent())),
    );
    const fresh = (run) => ({ run, times: [] });
    const candidates = {
      dedupeEvents: fresh((events) => dedupeEvents(events)),
      'lodash uniqBy': fresh((events) => lodash.uniqBy(events, keyOf)),
      'es-toolkit uniqBy': fresh((events) => toolkitUniqBy(events, keyOf)),
    };
    const passes = size > 100_000 ? 3 : size > 10_000 ? 7 : rounds;
    for (let round = 0; round < passes; round++) {
      const order = Object.values(candidates).sort(() => Math.random() - 0.5);
      for (const candidate of order) {
        const inputs = texts.map((text) => JSON.parse(text).Events);
        const time = timeOf(() => {
          for (const [index, input] of inputs.entries()) kept[index & 1023] = candidate.run(input);
        });
        candidate.times.push(time / inputs.length);
      }
    }
    const times = Object.fromEntries(
      Object.entries(candidates).map(([name, { times }]) => [name, lowerQuartile(times)]),
    );
    perEvent[size] = times.dedupeEvents / size;
    const others = ['lodash uniqBy', 'es-toolkit uniqBy'];
    row('dedupeEvents', size, times, 'dedupeEvents', others, size >= 500 ? 1 / 1.7 : 1);
  }
  const last = sizes.at(-1);
  const times = { 'per event, 500': perEvent[500], 'per event, most': perEvent[last] };
  row('dedupeEvents, per event against 500', last, times, 'per event, most', ['per event, 500'], 3);
}

const repeats = Array.from({ length: 50 }, randomId);
function repeated() {
  const event = knownEvent();
  event.Value.Id = repeats[Math.floor(Math.random() * repeats.length)];
  return event;
}

function comparePlan(row, count) {
  const webhooks = Array.from({ length: count }, () => ({
    ...JSON.parse(message(10)),
    UnknownEvents: [],
  }));
  for (const webhook of webhooks) {
    // A batch is of a few enterprises.
    webhook.EnterpriseId = repeats[webhook.EnterpriseId.charCodeAt(0) % 20];
    webhook.IntegrationId = webhook.EnterpriseId;
  }
  const events = webhooks.flatMap(({ Events }) => Events);
  const times = measure(
    {
      planFetches: [planFetches, [webhooks]],
      'half of them': [planFetches, [webhooks.slice(0, count / 2)]],
      dedupeEvents: [dedupeEvents, [events]],
    },
    [],
    15,
  );
  row('planFetches, webhooks of 10 events', count, times, 'planFetches', ['dedupeEvents'], 3);
  row('planFetches, growth', count, times, 'planFetches', ['half of them'], 2.5);
}
