import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

/** The layout of the Mews page, with just what is read of it. */
const rows = [
  [
    'ServiceOrderUpdated',
    'Get all reservations',
    'reservations.md#get-all-reservations-ver-2023-06-06',
  ],
  ['ResourceUpdated', 'Get all resources', 'resources.md#get-all-resources'],
  ['MessageAdded', 'Get all messages', 'messages.md#get-all-messages'],
  ['ResourceBlockUpdated', 'Get all resource blocks', 'resourceblocks.md#get-all-resource-blocks'],
  ['CustomerAdded', 'Get all customers', 'customers.md#get-all-customers'],
  ['CustomerUpdated', 'Get all customers', 'customers.md#get-all-customers'],
  ['PaymentUpdated', 'Get all payments', 'payments.md#get-all-payments'],
] as const;
const page = `# General Webhooks

| Entity  | Event            |
| ------- | ---------------- |
| Payment | \`PaymentUpdated\` |

### Event discriminator

| Discriminator | Description | Fetch operation |
| ------------- | ----------- | --------------- |
${rows.map(([name, title, link]) => `| \`${name}\` | Text. | [${title}](/connector-api/operations/${link}) |`).join('\n')}

### Entity updated data

| Property | Type |
| -------- | ---- |
| \`Id\`     | string |
`;
const payment = /\| `PaymentUpdated` \| Text.*\n/;

const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command on a page. */
function upstream(text: string): Promise<{ code: unknown; out: string; err: string }> {
  const path = join(folder, 'page.md');
  writeFileSync(path, text);
  return run(path);
}

function run(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'test/upstream/run.ts', ...args],
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

describe('the page has what the library has: 0', () => {
  test.each([
    ['as it is', page],
    ['with the line ends of Windows', page.replaceAll('\n', '\r\n')],
    ['with its table at the end', page.slice(0, page.indexOf('### Entity'))],
  ])('%s', async (_, text) => {
    const { code, out } = await upstream(text);
    expect(out).toBe('Nothing to do: the page has the 7 events of the library\n');
    expect(code).toBe(0);
  });
});

describe('the page has something else: 1, and what to edit', () => {
  test('one more event', async () => {
    const { code, out } = await upstream(
      page.replace(payment, (row) => row + row.replace('PaymentUpdated', 'ResourceDeleted')),
    );
    expect(out).toBe(
      'New: ResourceDeleted, fetched by "Get all payments" (https://docs.mews.com/connector-api/operations/payments#get-all-payments). Follow "Adding an event" in CONTRIBUTING.md\n',
    );
    expect(code).toBe(1);
  });

  test('one event renamed: it is new under one name and gone under the other', async () => {
    const { code, out } = await upstream(
      page.replace(payment, (row) => row.replace('PaymentUpdated', 'PaymentChanged')),
    );
    expect(out).toMatch(
      /^New: PaymentChanged, .*\nGone: PaymentUpdated\. .*src\/discriminators\.ts/,
    );
    expect(code).toBe(1);
  });

  test('another operation: its name and its link', async () => {
    const { code, out } = await upstream(
      page.replace(
        '[Get all payments](/connector-api/operations/payments.md#get-all-payments)',
        '[Get payments](https://docs.mews.com/pay/payments#get)',
      ),
    );
    expect(out).toBe(
      'Changed: PaymentUpdated: name is "Get payments", not "Get all payments". Edit src/operations.ts\n' +
        'Changed: PaymentUpdated: docsUrl is https://docs.mews.com/pay/payments#get, not https://docs.mews.com/connector-api/operations/payments#get-all-payments. Edit src/operations.ts\n',
    );
    expect(code).toBe(1);
  });
});

describe('the page is laid out in another way: 2', () => {
  test.each([
    ['another heading', page.replace('### Event discriminator', '### Kinds'), 'no heading'],
    ['no table', page.slice(0, page.indexOf('| Discriminator')), 'no table'],
    ['a page of HTML', '<!doctype html><title>Not found</title>', 'no heading'],
    ['nothing', '', 'no heading'],
    ['another title', page.replace('| Discriminator', '| Name'), 'no columns'],
    [
      'no rule',
      page.replace('| ------------- | ----------- | --------------- |\n', ''),
      'no columns',
    ],
    ['no rows', page.replace(/\| `\w+` \| Text.*\n/g, ''), 'no rows'],
    [
      'no name',
      page.replace('`PaymentUpdated` | Text', 'PaymentUpdated | Text'),
      'name of an event',
    ],
    ['no link', page.replace('[Get all payments]', 'Get all payments'), 'link to an operation'],
  ])('%s', async (_, text, reason) => {
    const { code, out, err } = await upstream(text);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('page.md is not readable. ');
    expect(err).toContain(reason);
  });

  test('a file that is not there, or none', async () => {
    expect(await run(join(folder, 'nowhere.md'))).toMatchObject({ code: 2 });
    expect(await run()).toMatchObject({ code: 2, err: 'Usage: npm run upstream -- PAGE.md\n' });
  });
});
