import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fetchEntities } from '../../src/fetch/index.js';
import { createRandom } from '../../src/testing/random.js';
import { checkLaw, randomBatch, tryLaw } from './law.js';
import { optionsOf, payments, webhookOf } from './webhooks.js';

test('each entity is in exactly one list, whatever the API does', async () => {
  let entities = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 400 }), async (seed, size) => {
      entities += await tryLaw(createRandom(seed), size);
    }),
    { numRuns: 100, interruptAfterTimeLimit: 20_000 },
  );
  expect(entities).toBeGreaterThan(1000);
});

test('an outcome that lost, doubled or invented an entity would be noticed', async () => {
  const batch = [webhookOf(payments('a', 'b')), ...randomBatch(createRandom(1), 50)];
  const outcome = await fetchEntities(batch, optionsOf());
  const [first, ...others] = outcome.entities;
  if (first === undefined) throw new Error('nothing was fetched');
  expect(checkLaw(batch, outcome)).toBeGreaterThan(1);
  for (const entities of [
    others,
    [...outcome.entities, first],
    [...others, { ...first, EnterpriseId: 'another' }],
  ]) {
    expect(() => checkLaw(batch, { ...outcome, entities })).toThrow(/as many as|each of them/);
  }
});
