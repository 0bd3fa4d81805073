// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the rows quote code.
// `npm run mutation`. One file alone, once that has installed Stryker:
// `test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs --mutate src/plan.ts`

/**
 * The mutants that survive: file and function, the code with the change marked, and why that changes no
 * behaviour. `survivors.mjs` holds the run to this list, and prints rows for it.
 */
export const survivors = [
  [
    'src/dedupe.ts dedupeEvents',
    'const placeOf = ⟨waiting.length < 16 → false⟩ ? scan(deduped) : index(deduped);',
    'Both ways find the same place; the choice is one of speed.',
  ],
  [
    'src/dedupe.ts dedupeEvents',
    'const placeOf = ⟨waiting.length < 16 → waiting.length <= 16⟩ ? scan(deduped) : index(deduped);',
    'Both ways find the same place; the choice is one of speed.',
  ],
  [
    'src/dedupe.ts dedupeEvents',
    "⟨deduped[place]?.Discriminator → deduped[place].Discriminator⟩ !== 'CustomerAdded'",
    'A place that was found holds an event; the question mark is for the compiler.',
  ],
  [
    'src/dedupe.ts index',
    'const key = ⟨Id.length < 20 → true⟩ ? `#${Id}` : Id;',
    'Ids are compared as well as keys; the prefix is for the time of hashing.',
  ],
  [
    'src/dedupe.ts index',
    'const key = ⟨Id.length < 20 → false⟩ ? `#${Id}` : Id;',
    'Ids are compared as well as keys; the prefix is for the time of hashing.',
  ],
  [
    'src/dedupe.ts index',
    'const key = ⟨Id.length < 20 → Id.length >= 20⟩ ? `#${Id}` : Id;',
    'Ids are compared as well as keys; the prefix is for the time of hashing.',
  ],
  [
    'src/dedupe.ts index',
    'const key = ⟨Id.length < 20 → Id.length <= 20⟩ ? `#${Id}` : Id;',
    'Ids are compared as well as keys; the prefix is for the time of hashing.',
  ],
  [
    'src/dedupe.ts index',
    'if (⟨last !== undefined → true⟩) before.set(deduped.length, last);',
    'An entry of undefined reads as no entry; the condition saves memory.',
  ],
  [
    'src/dedupe.ts isSameEntity',
    'return ⟨a?.Value → a.Value⟩.Id === b.Value.Id && kindOf(a) === kindOf(b);',
    'A place that was found holds an event; the question mark is for the compiler.',
  ],
  [
    'src/token.ts uniqueQueryValue',
    'const decode = query.includes(⟨\'%\' → ""⟩) ? decodeURIComponent : String;',
    'Decoding leaves text without a percent sign as it is; leaving it out saves time.',
  ],
  [
    'src/validate.ts validateWebhook',
    'return ⟨Object.keys(body).length === 3 → false⟩ ? webhook : { ...body, ...webhook };',
    'A body of the three checked properties has nothing to add; the condition saves time.',
  ],
  [
    'src/validate.ts isKnown',
    '} catch ⟨{ return false; } → {}⟩',
    'The undefined that comes instead is as false to the only caller.',
  ],
];

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
