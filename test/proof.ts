// Generated bodies, other engines and the fuzzer against the hand-written parser, bounded in time:
// `npm run proof`. For a long run: PROOF_RUNS (inputs per property), PROOF_SECONDS (most seconds per property) and FUZZ_SECONDS.
import { spawn } from 'node:child_process';

const env = {
  ...process.env,
  PROOF_RUNS: process.env.PROOF_RUNS ?? '10000',
  PROOF_SECONDS: process.env.PROOF_SECONDS ?? '15',
};
const fuzzSeconds = process.env.FUZZ_SECONDS ?? '60';

let inputs = 0;
let failed = false;
const summary: string[] = [];

/** Runs a command, passes on what it prints, and adds up the inputs that it tells of. */
async function step(title: string, command: string): Promise<void> {
  const started = performance.now();
  const child = spawn(command, { env, shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    process.stdout.write(chunk);
    printed += chunk;
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  const counts = [...printed.matchAll(/(\d+) generated inputs|executed_units: (\d+)/g)];
  const count = counts.reduce((sum, [, own, fuzzed]) => sum + Number(own ?? fuzzed), 0);
  inputs += count;
  failed ||= code !== 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  summary.push(
    `${code === 0 ? 'passed' : 'FAILED'}  ${title}: ${seconds} s${count > 0 ? `, ${count} inputs` : ''}`,
  );
}

await step('properties', 'vitest run test/property --coverage.enabled=false');
await step('install of the other engines', 'npm ci --silent --prefix test/differential');
await step(
  'other engines',
  'tsc -p test/differential && vitest run --config test/differential/vitest.config.ts',
);
await step('fuzzing', `tsx test/fuzz/run.ts ${fuzzSeconds} 2>&1`);

console.log(`\n${summary.join('\n')}\n${inputs} inputs in all`);
process.exitCode = failed ? 1 : 0;
