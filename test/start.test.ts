import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const start = (env: Record<string, string>) =>
  spawn(process.execPath, ['--import', 'tsx', 'examples/start.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

test('prints every event, the merged one, the unknown one and the requests, and ends', async () => {
  const child = start({});
  const ended = new Promise((resolve) => child.once('close', resolve));
  const output = await text(child.stdout);
  expect(await ended).toBe(0);
  const sample = JSON.parse(readFileSync('test/fixtures/general.json', 'utf8'));
  for (const { Discriminator, Value } of sample.Events) {
    expect(output.split(`  ${Discriminator}: `)[1]).toContain(Value.Id);
  }
  expect(output.match(/answered 204/g)).toHaveLength(4);
  expect(output).toMatch(/merged: CustomerUpdated f6313945/);
  expect(output).toMatch(/ResourceDeleted: unknown, kept/);
  expect(output.match(/POST \/api\/connector\/v1\/\S+/g)).toEqual([
    'POST /api/connector/v1/reservations/getAll/2023-06-06',
    'POST /api/connector/v1/resources/getAll',
    'POST /api/connector/v1/messages/getAll',
    'POST /api/connector/v1/customers/getAll',
    'POST /api/connector/v1/payments/getAll',
  ]);
  expect(output).toContain('still to add: MessageThreadIds');
  expect(output.match(/f6313945[^\n]*"/g)).toHaveLength(1);
});

test('with PORT it keeps listening', async () => {
  const child = start({ PORT: '0', MEWS_TOKEN: 's3cret' });
  try {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    await expect.poll(() => output, { timeout: 20_000 }).toMatch(/Listening on http:\/\/[\d.:]+\//);
    const [address] = /http:\/\/[\d.:]+/.exec(output) ?? [];
    const post = (path: string, body: string) =>
      fetch(`${address}${path}`, { method: 'POST', body: Buffer.from(body) });
    const body = readFileSync('test/fixtures/general.json', 'utf8');
    expect((await post('/?Token=s3cret', body)).status).toBe(204);
    expect((await post('/?Token=other', body)).status).toBe(401);
    expect((await post('/?Token=s3cret', '{}')).status).toBe(400);
    expect((await fetch(`${address}/?Token=s3cret`)).status).toBe(405);
    await expect.poll(() => output).toMatch(/PaymentUpdated: payment a41e2d45/);
    expect(output).not.toContain('s3cret');
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill();
  }
});
