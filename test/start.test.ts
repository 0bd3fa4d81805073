import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const { MEWS_TOKEN: _token, PORT: _port, ...inherited } = process.env;
const start = (env: Record<string, string>) =>
  spawn(process.execPath, ['--import', 'tsx', 'examples/start.ts'], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const sample = readFileSync('test/fixtures/general.json', 'utf8');

test('shows four deliveries, the rows that were fetched, a retry and a dead letter, and ends', async () => {
  const child = start({});
  const ended = once(child, 'close');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(await ended).toEqual([0, null]);
  expect(errors).toBe('');
  for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

  const [deliveries = '', work = ''] = output.split('The worker fetches');
  expect(deliveries.match(/response 204/g)).toHaveLength(4);
  for (const { Discriminator, Value } of JSON.parse(sample).Events) {
    expect(deliveries.split(`  ${Discriminator} ${Value.Id}\n`)).toHaveLength(3);
    // Delivered twice, fetched once.
    expect(work.split(Value.Id)).toHaveLength(2);
  }
  expect(deliveries).toContain('CustomerUpdated f6313945-94c1-4e27-b402-031c2a8c989f (merged)');
  expect(deliveries).toContain('ResourceDeleted: unknown, kept');

  expect(work).toMatch(/Retry in 1 s: not_found, 1 event/);
  expect(work.match(/POST …\/\S+/g)).toEqual([
    'POST …/reservations/getAll/2023-06-06:',
    'POST …/resources/getAll:',
    'POST …/messages/getAll:',
    'POST …/customers/getAll:',
    'POST …/payments/getAll:',
    'POST …/payments/getAll:',
  ]);
  expect(work).toContain('  unknown_event: ResourceDeleted');
  expect(output.trimEnd().split('\n').at(-1)).toBe('15 events became 6 requests and 7 rows.');
});

test('closes quietly when nobody reads its output any more', async () => {
  const child = start({});
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await text(child.stderr)).toBe('');
  expect(await ended).toEqual([0, null]);
});

test.each([
  { origin: 'given', env: { MEWS_TOKEN: 's3cret' }, token: /^s3cret$/ },
  { origin: 'drawn', env: {}, token: /^[\w-]{22}$/ },
])(
  'with PORT it keeps listening on a URL with a $origin token, and shows each delivery',
  async ({ env, token }) => {
    const child = start({ PORT: '0', ...env });
    const ended = once(child, 'close');
    try {
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk) => {
          output += chunk;
        });
      }
      await expect.poll(() => output, { timeout: 20_000 }).toMatch(/^Listening on http:\S+\n/);
      const url = new URL(/http:\S+/.exec(output)?.[0] ?? '');
      expect(url.searchParams.get('Token')).toMatch(token);
      const post = async (to: URL, body: string) =>
        (await fetch(to, { method: 'POST', body: Buffer.from(body) })).status;
      expect(await post(url, sample)).toBe(204);
      expect(await post(new URL('/?Token=other', url), sample)).toBe(401);
      expect(await post(url, '{}')).toBe(400);
      await expect.poll(() => output, { timeout: 10_000 }).toMatch(/PaymentUpdated a41e2d45/);
      await expect.poll(() => output, { timeout: 10_000 }).toContain('Refused with 401: token');
      await expect.poll(() => output, { timeout: 10_000 }).toContain('Refused with 400: ');
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill();
    }
    expect(await ended).toEqual([0, null]);
  },
);
