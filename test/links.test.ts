import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
// Images are shown on the page of the registry too, so their address is that of the file itself.
const raw = `${repository.url
  .replace(/^git\+https:\/\/github\.com/, 'https://raw.githubusercontent.com')
  .replace(/\.git$/, '')}/main/`;

const skipped = ['node_modules', 'dist', '.git', '.tmp', 'fixtures', 'coverage'];
function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.includes(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '');

/** The anchors that GitHub gives to the headings of a file. */
function anchorsOf(file: string): string[] {
  const headings = withoutCode(readFileSync(file, 'utf8')).match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isBroken(file: string, target: string): boolean {
  if (target.startsWith(raw)) return !existsSync(target.slice(raw.length));
  if (/^(https:|mailto:)/.test(target)) return false;
  const [path = '', anchor] = target.split('#');
  const linked = path === '' ? file : join(file, '..', path);
  if (!existsSync(linked)) return true;
  return anchor !== undefined && !anchorsOf(linked).includes(anchor);
}

test.each(markdownFiles('.'))('every link of %s resolves', (file) => {
  const text = withoutCode(readFileSync(file, 'utf8'));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => isBroken(file, target))).toEqual([]);
});

test('the README shows images by the address of a file in the repository', () => {
  const images = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
  expect(images.length).toBeGreaterThan(0);
  for (const [, target = ''] of images) expect(target.slice(0, raw.length)).toBe(raw);
});

test('finds broken links', () => {
  expect(isBroken('README.md', 'absent.md')).toBe(true);
  expect(isBroken('README.md', '#absent')).toBe(true);
  expect(isBroken('README.md', `${raw}absent.svg`)).toBe(true);
  expect(isBroken('test/links.test.ts', '../SECURITY.md#security')).toBe(false);
});
