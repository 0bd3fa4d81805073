import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
const section = (title: string) =>
  readme.split(/^## /m).find((text) => text.startsWith(title)) ?? '';

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

  test('every example of a server', () => {
    const skipped = /^(README\.md|node_modules|.*\.json|\..*)$/;
    const files = readdirSync('examples/servers').filter((name) => !skipped.test(name));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) expect(readme).toContain(`](examples/servers/${name})`);
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

  test('the sizes', async () => {
    const text = section('Compatibility, versions, speed and size').replaceAll('\n', ' ');
    const [, alone, whole] =
      /adds less than (\S+) bytes.*the whole core less than (\S+)/.exec(text) ?? [];
    const sizeOf = async (names: string) => {
      const contents = `export ${names} from './dist/index.js';`;
      const stdin = { contents, resolveDir: '.' };
      const options = {
        bundle: true,
        minify: true,
        format: 'esm',
        write: false,
        logLevel: 'error',
      } as const;
      const { outputFiles } = await build({ stdin, ...options });
      return brotliCompressSync(outputFiles[0]?.contents ?? '').length;
    };
    expect(await sizeOf('{ parseWebhook }')).toBeLessThan(Number(alone?.replace(',', '')));
    expect(await sizeOf('*')).toBeLessThan(Number(whole?.replace(',', '')));
  });

  test.each(['npm ci && npm start', 'npm ci && npm test'])('%s', (command) => {
    expect(readme).toContain(`\`\`\`sh\n${command}\n`);
  });
});
