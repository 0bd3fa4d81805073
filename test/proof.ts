// What takes too long for `npm test`: generated bodies, other engines and the fuzzer against the hand-written
// parser, and the mutants that the unit tests of the core must kill. `npm run proof`, or one part of it:
// `npm run proof -- properties|law|engines|fuzzing|mutation`. For a long run: PROOF_RUNS (inputs of a property),
// PROOF_SECONDS (most seconds of a property) and FUZZ_SECONDS.
import { spawn } from 'node:child_process';

const env = {
  ...process.env,
  PROOF_RUNS: process.env.PROOF_RUNS ?? '10000',
  PROOF_SECONDS: process.env.PROOF_SECONDS ?? '15',
};

// .ci/run names each of them.
const parts: Readonly<Record<string, string>> = {
  properties: 'vitest run --config test/property/vitest.config.ts',
  law: 'tsx test/fetch/run.ts',
  engines:
    'tsx test/prepare.ts test/differential && tsc -p test/differential && vitest run --config test/differential/vitest.config.ts',
  fuzzing: `tsx test/fuzz/run.ts ${process.env.FUZZ_SECONDS ?? '60'} 2>&1`,
  mutation:
    'tsx test/prepare.ts test/mutation && test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs && node test/mutation/survivors.mjs',
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown}. There are: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const summary: string[] = [];
let inputs = 0;
for (const name of names) {
  const started = performance.now();
  const child = spawn(`${parts[name]}`, { env, shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    process.stdout.write(chunk);
    printed += chunk;
  }
  const passed = (await closed) === 0;
  const counts = [...printed.matchAll(/(\d+) generated inputs|executed_units: (\d+)/g)];
  const count = counts.reduce((sum, [, own, fuzzed]) => sum + Number(own ?? fuzzed), 0);
  inputs += count;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  summary.push(
    `${passed ? 'passed' : 'FAILED'}  ${name}: ${seconds} s${count > 0 ? `, ${count} inputs` : ''}`,
  );
  if (!passed) process.exitCode = 1;
}
console.log(`\n${summary.join('\n')}\n${inputs} inputs in all`);
