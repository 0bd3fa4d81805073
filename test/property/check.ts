import fc from 'fast-check';
import { afterAll } from 'vitest';

// A modest number by default; `npm run proof` asks for more.
const runs = Number(process.env.PROOF_RUNS ?? 500);
const seconds = Number(process.env.PROOF_SECONDS ?? 15);

let bodies = 0;
let started: number | undefined;

afterAll(() => {
  const elapsed = ((performance.now() - (started ?? 0)) / 1000).toFixed(1);
  console.log(`${bodies} generated inputs in ${elapsed} s`);
});

/** Holds a property against generated inputs; a failure prints the seed and the smallest input. */
export function check<T>(arbitrary: fc.Arbitrary<T>, holds: (input: T) => void, most = runs): void {
  started ??= performance.now();
  fc.assert(
    fc.property(arbitrary, (input) => {
      bodies++;
      holds(input);
    }),
    { numRuns: Math.min(runs, most), interruptAfterTimeLimit: seconds * 1000 },
  );
}

/** How long one test may take. */
export const patience = { timeout: (seconds + 60) * 1000 };
