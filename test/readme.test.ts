import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from './support.js';

// Inside the package, so that its name leads to what was built.
const folder = 'test/.tmp/readme';
const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code = ''], index) => ({ file: `${folder}/block-${index + 1}.ts`, code }),
);
const started: ChildProcess[] = [];

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of blocks) writeFileSync(file, code);
});
afterAll(() => {
  for (const child of started) child.kill();
});

function run(file: string, env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { ...process.env, ...env },
  });
  started.push(child);
  return child;
}

test('every block compiles', () => {
  expect(blocks.length).toBeGreaterThan(3);
  const { options, errors } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
    ts.sys,
    '.',
  );
  expect(errors).toEqual([]);
  const program = ts.createProgram(
    blocks.map(({ file }) => file),
    { ...options, noUnusedParameters: false },
  );
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [file?.fileName, messageText]);
  expect(messages).toEqual([]);
});

const programs = blocks.filter(({ code }) => !code.includes('.listen('));
test.each(programs.map(({ file, code }) => [file, code]))('%s runs', async (file, code) => {
  const child = run(file);
  if (child.stdout === null || child.stderr === null) throw new Error('expected pipes');
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  expect(child.exitCode, stderr).toBe(0);
  // A comment behind console.log() tells what it prints.
  for (const [, printed] of code.matchAll(/console\.log\(.*\); \/\/ ([^,;\n]+)/g)) {
    expect(stdout).toContain(printed);
  }
});

const servers = blocks.filter(({ code }) => code.includes('.listen('));
test.each(servers.map(({ file }) => file))('%s receives', async (file) => {
  const port = await freePort();
  run(file, { PORT: `${port}`, MEWS_TOKEN: 'secret' });
  const post = (path: string, body: string) =>
    // Bytes, since fetch gives a string a content type.
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: Buffer.from(body) });
  await expect
    .poll(() => post('/mews?Token=secret', '{').then(({ status }) => status), { timeout: 20_000 })
    .toBe(400);
  const sample = readFileSync('test/fixtures/general.json', 'utf8');
  expect((await post('/mews?Token=secret', sample)).status).toBe(204);
  expect((await post('/mews?Token=wrong', sample)).status).toBe(401);
  const unknown = sample.replace('PaymentUpdated', 'ResourceDeleted');
  expect((await post('/mews?Token=secret', unknown)).status).toBe(204);
  const invalid = await post('/mews?Token=secret', '{"Events":[{"Discriminator":"x"}]}');
  expect(await invalid.json()).toMatchObject({ code: 'invalid_webhook' });
});

test('shows every event, operation and error code', async () => {
  const readme = readFileSync('README.md', 'utf8');
  const { fetchOperations } = await import('../src/index.js');
  for (const [discriminator, { name, docsUrl, idsProperty }] of Object.entries(fetchOperations)) {
    const row = readme
      .split('\n')
      .find((line) => line.startsWith('| `') && line.includes(discriminator));
    expect(row).toContain(`[${name}](${docsUrl})`);
    expect(row).toContain(idsProperty ?? 'none');
  }
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
    expect(readme).toContain(`\`\`\`sh\n${command}\n`);
  }
});
