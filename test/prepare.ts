// Makes ready what a command needs: `tsx test/prepare.ts [FOLDER…]` builds the library unless what was built
// is newer than its sources, and installs the dependencies of each folder unless that has been done since
// its lock file changed.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the build writes last. */
const lastOutput = 'dist/types-cjs/package.json';

const changedAt = (path: string): number => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Also the entry for Vitest's `globalSetup`. */
export default function build(): void {
  // Folders are among these: their time changes when a file is removed.
  const sources = ['package.json', 'tsup.config.ts', 'src'].concat(
    readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => join('src', path)),
  );
  if (Math.max(...sources.map(changedAt)) < changedAt(lastOutput)) return;
  execFileSync('npm', ['run', 'build', '--silent', '--', '--silent'], { stdio: 'inherit' });
}

export function install(folder: string): void {
  const installed = changedAt(join(folder, 'node_modules/.package-lock.json'));
  if (installed > changedAt(join(folder, 'package-lock.json'))) return;
  execFileSync('npm', ['ci', '--silent', '--prefix', folder], { stdio: 'inherit' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  build();
  process.argv.slice(2).forEach(install);
}
