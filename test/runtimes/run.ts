// Installs every runtime and the packed tarball, runs one program in each, compares what they print,
// and prints the table of the README; and tries ids that were made to collide where they do. A runtime
// that can't be installed or started is a failure.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenTarball, install, specifiers } from '../package/tarball.js';

const project = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const bin = (name: string) => join(project, 'node_modules', name);
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, DENO_DIR: join(project, '.deno'), DENO_NO_UPDATE_CHECK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });

interface Runtime {
  readonly name: string;
  readonly version: () => string;
  /** How to run the program in each way that the runtime has. */
  readonly ways: Readonly<Record<string, () => string>>;
}

const columns = ['ESM', 'CJS', 'no code from strings', 'frozen intrinsics', 'two realms'];
const noCode = '--disallow-code-generation-from-strings';

const nodes = [18, 20, 22, 24, 26].map((major): Runtime => {
  const node = bin(`node${major}/bin/node`);
  return {
    name: 'Node',
    version: () => run(node, '--version').slice(1),
    ways: {
      ESM: () => run(node, 'program.mjs'),
      CJS: () => run(node, 'program.cjs'),
      'no code from strings': () => run(node, noCode, 'program.mjs'),
      'frozen intrinsics': () => run(node, '--no-warnings', '--frozen-intrinsics', 'program.mjs'),
      'two realms': () => run(node, 'realms.cjs'),
    },
  };
});

const deno = bin('.bin/deno');
const denoRun = (file: string, ...flags: string[]) =>
  run(deno, 'run', '--no-prompt', '--no-remote', `--allow-read=${project}`, ...flags, file);
const bun = bin('.bin/bun');
const workerd = bin('.bin/workerd');
const runtimes: readonly Runtime[] = [
  ...nodes,
  {
    name: 'Deno',
    version: () => run(deno, '--version').split(' ')[1] ?? '',
    ways: {
      ESM: () => denoRun('program.mjs'),
      CJS: () => denoRun('program.cjs'),
      'no code from strings': () => denoRun('program.mjs', `--v8-flags=${noCode}`),
      'two realms': () => denoRun('realms.cjs'),
    },
  },
  {
    name: 'Bun',
    version: () => run(bun, '--version'),
    ways: {
      ESM: () => run(bun, 'program.mjs'),
      CJS: () => run(bun, 'program.cjs'),
      'two realms': () => run(bun, 'realms.cjs'),
    },
  },
  {
    name: 'workerd',
    version: () => run(workerd, '--version').replace('workerd ', ''),
    ways: {
      ESM: () => run(workerd, 'test', 'workerd.capnp'),
      'no code from strings': () => run(workerd, 'test', 'workerd.capnp'),
    },
  },
  {
    name: 'Chromium',
    version: () => run(process.execPath, 'chromium.js', '--version'),
    ways: {
      ESM: () => run(process.execPath, 'chromium.js'),
      'no code from strings': () => run(process.execPath, 'chromium.js', '--csp'),
    },
  },
];

/** What is known of the result without asking a runtime. */
const expected = {
  same: Array(7).fill(true),
  tokens: [true, true, true, false, false],
  reconciled: [0, ['c']],
  codes: [
    'missing_body',
    'missing_body',
    'invalid_json',
    'invalid_json',
    'invalid_webhook',
    'integration_webhook',
    'websocket_message',
  ],
};
const expectedFetch = {
  versions: ['2025-12-31T23:00:00.1234567', '2026-01-01T00:00:00', ''],
  retries: ['not_found', 'timeout', 'rate_limited'],
  rejections: ['invalid_request', 'unknown_event'],
  rejected: true,
};
const expectedRealms = {
  apart: true,
  parsed: true,
  refused: Array(2).fill(
    'EnterpriseId: expected non-empty string, received undefined (and 2 more)',
  ),
  planned: [0, 0, 0],
  tokens: [true, true],
};

/** Entries that are used where tests run, and load Node's HTTP client when they are: not for a page. */
const serverOnly = ['mews-webhooks/testing'];

let reference: unknown;
function check(way: string, output: string): void {
  const printed = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
  const { canGenerateCode, result } = printed;
  if (way === 'two realms') {
    assert.deepEqual(result, expectedRealms);
    return;
  }
  assert.ok(output.includes('IntegrationApiKeyCreated'), 'the console did not print the webhook');
  assert.ok(!output.includes('never-printed'), 'the console printed a secret');
  if (way === 'no code from strings') assert.equal(canGenerateCode, false);
  reference ??= result;
  // A page has fewer entries; those that it has are the same.
  assert.deepEqual({ ...Object(reference), entries: undefined }, { ...result, entries: undefined });
  for (const [specifier, names] of Object.entries(printed.result.entries)) {
    assert.deepEqual(names, Object(reference).entries[specifier]);
  }
  const { outcome, rejected } = printed.result.fetch;
  const reasonsOf = (list: readonly { reason: string }[]) => list.map(({ reason }) => reason);
  assert.deepEqual(
    {
      versions: outcome.entities.map(({ version }: { version: string }) => version),
      retries: reasonsOf(outcome.retries),
      rejections: reasonsOf(outcome.rejections),
      rejected,
    },
    expectedFetch,
  );
  const { refused, reconciled, same, tokens } = printed.result.core;
  assert.deepEqual(
    {
      same,
      tokens,
      reconciled,
      codes: refused.map((one: { error: { code: string } }) => one.error.code),
    },
    expected,
  );
  for (const { error, isError, leaks, name } of refused) {
    assert.deepEqual([error.name, name, isError, leaks], [name, 'WebhookParseError', true, false]);
  }
}

function prepare(): void {
  cpSync('test/runtimes', project, { recursive: true });
  install(project, givenTarball());
  const all = specifiers.map((specifier, index) => ({ specifier, name: `entry${index}` }));
  const integration = `entry${specifiers.indexOf('mews-webhooks/integration')}`;
  const fetching = `entry${specifiers.indexOf('mews-webhooks/fetch')}`;
  const use = (entries: typeof all) => `
    const entries = { ${entries.map(({ specifier, name }) => `'${specifier}': Object.keys(${name}).sort()`).join(', ')} };
    const print = async () => {
      for (const webhook of secretive(${integration})) console.log(webhook);
      console.log(JSON.stringify({ canGenerateCode: canGenerateCode(), result: { entries, core: smoke(entry0), fetch: await smokeFetch(${fetching}) } }));
    };`;
  const program = (entries: typeof all) => `
    ${entries.map(({ specifier, name }) => `import * as ${name} from '${specifier}';`).join('\n')}
    import { canGenerateCode, secretive, smoke, smokeFetch } from './smoke.js';${use(entries)}`;
  const web = program(all.filter(({ specifier }) => !serverOnly.includes(specifier)));
  writeFileSync(join(project, 'program.mjs'), `${program(all)}\nprint();`);
  writeFileSync(join(project, 'page.mjs'), `${web}\nprint();`);
  writeFileSync(join(project, 'worker.mjs'), `${web}\nexport default { test: () => print() };`);
  writeFileSync(
    join(project, 'program.cjs'),
    `${all.map(({ specifier, name }) => `const ${name} = require('${specifier}');`).join('\n')}
    import('./smoke.js').then(({ canGenerateCode, secretive, smoke, smokeFetch }) => {${use(all)}\nprint();\n});`,
  );
  for (const [source, bundle] of [
    ['page.mjs', 'bundle.js'],
    ['worker.mjs', 'worker.js'],
  ]) {
    run(bin('.bin/esbuild'), `${source}`, '--bundle', '--format=esm', `--outfile=${bundle}`);
  }
}

function installChromium(): void {
  if (process.env.CHROMIUM !== undefined || existsSync('/usr/bin/chromium')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another one may hold the lock, and a mirror may be away for a moment.
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    execFileSync('apt-get', [...patient, ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 600_000,
    });
  }
}

let failures = 0;
try {
  installChromium();
  prepare();
  // Later versions seed the hash of digits: there nothing collides, and the check could not fail.
  for (const alias of ['node18', 'node2011', 'node2221']) {
    try {
      console.log(run(bin(`${alias}/bin/node`), 'collide.js').trimEnd());
    } catch (error) {
      failures += 1;
      console.error(`!!! ${alias}, ids made to collide:`, error);
    }
  }
  console.log(`| Runtime | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`);
  for (const { name, version, ways } of runtimes) {
    const cells = columns.map((column) => {
      const way = ways[column];
      if (way === undefined) return '–';
      try {
        check(column, way());
        return 'pass';
      } catch (error) {
        failures += 1;
        console.error(`!!! ${name}, ${column}:`, error);
        return 'FAIL';
      }
    });
    console.log(`| ${name} ${version().trim()} | ${cells.join(' | ')} |`);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
console.log(
  `\nEntries: ${specifiers.join(', ')}; not in workerd and Chromium: ${serverOnly.join(', ')}. –: the runtime has no such mode.`,
);
process.exitCode = failures === 0 ? 0 : 1;
