// Compiles and runs what the README shows.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConnectorMock } from '../src/testing/index.js';
import { freePort } from './support.js';

const readme = readFileSync('README.md', 'utf8');
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

test('every block compiles', () => {
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
  // Or else it would use the configuration of this project.
  writeFileSync(`${folder}/vitest.config.js`, 'export default { test: { testTimeout: 60_000 } };');
  const vitest = 'node_modules/vitest/vitest.mjs';
  const run = () =>
    execFileSync(process.execPath, [vitest, 'run', '--root', folder], { encoding: 'utf8' });
  expect(run()).toMatch(/Tests .*1 passed/);
});

test('every block runs in one of these tests', () => {
  const names = blocks.map(({ file }) => file).filter((file) => !file.startsWith('block-'));
  expect(names).toEqual(['receiver.ts', 'worker.ts', 'worker.test.ts']);
  expect(blocks).toHaveLength(names.length + 1);
});

test('the listener starts as shown, and ends at SIGINT', async () => {
  const [, command = ''] = /```sh\n(npx mews-webhooks listen [\s\S]*?)```/.exec(readme) ?? [];
  const bin = `exec '${process.execPath}' '${resolve('dist/cli.js')}'`;
  const script = command.replace('npx mews-webhooks', bin).replace('4000', '0');
  const listener = spawn('bash', ['-c', script], {
    cwd: folder,
    env: { ...process.env, MEWS_TOKEN: 'not-printed' },
  });
  started.push(listener);
  let printed = '';
  listener.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  const closed = once(listener, 'close');
  await expect.poll(() => printed, { timeout: 60_000, interval: 5 }).toContain('127.0.0.1:');
  listener.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
  expect(printed).toContain('0 deliveries');
  expect(printed).not.toContain('not-printed');
});

async function importBlock(part: string) {
  const file = blocks.find(({ code }) => code.includes(part))?.file ?? 'none';
  return import(`./.tmp/readme/${file}`);
}
