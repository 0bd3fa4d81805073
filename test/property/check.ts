import fc from 'fast-check';
import { afterAll } from 'vitest';

// A modest number by default; `npm run proof` asks for more.
const runs = Number(process.env.PROOF_RUNS ?? 500);

let bodies = 0;
let started: number | undefined;

afterAll(() => {
  const seconds = ((performance.now() - (started ?? 0)) / 1000).toFixed(1);
  console.log(`${bodies} generated inputs in ${seconds} s`);
});

/** Holds a property against generated inputs; a failure prints the seed and the smallest input. */
export function check<T>(arbitrary: fc.Arbitrary<T>, holds: (input: T) => void, share = 1): void {
  started ??= performance.now();
  fc.assert(
    fc.property(arbitrary, (input) => {
      bodies++;
      holds(input);
    }),
    { numRuns: Math.max(20, Math.round(runs * share)), interruptAfterTimeLimit: 300_000 },
  );
}

/** How long one test may take. */
export const patience = { timeout: 400_000 };
