// What the tarball holds, as npm, publint and attw see it; and that a clone without a build packs the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copySources, givenTarball } from './tarball.js';

const tarball = givenTarball();
const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function filesOf(path: string): string[] {
  const lines = run('.', 'tar', '-tzf', path).trimEnd().split('\n');
  return lines.map((line) => line.replace(/^package\//, '')).sort();
}

try {
  const files = filesOf(tarball);
  const strangers = files.filter(
    (path) => !/^(dist\/.+|package\.json|(README|CHANGELOG)\.md|LICENSE)$/.test(path),
  );
  assert.deepEqual(strangers, []);
  for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/index.js', 'dist/index.cjs']) {
    assert.ok(files.includes(path), `${path} is not in the tarball`);
  }
  console.log(`ok: it holds ${files.length} files, and nothing that is not for users`);

  const bin = run('.', 'tar', '-xzOf', tarball, 'package/dist/cli.js');
  assert.doesNotMatch(bin, /devDependencies/, 'dist/cli.js holds all of package.json');
  console.log('ok: the bin holds the version of the package, and nothing else of its manifest');

  run('.', 'npx', '--no-install', 'publint', '--strict', tarball);
  run('.', 'npx', '--no-install', 'attw', tarball);
  console.log('ok: publint and attw have no complaint');

  // As npm installs a package from git: the sources, nothing built, and the development dependencies.
  const clone = join(folder, 'clone');
  copySources(clone);
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  const [packed] = JSON.parse(run(clone, 'npm', 'pack', '--json'));
  assert.deepEqual(packed.files.map(({ path }: { path: string }) => path).sort(), files);
  console.log('ok: a clone builds before it packs, and packs the same files');

  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--silent', tarball);
  const installed = JSON.parse(run(folder, 'npm', 'ls', '--all', '--json'));
  assert.deepEqual(Object.keys(installed.dependencies), ['mews-webhooks']);
  console.log('ok: installing it installs nothing else');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
