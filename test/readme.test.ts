import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './support.js';

const readme = readFileSync('README.md', 'utf8');
const section = (title: string) =>
  readme.split(/^## /m).find((text) => text.startsWith(title)) ?? '';

// Inside the package, so that its name leads to what was built.
const folder = 'test/.tmp/readme';
const blocks = [...readme.matchAll(/```ts\n(?:\/\/ (\S+\.ts)\n)?([\s\S]*?)```/g)].map(
  ([, name, code = ''], index) => ({ file: name ?? `block-${index + 1}.ts`, code }),
);
const started: ChildProcess[] = [];

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of blocks) writeFileSync(`${folder}/${file}`, code);
});
afterAll(() => {
  for (const child of started) child.kill();
});

describe('limits', () => {
  test('300 lines and 17 kB', () => {
    expect(readme.split('\n').length - 1).toBeLessThanOrEqual(300);
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(17_000);
  });

  test('prose is wrapped at 110 columns', () => {
    const prose = readme.replace(/```[\s\S]*?```/g, '').split('\n');
    const long = prose.filter((line) => line.length > 110 && !/^(\||!\[)/.test(line));
    expect(long).toEqual([]);
  });
});

describe('blocks of TypeScript', () => {
  test('compile', () => {
    expect(blocks.length).toBeGreaterThan(3);
    const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
    const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
    expect(errors).toEqual([]);
    const files = blocks.map(({ file }) => `${folder}/${file}`);
    const messages = ts
      .getPreEmitDiagnostics(ts.createProgram(files, options))
      .map(({ file, messageText }) => [file?.fileName, messageText]);
    expect(messages).toEqual([]);
  });

  test('receiver.ts receives', async () => {
    const port = await freePort();
    const receiver = spawn(process.execPath, ['--import', 'tsx', `${folder}/receiver.ts`], {
      env: { ...process.env, PORT: `${port}`, MEWS_TOKEN: 'secret' },
    });
    started.push(receiver);
    const post = async (path: string, body: string) => {
      // Bytes, since fetch gives a string a content type.
      const options = { method: 'POST', body: Buffer.from(body) };
      return (await fetch(`http://127.0.0.1:${port}${path}`, options)).status;
    };
    await expect.poll(() => post('/mews?Token=secret', '{'), { timeout: 60_000 }).toBe(400);
    const sample = readFileSync('test/fixtures/general.json', 'utf8');
    expect(await post('/mews?Token=secret', sample)).toBe(204);
    expect(await post('/mews?Token=wrong', sample)).toBe(401);
    expect(await post('/?Token=secret', sample)).toBe(404);
    const unknown = sample.replace('PaymentUpdated', 'ResourceDeleted');
    expect(await post('/mews?Token=secret', unknown)).toBe(204);
  });

  test('the receiver without the handler receives', async () => {
    const { receive } = await importBlock('verifyToken');
    const sample = readFileSync('test/fixtures/general.json');
    expect(receive('/mews?Token=secret', sample, 'secret')).toMatchObject({ status: 204 });
    expect(receive('/mews?Token=secret', '{', 'secret')).toMatchObject({ status: 400 });
    expect(receive('/mews?Token=wrong', sample, 'secret')).toEqual({ status: 401 });
  });

  test('worker.ts keeps, retries, dead-letters and removes last', async () => {
    const { startConnectorMock } = await importEntry('./testing');
    const { work } = await importBlock('fetchEntities(batch');
    const mock = await startConnectorMock();
    await mock.put('Customer', { Id: 'c1' });
    const events = ['CustomerUpdated', 'CustomerAdded', 'PaymentUpdated'].map((Discriminator) => ({
      Discriminator,
      Value: { Id: Discriminator === 'PaymentUpdated' ? 'absent' : 'c1' },
    }));
    const UnknownEvents = [{ Discriminator: 'ProductUpdated', Value: { Id: 'p1' } }];
    const batch = [{ EnterpriseId: 'e', IntegrationId: 'i', Events: events, UnknownEvents }];
    const calls: unknown[] = [];
    await work(batch, 1, {
      connectionOf: () => mock.connection,
      keep: ({ Id }: { Id: string }) => calls.push(['keep', Id]),
      retry: ({ webhook }: { webhook: unknown }, attempt: number) =>
        calls.push(['retry', webhook, attempt]),
      deadLetter: ({ reason }: { reason: string }) => calls.push(['dead letter', reason]),
      remove: (removed: unknown) => calls.push(['remove', removed]),
    });
    await mock.close();
    const late = { EnterpriseId: 'e', IntegrationId: 'i', Events: [events[2]], UnknownEvents: [] };
    expect(calls).toEqual([
      ['keep', 'c1'],
      ['retry', late, 2],
      ['dead letter', 'unknown_event'],
      ['remove', batch],
    ]);
  });

  test('worker.test.ts passes', () => {
    const vitest = 'node_modules/vitest/vitest.mjs';
    const run = () =>
      execFileSync(process.execPath, [vitest, 'run', '--root', folder], { encoding: 'utf8' });
    expect(run()).toMatch(/Tests .*1 passed/);
  });

  test('each runs in one of these tests', () => {
    const names = blocks.map(({ file }) => file).filter((file) => !file.startsWith('block-'));
    expect(names).toEqual(['receiver.ts', 'worker.ts', 'worker.test.ts']);
    expect(blocks).toHaveLength(names.length + 1);
  });
});

async function importBlock(part: string) {
  const file = blocks.find(({ code }) => code.includes(part))?.file ?? 'none';
  return import(`./.tmp/readme/${file}`);
}

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.keys(exports).filter((entry) => entry !== './package.json');
const importEntry = (entry: string) => import(`../${exports[entry].import.default}`);

describe('what it names is what there is', () => {
  test('every event and operation', async () => {
    const { fetchOperations } = await importEntry('.');
    const rows = section('Events and operations')
      .split('\n')
      .filter((line) => /^\| `\w+`/.test(line));
    const operations: [string, Record<string, string | null>][] = Object.entries(fetchOperations);
    for (const [discriminator, { name, docsUrl, idsProperty, rowsProperty }] of operations) {
      const row = rows.find((line) => line.includes(`\`${discriminator}\``));
      expect(row).toContain(`[${name}](${docsUrl})`);
      expect(row).toContain(
        `${idsProperty === null ? 'none' : `\`${idsProperty}\``} | \`${rowsProperty}\` |`,
      );
    }
    const named = rows.flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? []);
    expect(named).toEqual(Object.keys(fetchOperations));
  });

  test.each(entries)('every export of %s', async (entry) => {
    const items = section('Every export').split('\n- ');
    const specifier = entry.replace('.', 'mews-webhooks');
    const item = items.find((text) => text.startsWith(`\`${specifier}\``)) ?? '';
    const names = Object.keys(await importEntry(entry));
    for (const name of names) expect(item).toContain(`\`${name}\``);
    const listed = item
      .split('\n  - ')
      .slice(1)
      .flatMap((line) => line.split(':')[0]?.match(/\w+/g));
    expect(names).toEqual(expect.arrayContaining(listed));
  });

  test('every error code', () => {
    const source = readFileSync('src/errors.ts', 'utf8');
    const text = section('Errors and troubleshooting');
    const codes = /type WebhookErrorCode =([^;]+);/.exec(source)?.[1]?.match(/\w+_\w+/g) ?? [];
    expect(codes.length).toBeGreaterThan(4);
    for (const code of codes) expect(text).toContain(`\`${code}\``);
  });

  test('every command and its options', () => {
    const commands = [...readme.matchAll(/npx mews-webhooks (\w+)((?:\\\n|[^`\n])*)/g)];
    expect(new Set(commands.map(([, name]) => name))).toEqual(new Set(['check', 'listen']));
    for (const [, name = '', rest = ''] of commands) {
      const help = execFileSync(process.execPath, ['dist/cli.js', name, '--help'], {
        encoding: 'utf8',
      });
      for (const option of rest.match(/(?<= )--[a-z-]+/g) ?? []) expect(help).toContain(option);
    }
  });

  test('the figures of the benchmark', () => {
    const { speed } = JSON.parse(readFileSync('test/bench/results.json', 'utf8'));
    const { times } = speed.find(
      ({ title, size }: { title: string; size: number }) =>
        title === 'valid object' && size === 100,
    );
    const ours = times['mews-webhooks'];
    const share = Math.round((100 * ours) / times['JSON.parse']);
    const factor = (peer: string) => (times[peer] / ours).toFixed(1);
    expect(section('Compatibility, versions, speed and size').replaceAll('\n', ' ')).toContain(
      `costs ${share} % of \`JSON.parse\` of its text; ajv needs ${factor('ajv')} times as long, zod ${factor('zod')} times.`,
    );
  });

  test.each(['npm ci && npm start', 'npm ci && npm test'])('%s', (command) => {
    expect(readme).toContain(`\`\`\`sh\n${command}\n`);
  });
});
