import { defineConfig } from 'vitest/config';

// The unit tests of the core, and few of the generated inputs, always the same ones.
const units =
  'dedupe,discriminators,errors,index,json,operations,parse,plan,request,schema,token,validate';

export default defineConfig({
  test: {
    include: [
      `test/{${units}}.test.ts`,
      'test/validate.more.test.ts',
      'test/property/{oracles,parse,json}.test.ts',
    ],
    env: { PROOF_RUNS: '60', PROOF_SEED: '1' },
    // Instrumented code takes its time.
    testTimeout: 60_000,
  },
});
