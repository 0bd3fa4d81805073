// Runs one comparison: npm run bench -- [NAME]. What a comparison measures stands at the head of its program.
import { spawnSync } from 'node:child_process';

const here = import.meta.dirname;

/** The folder whose dependencies a comparison needs, and its program with arguments. */
const comparisons = {
  all: ['.', 'run.mjs'],
  short: ['.', 'run.mjs', '--short'],
  size: ['.', 'size.mjs'],
  validate: ['.', 'validate.mjs'],
  fetch: ['.', 'fetch.mjs'],
  http: ['http', 'http/bench.mjs'],
};

const [name = 'all', ...more] = process.argv.slice(2);
if (!Object.hasOwn(comparisons, name)) {
  console.error(`No comparison ${name}. There are: ${Object.keys(comparisons).join(', ')}`);
  process.exit(2);
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const [folder, program, ...args] = comparisons[name];
run('npx', '--no-install', 'tsx', 'test/prepare.ts', `${here}/${folder}`);
run(process.execPath, `${here}/${program}`, ...args, ...more);
