import { defineConfig } from 'vitest/config';

// The unit tests of the core: generated input is slower and would notice no more mutants.
const units =
  'dedupe,discriminators,errors,index,json,operations,parse,plan,reconcile,request,schema,token,validate';

export default defineConfig({
  test: {
    include: [`test/{${units}}.test.ts`],
    // Instrumented code takes its time.
    testTimeout: 60_000,
  },
});
