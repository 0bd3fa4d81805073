// `npm run mutation`. One file alone, once that has installed Stryker:
// `test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs --mutate src/plan.ts`

/**
 * The mutants that survive: file and function, the code with the change marked, and why that changes no
 * behaviour. `survivors.mjs` holds the run to this list, and prints rows for it.
 */
export const survivors = [];

export default {
  mutate: ['src/*.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // The sandbox holds the core and its unit tests, nothing else.
  ignorePatterns: ['examples', 'test/*/**', '!test/mutation/vitest.config.ts', '!test/fixtures/**'],
  concurrency: 2,
  // A busy machine must not turn a survivor into a time-out, which counts as killed.
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: 'test/mutation/.tmp/report.json' },
  thresholds: { high: 100, low: 98, break: 98 },
};
