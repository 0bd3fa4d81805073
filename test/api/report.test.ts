import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { entries, reportOf } from './report.js';

test.each(entries)(
  '$report is what the build declares',
  { timeout: 60_000 },
  ({ declarations, report }) => {
    expect(readFileSync(report, 'utf8'), 'if it is meant, run npm run api').toBe(
      reportOf(declarations),
    );
  },
);

test('no report is left of an entry that is gone', () => {
  const reports = readdirSync('test/api').filter((file) => file.endsWith('.d.ts'));
  expect(reports.map((file) => `test/api/${file}`).sort()).toEqual(
    entries.map(({ report }) => report).sort(),
  );
});
