// Run from the top folder: `test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs`
//
// Survivors that change no behaviour:
// - validate.ts, fast path of validateWebhook (its condition, block, loop bounds, `areKnown` and its
//   body, the catch that falls through): the general path gives the same verdict, only slower.
// - validate.ts, `complete`: spreading always gives an equal object.
// - validate.ts, `refuse`: the default for `first` is for the compiler, since there is always an issue.
// - validate.ts, `known` of a wrong envelope: it is not returned.
// - validate.ts, the catches of `isKnown`, `isUnknown` and `isWebSocketEvent`: undefined is as false.
// - dedupe.ts, the key: only its cost depends on the prefix, since ids are compared as well.
// - dedupe.ts, `?.`: the places always hold an event; it is there for the compiler.
// - json.ts, `typeof` before the tag of an ArrayBuffer: it spares time.
// - token.ts, the search for a percent sign: text without one decodes to itself, only slower.
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
