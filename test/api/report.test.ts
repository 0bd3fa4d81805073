import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createReports, entries } from './report.js';

let reports: ReadonlyMap<string, string>;
beforeAll(() => {
  reports = createReports();
}, 60_000);

test.each(entries)('$report is what the build declares', ({ report }) => {
  expect(readFileSync(report, 'utf8'), 'if it is meant, run npm run api').toBe(reports.get(report));
});

test('no report is left of an entry that is gone', () => {
  const files = readdirSync('test/api').filter((file) => file.endsWith('.d.ts'));
  expect(files.map((file) => `test/api/${file}`).sort()).toEqual([...reports.keys()].sort());
});
