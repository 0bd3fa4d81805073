// Installs the packed tarball in an empty project, and uses it there as its README says: from ESM, CJS
// and TypeScript, and as a receiver to which curl posts.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support.js';
import { givenTarball } from './tarball.js';

const project = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const report = (what: string) => console.log(`ok: ${what}`);

try {
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const tools = ['express', '@types/express', '@types/node', 'typescript', 'tsx'];
  run('npm', 'install', '--no-audit', '--no-fund', givenTarball());
  run(
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    ...tools.map((name) => `${name}@${devDependencies[name]}`),
  );

  writeFileSync(join(project, 'sample.json'), readFileSync('test/fixtures/general.json'));
  const use = `
    const webhook = core.parseWebhook(fs.readFileSync('sample.json'));
    const { code } = core.safeParseWebhook('{').error;
    console.log(JSON.stringify([Object.keys(core).sort(), core.dedupeEvents(webhook.Events).length, code,
      core.planFetches(webhook).map(({ ids }) => ids.length), core.verifyToken('/?Token=a', 'a')]));`;
  writeFileSync(
    join(project, 'use.mjs'),
    `import fs from 'node:fs'; import * as core from 'mews-webhooks';${use}`,
  );
  writeFileSync(
    join(project, 'use.cjs'),
    `const fs = require('node:fs'); const core = require('mews-webhooks');${use}`,
  );
  const printed = JSON.parse(run('node', 'use.mjs'));
  assert.deepEqual(printed.slice(1), [6, 'invalid_json', [1, 1, 1, 2, 1], true]);
  assert.deepEqual(JSON.parse(run('node', 'use.cjs')), printed);
  report('ESM and CJS have the same exports and results');

  const readme = readFileSync('README.md', 'utf8');
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  mkdirSync(join(project, 'readme'));
  blocks.forEach((code, index) => {
    writeFileSync(join(project, 'readme', `block-${index + 1}.ts`), code);
  });
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'NodeNext',
    target: 'ES2022',
    types: ['node'],
    skipLibCheck: false,
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['readme'] }),
  );
  run('npx', 'tsc');
  report(`the ${blocks.length} blocks of the README compile in strict TypeScript`);

  const port = await freePort();
  const receiver = spawn('npx', ['tsx', 'readme/block-1.ts'], {
    cwd: project,
    env: { ...process.env, PORT: `${port}`, MEWS_TOKEN: 'secret' },
    stdio: 'inherit',
    detached: true,
  });
  try {
    const [, curl = ''] = /```sh\n(curl [\s\S]*?)```/.exec(readme) ?? [];
    const post = (change: (command: string) => string) =>
      run(
        'bash',
        '-c',
        change(
          curl
            .replace('3000', `${port}`)
            .replace('curl -i', 'curl -sS --retry 20 --retry-connrefused -i'),
        ),
      );
    assert.match(
      post((command) => command),
      /^HTTP\/1.1 204/,
    );
    assert.match(
      post((command) => command.replace('Token=secret', 'Token=wrong')),
      /^HTTP\/1.1 401/,
    );
    assert.match(
      post((command) => command.replace('"e"', '5')),
      /^HTTP\/1.1 400[\s\S]*EnterpriseId/,
    );
    assert.match(
      post((command) => command.replace('{"E', 'E')),
      /^HTTP\/1.1 400[\s\S]*invalid_json/,
    );
    assert.match(
      post((command) => command.replace(/-d '.*'/, '-X POST')),
      /^HTTP\/1.1 400[\s\S]*missing_body/,
    );
    assert.match(
      post((command) => command.replace('CustomerAdded', 'ResourceDeleted')),
      /^HTTP\/1.1 204/,
    );
    report('the receiver of the README answers curl');
  } finally {
    if (receiver.pid !== undefined) process.kill(-receiver.pid);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
