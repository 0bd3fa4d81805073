// Installs every example and every test of examples, compiles them as their readers do, and runs the tests,
// which start real servers: `npm run test:examples`.
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import build, { install } from '../prepare.js';

/** The folders below `examples` and `test/examples` that hold a file of this name, outermost first. */
function foldersWith(name: string): string[] {
  const places = ['examples', 'test/examples'].flatMap((place) => [
    `${place}/${name}`,
    `${place}/**/${name}`,
  ]);
  const output = execFileSync(
    'git',
    [
      'ls-files',
      '--cached',
      '--others',
      '--exclude-standard',
      '--',
      ...places.map((place) => `:(glob)${place}`),
    ],
    { encoding: 'utf8' },
  );
  return [...new Set(output.split('\n'))].filter((path) => path !== '').map(dirname);
}

const failed: string[] = [];
function run(command: string, ...args: string[]): void {
  console.log(`${command} ${args.join(' ')}`);
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  if (status !== 0) failed.push([command, ...args].join(' '));
}

build();
for (const folder of foldersWith('package-lock.json')) install(folder);
for (const folder of foldersWith('tsconfig.json')) run('tsc', '-p', folder);
for (const folder of foldersWith('vitest.config.ts')) {
  run('vitest', 'run', '--config', `${folder}/vitest.config.ts`);
}
for (const command of failed) console.error(`FAILED: ${command}`);
process.exitCode = failed.length === 0 ? 0 : 1;
