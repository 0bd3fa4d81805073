// Follows the quick start of the README in an empty folder, word for word but for two things: the package
// comes from the tarball, and the port is a free one. It has to end in a receiver that passes the check.
// Then compiles every block of the README there, with the declarations of the package checked too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support.js';
import { givenTarball } from './tarball.js';

const readme = readFileSync('README.md', 'utf8');
const [, quickStart = ''] = /^## Quick start\n([\s\S]*?)^## /m.exec(readme) ?? [];
const [install = '', start = '', check = ''] = [
  ...quickStart.matchAll(/```sh\n([\s\S]*?)```/g),
].map(([, commands = '']) => commands);
const [, compile = ''] = /`(npx tsc [^`]+)`/.exec(quickStart) ?? [];
assert.match(check, /^npx mews-webhooks check .*:3000/);
assert.match(install, /^npm install mews-webhooks$/m);

const project = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const blocks = [...readme.matchAll(/```ts\n(?:\/\/ (\S+\.ts)\n)?([\s\S]*?)```/g)].map(
  ([, name, code = ''], index) => ({ file: name ?? `block-${index + 1}.ts`, code }),
);
for (const { file, code } of blocks) writeFileSync(join(project, file), code);

const port = await freePort();
const script = [
  install.replace(/^npm install mews-webhooks$/m, `npm install '${givenTarball()}'`),
  compile,
  start,
  `timeout 60 bash -c 'until (echo > /dev/tcp/127.0.0.1/${port}) 2> /dev/null; do sleep 0.2; done'`,
  check.replace(':3000', `:${port}`),
  'npm install --save-dev vitest',
  `npx tsc --noEmit --strict --module nodenext --types node ${blocks.map(({ file }) => file).join(' ')}`,
].join('\n');
// A group of its own, so that the receiver in the background ends with it.
const shell = spawn('bash', ['-ec', script], {
  cwd: project,
  env: { ...process.env, PORT: `${port}` },
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
});
try {
  let printed = '';
  for (const output of [shell.stdout, shell.stderr]) {
    output.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const [exitCode] = await once(shell, 'exit');
  assert.equal(exitCode, 0, printed);
  assert.match(printed, /Ready for Mews/);
  console.log('ok: the quick start of the README ends in a receiver that passes the check');
  console.log(`ok: the ${blocks.length} blocks of the README compile`);
} finally {
  if (shell.pid !== undefined) process.kill(-shell.pid);
  rmSync(project, { recursive: true, force: true });
}
