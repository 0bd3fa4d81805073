// Tests the package as npm publishes it: builds and packs once, and hands the tarball to each case.
// `npm run test:package`, or `npm run test:package -- [--tarball FILE] [CASE…]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './tarball.js';

/** Each program takes the path of the tarball, and exits with a code other than 0 when it fails. */
const programs: Readonly<Record<string, string>> = {
  contents: 'test/package/contents.ts',
  release: 'test/package/release.ts',
  readme: 'test/package/readme.ts',
  bin: 'test/package/bin.ts',
  consumers: 'test/consumer/run.ts',
  servers: 'test/consumer/servers/run.ts',
  runtimes: 'test/runtimes/run.ts',
};

const { values, positionals } = parseArgs({
  options: { tarball: { type: 'string' } },
  allowPositionals: true,
});
// The runtimes have a command of their own.
const standard = Object.keys(programs).filter((name) => name !== 'runtimes');
const chosen = positionals.length > 0 ? positionals : standard;
const unknown = chosen.filter((name) => !Object.hasOwn(programs, name));
if (unknown.length > 0) {
  console.error(`No such case: ${unknown}. There are: ${Object.keys(programs).join(', ')}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const failed: string[] = [];
try {
  const tarball = values.tarball === undefined ? pack(folder) : resolve(values.tarball);
  for (const name of chosen) {
    console.log(`\n${name}`);
    const started = performance.now();
    const { status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', `${programs[name]}`, tarball],
      {
        stdio: 'inherit',
      },
    );
    if (status !== 0) failed.push(name);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${name}, ${seconds} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed.length === 0 ? 0 : 1;
