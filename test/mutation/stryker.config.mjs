// Run from the top folder: `test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs`
export default {
  mutate: ['src/*.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // The sandbox holds the core and its unit tests, nothing else.
  ignorePatterns: [
    'examples',
    'test/*/**',
    '!test/mutation/vitest.config.ts',
    '!test/fixtures/**',
    '!test/property/**',
  ],
  concurrency: 2,
  // A busy machine must not turn a survivor into a time-out, which counts as killed.
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: 'test/mutation/.tmp/report.json' },
  thresholds: { high: 100, low: 98, break: 98 },
};
