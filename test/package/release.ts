// Rehearses what the release workflow does: the next version from changesets, and npm's publication of the tarball.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copySources, givenTarball } from './tarball.js';

const tarball = givenTarball();
const clone = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const versionOf = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

try {
  copySources(clone);
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  const changeset = join(clone, '.changeset', 'rehearsal.md');
  writeFileSync(
    changeset,
    '---\n"mews-webhooks": patch\n---\n\nFix what this rehearsal made up.\n',
  );
  // The changelog names the commit that brought a changeset.
  run('git', 'init', '--quiet', '--initial-branch=main');
  run('git', 'add', '--all');
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost'];
  run('git', ...author, 'commit', '--quiet', '--message=Rehearse a release');
  run('npx', '--no-install', 'changeset', 'version');
  const version = versionOf(clone);
  assert.notEqual(version, versionOf('.'));
  assert.ok(!existsSync(changeset), 'the changeset was not used');
  const changelog = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8');
  assert.match(changelog, new RegExp(`## ${version.replaceAll('.', '\\.')}\\n[\\s\\S]*?made up`));
  console.log(
    `ok: changesets make ${version} of ${versionOf('.')}, with an entry in the changelog`,
  );

  const published = run('npm', 'publish', '--dry-run', '--loglevel=notice', tarball);
  assert.equal(published.trim(), `+ mews-webhooks@${versionOf('.')}`);
  console.log('ok: npm would publish the tarball');
} finally {
  rmSync(clone, { recursive: true, force: true });
}
