// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the rows quote code.
// `npm run proof -- mutation`. One file alone, once that has installed Stryker:
// `test/mutation/node_modules/.bin/stryker run test/mutation/stryker.config.mjs --mutate src/plan.ts`

/**
 * The mutants that survive: file and function, the code with the change marked, and why that changes no
 * behaviour. `survivors.mjs` holds the run to this list, and prints rows for it.
 */
export const survivors = [
  [
    'src/dedupe.ts dedupeEvents',
    'return ⟨list.length < 16 → false⟩ ? dedupeByComparing(list) : dedupeById(list);',
    'Both ways give the same; the choice is one of speed.',
  ],
  [
    'src/dedupe.ts dedupeEvents',
    'return ⟨list.length < 16 → list.length <= 16⟩ ? dedupeByComparing(list) : dedupeById(list);',
    'Both ways give the same; the choice is one of speed.',
  ],
  [
    'src/dedupe.ts preferAdded',
    "if (isAdded && ⟨deduped[place]?.Discriminator → deduped[place].Discriminator⟩ !== 'CustomerAdded') deduped[place] = event;",
    'A place that was found holds an event; the question mark is for the compiler.',
  ],
  [
    'src/dedupe.ts isSameEntity',
    'return ⟨a?.Value → a.Value⟩.Id === b.Value.Id && kindOf(a) === kindOf(b);',
    'A place that was found holds an event; the question mark is for the compiler.',
  ],
  [
    'src/validate.ts readString',
    'return ⟨\'\' → "Stryker was here!"⟩;',
    'The text is not used: there is an issue, and so no webhook.',
  ],
  [
    'src/validate.ts countKnownEvents',
    "while (count < events.length && checkEvent(events[count], ⟨'Events' → \"\"⟩, count) === 'known') count++;",
    'Only whether the event is known counts here; its issue is not used.',
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
  // Endless loops end by a count of their steps; the clock would call a slow moment of the machine a time-out.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: 'test/mutation/.tmp/report.json' },
  thresholds: { high: 100, low: 98, break: 98 },
};
