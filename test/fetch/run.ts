// Holds the law over a million generated entities, or as many as the first argument says; the second one
// is the seed.
import { createRandom } from '../../src/testing/random.js';
import { tryLaw } from './law.js';

const most = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const random = createRandom(seed);
const started = performance.now();
let entities = 0;
let batches = 0;
while (entities < most) {
  try {
    entities += await tryLaw(random, Math.floor(random() * 4000));
  } catch (error) {
    console.error(`Seed ${seed}, batch ${batches}, after ${entities} entities`);
    throw error;
  }
  batches += 1;
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`Each of ${entities} entities in exactly one list; seed ${seed}`);
console.log(`${batches} generated inputs in ${seconds} s`);
