import { defineConfig } from 'vitest/config';

// The unit tests of the core alone: generated input would run for seconds for each mutant.
const files =
  'dedupe,discriminators,errors,index,json,operations,parse,plan,request,schema,token,validate';

export default defineConfig({
  // Instrumented code takes its time with the large bodies.
  test: { include: [`test/{${files}}.test.ts`], testTimeout: 60_000 },
});
