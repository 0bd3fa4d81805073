// Fuzzes the built parser for SECONDS (60 by default): `tsx test/fuzz/run.ts [SECONDS]`. What it learns
// is kept in .tmp/corpus for the next run; an input that breaks a promise lands in crashes/, which
// the ordinary tests replay: commit it with the mending.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const seconds = Number(process.argv[2] ?? 60);
const here = import.meta.dirname;

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(join(here, '.tmp/corpus'), { recursive: true });
mkdirSync(join(here, 'crashes'), { recursive: true });
run('npm', ['ci', '--silent']);
run(process.execPath, ['older-glibc.mjs']);
run('node_modules/.bin/jazzer', [
  'target.cjs',
  '.tmp/corpus',
  'seeds',
  '--sync',
  // Of one input, in milliseconds. The default of 5 s passes while a busy machine runs something else.
  '--timeout=60000',
  '--includes=dist/',
  '--',
  `-max_total_time=${seconds}`,
  '-max_len=2048',
  '-dict=json.dict',
  '-artifact_prefix=crashes/',
  '-print_final_stats=1',
]);
