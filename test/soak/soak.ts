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

for (const variant of variants.filter(({ name }) => name.includes(values.only))) {
  const seconds = values.minutes === undefined || variant.naive ? 15 : Number(values.minutes) * 60;
  console.log(`\n${variant.name}, seed ${seed}, ${seconds} s of traffic`);
  const result = await run(variant, seed, seconds);
  results.push(result);
  const { name, naive, lost, notAside, discarded, ...figures } = result;
  console.log(JSON.stringify(figures));
  const holds = lost === 0 && notAside === 0 && discarded === 0;
  console.log(
    `${holds === naive ? 'WRONG' : 'ok'}: ${lost} of ${result.entities} lost, ${notAside} not put aside, ${discarded} discarded${naive ? ' (has to lose)' : ''}`,
  );
  if (naive ? lost === 0 : !holds) failed = true;
}

if (values.write !== undefined)
  writeFileSync(values.write, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = failed || results.length === 0 ? 1 : 0;
