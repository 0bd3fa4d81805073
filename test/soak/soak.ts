// Proves that the queues lose nothing, and that naive ones do.
// npm run soak -- [--minutes N] [--seed N] [--only NAME]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Result, run } from './run.js';
import { variants } from './variants.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    write: { type: 'string' },
  },
});
const seed = Number(values.seed);
const results: Result[] = [];
let failed = false;
console.log(`Seed ${seed}`);

const chosen = variants.filter(({ name }) => name.includes(values.only));
const seconds = values.minutes === undefined ? 40 : Number(values.minutes) * 60;
// Side by side: they wait more than they work.
const runs = chosen.map((variant) => run(variant, seed, variant.naive ? 30 : seconds));
// Each to its end, also beside one that fails, so that it stops what it started.
for (const outcome of await Promise.allSettled(runs)) {
  if (outcome.status === 'fulfilled') judge(outcome.value);
  else {
    failed = true;
    console.error(outcome.reason);
  }
}

function judge(result: Result): void {
  const { name, naive, lost, notDeadLettered, wronglyDeadLettered, ...figures } = result;
  const wrong = lost + notDeadLettered + wronglyDeadLettered;
  const holds = wrong + result.discarded + result.stuckRestarts === 0;
  const asExpected = naive ? lost > 0 : holds;
  if (!asExpected) failed = true;
  results.push(result);
  console.log(
    `\n${asExpected ? 'ok' : 'WRONG'}: ${name}${naive ? ', which has to lose updates' : ''}:`,
    `${lost} of ${result.entities} lost, ${notDeadLettered} dead letters missing,`,
    `${wronglyDeadLettered} wrong ones\n  ${JSON.stringify(figures)}`,
  );
}

if (values.write !== undefined)
  writeFileSync(values.write, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = failed || results.length === 0 ? 1 : 0;
