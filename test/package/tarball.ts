// The package as npm publishes it, for the tests that install it somewhere else.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What users import: `mews-webhooks` and every entry beside it. */
export const specifiers: readonly string[] = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace('.', 'mews-webhooks'));

/** Packs what was built, and returns the path of the tarball. */
export function pack(directory: string): string {
  const output = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', directory],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return join(directory, JSON.parse(output)[0].filename);
}

/** The tarball that a program of this folder was started with. */
export function givenTarball(): string {
  const [, , tarball] = process.argv;
  if (tarball === undefined) throw new Error('Expected the path of a tarball');
  return tarball;
}

/** Installs what the package.json of a project names, and then the tarball. */
export function install(project: string, tarball: string): void {
  for (const packages of [[], [tarball]]) {
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...packages], {
      cwd: project,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

/** Copies what a clone of the repository would hold, with the changes that are not committed yet. */
export function copySources(folder: string): void {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  // A file that was removed is listed until its removal is committed.
  const paths = output.trimEnd().split('\n').filter(existsSync);
  for (const path of paths) cpSync(path, join(folder, path));
}
