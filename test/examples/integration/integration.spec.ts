import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples, secrets } from '../../integration/samples.js';

const [created, enabled, disabled, canceled, reinstated, deleted, regenerated] = samples;
const integration: string = created.Data.Integration.Id;
const control = 'ffffffff-control';
const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-'));
const environment = {
  ...process.env,
  PORT: '0',
  MEWS_TOKEN: 'URL-SECRET-5ca1ab1e',
  STORE_KEY: Buffer.alloc(32, 'a key of this test').toString('base64'),
  MEWS_CLIENT_TOKEN: 'CLIENT-TOKEN-0b5e55ed',
  DATABASE: join(folder, 'integrations.sqlite'),
  FETCH_EVERY_MS: '50',
  RETRY_FACTOR: '0.01',
};
const { MEWS_TOKEN, STORE_KEY, MEWS_CLIENT_TOKEN } = environment;
const hidden = [...secrets, 'CONTROL-TOKEN', MEWS_TOKEN, STORE_KEY, MEWS_CLIENT_TOKEN];

// Everything that leaves the example, but for what it sends to the API.
let output = '';
// Which entity was fetched, and with which token.
const fetched: [id: string, accessToken: string][] = [];
let failures = 0;
let child: ChildProcess | undefined;
let address = '';

// In the place of the Connector API, to see what it is asked.
const api = createServer(async (request, response) => {
  const body = await json(request);
  if (typeof body !== 'object' || body === null) throw new Error('expected an object');
  const ids: string[] = Reflect.get(body, 'ReservationIds');
  if (ids.includes('r6') && failures++ === 0) return void response.writeHead(503).end();
  for (const id of ids) fetched.push([id, Reflect.get(body, 'AccessToken')]);
  response.end(JSON.stringify({ Reservations: ids.map((Id) => ({ Id })) }));
});

async function start(): Promise<void> {
  const bound = api.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('expected a port');
  child = spawn(process.execPath, ['--import', 'tsx', 'examples/integration/server.ts'], {
    env: { ...environment, MEWS_PLATFORM_ADDRESS: `http://127.0.0.1:${bound.port}` },
  });
  const before = output.length;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const listening = /Listening on (http:\/\/[\d.:]+)\//;
  await expect.poll(() => output.slice(before)).toMatch(listening);
  address = listening.exec(output.slice(before))?.[1] ?? '';
}

async function stop(): Promise<void> {
  if (child === undefined) return;
  const exit = once(child, 'close');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  child = undefined;
}

beforeAll(async () => {
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
});
afterAll(() => {
  child?.kill();
  api.close();
  rmSync(folder, { recursive: true });
});

async function post(body: unknown, token = MEWS_TOKEN): Promise<number> {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  // Bytes, since fetch gives a string a content type.
  const response = await fetch(`${address}/?Token=${token}`, { method: 'POST', body: bytes });
  output += `${JSON.stringify([...response.headers])}${await response.text()}\n`;
  return response.status;
}

const general = (Id: string, IntegrationId = integration) => ({
  EnterpriseId: created.Data.Enterprise.Id,
  IntegrationId,
  Events: [
    { Discriminator: 'ServiceOrderUpdated', Value: { Id, AccessToken: secrets[0] } },
    { Discriminator: 'IntegrationCreated', Value: { Id, AccessToken: secrets[0] } },
  ],
  AccessToken: secrets[0],
});
const tokenOf = (id: string) => fetched.find(([other]) => other === id)?.[1];
let rounds = 0;

/** Searches everything that was printed, answered or written to a file for anything secret. */
function leavesNothing(): Buffer {
  const bytes = Buffer.concat([Buffer.from(output), readFileSync(environment.DATABASE)]);
  for (const secret of hidden) {
    for (const form of [
      Buffer.from(secret.slice(0, 12)),
      Buffer.from(secret, 'utf16le'),
      Buffer.from(Buffer.from(secret).toString('hex')),
      Buffer.from(Buffer.from(secret).toString('base64').slice(0, -4)),
    ]) {
      const at = bytes.indexOf(form);
      expect(at === -1 ? '' : bytes.subarray(at - 100, at + 60).toString()).toBe('');
    }
  }
  return bytes;
}

function runToEnd(env: Record<string, string>) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'examples/integration/server.ts'], {
    env: { ...environment, MEWS_PLATFORM_ADDRESS: 'http://127.0.0.1:9', ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

/** Stores a message, and checks that it waits while those of another integration are fetched twice. */
async function waits(id: string): Promise<void> {
  expect(await post(general(id))).toBe(204);
  leavesNothing();
  for (let round = 0; round < 2; round++) {
    const other = `control-${rounds++}`;
    expect(await post(general(other, control))).toBe(204);
    await expect.poll(() => tokenOf(other)).toBe('CONTROL-TOKEN');
  }
  expect(tokenOf(id)).toBeUndefined();
}
const isFetched = (id: string, token = secrets[0]) => expect.poll(() => tokenOf(id)).toBe(token);

test('a shared endpoint fetches with the right token, and lets none out', {
  timeout: 120_000,
}, async () => {
  await start();
  const other = { Id: control, Name: 'Other' };
  const AccessToken = 'CONTROL-TOKEN';
  expect(
    await post({ ...created, Data: { ...created.Data, AccessToken, Integration: other } }),
  ).toBe(204);

  // Until its token comes, a message waits.
  await waits('r1');
  expect(await post(created)).toBe(204);
  await isFetched('r1');

  expect(await post(disabled)).toBe(204);
  await waits('r2');
  expect(await post(created)).toBe(204); // delivered again, which enables nothing
  await waits('r2b');
  expect(await post(enabled)).toBe(204);
  await isFetched('r2');

  expect(await post(canceled)).toBe(204);
  await waits('r3');
  expect(await post(reinstated)).toBe(204);
  await isFetched('r3');

  expect(await post(regenerated)).toBe(204);
  expect(await post(general('r4'))).toBe(204);
  await isFetched('r4', secrets[1]);
  expect(await post(created)).toBe(204); // delivered again, which replaces nothing
  expect(await post(general('r5'))).toBe(204);
  await isFetched('r5', secrets[1]);

  // What fails waits for the next time.
  expect(await post(general('r6'))).toBe(204);
  await isFetched('r6', secrets[1]);
  expect(failures).toBe(2);

  // The token comes out of the file.
  await stop();
  await start();
  expect(await post(general('r7'))).toBe(204);
  await isFetched('r7', secrets[1]);

  // An action of the future is taken; what is wrong is not. None of it is told.
  expect(
    await post({ Action: 'IntegrationMoved', Data: { ApiKey: secrets[0] }, ApiKey: secrets[0] }),
  ).toBe(204);
  expect(
    await post({
      Action: 'IntegrationCreated',
      Data: { AccessToken: secrets[0], Integration: secrets[0] },
    }),
  ).toBe(400);
  expect(await post({ [`${secrets[0]}`]: secrets[0] })).toBe(400);
  expect(await post(JSON.stringify(created).slice(0, -9))).toBe(400);
  expect(await post(created, 'wrong')).toBe(401);

  expect(await post(deleted)).toBe(204);
  for (const late of [created, regenerated, enabled, reinstated])
    expect(await post(late)).toBe(204);
  await waits('r8');
  await stop();

  expect(new Set(fetched.map(([, token]) => token))).toEqual(new Set(hidden.slice(0, 3)));
  // Nothing of a deleted integration is kept.
  const query = `const Database = require('libsql');
    const database = new Database(process.env.DATABASE);
    const rows = database.prepare('SELECT id FROM integration WHERE token IS NOT NULL');
    console.log(rows.pluck().all());`;
  const rows = execFileSync(process.execPath, ['-e', query], {
    cwd: 'examples/integration',
    env: environment,
    encoding: 'utf8',
  });
  expect(rows.trim()).toBe(`[ '${control}' ]`);
  expect(readdirSync(folder)).toEqual(['integrations.sqlite']);
  const shown = leavesNothing();
  // What the search can find, so that finding nothing means something.
  for (const text of [control, 'server_error', 'Refused with 400']) {
    expect([text, shown.includes(text)]).toEqual([text, true]);
  }
  for (const sample of samples) expect(output).toContain(`Integration webhook: ${sample.Action}`);
});

test('refuses another key at the start, in one line, and keeps the database', async () => {
  const { status, stderr } = runToEnd({
    STORE_KEY: Buffer.alloc(32, 'another').toString('base64'),
  });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    'The server can not start: TypeError: STORE_KEY: expected the key with which this database was made',
  ]);
});

test.each(['MEWS_TOKEN', 'STORE_KEY', 'MEWS_CLIENT_TOKEN', 'MEWS_PLATFORM_ADDRESS'])(
  'does not start without %s',
  (name) => {
    const { status, stderr } = runToEnd({
      MEWS_PLATFORM_ADDRESS: 'http://127.0.0.1:9',
      [name]: '',
    });
    expect(status).toBe(1);
    expect(stderr.trim()).toBe(`The server can not start: TypeError: ${name}: expected a value`);
  },
);

test('a token and a webhook that can not be read concern themselves alone', async () => {
  const spoil = `const Database = require('libsql');
    const database = new Database(process.env.DATABASE);
    for (const [index, token] of ['', 'AAAA', 'not base64', null].entries()) {
      const id = 'spoiled-' + index;
      if (token !== null) database.prepare('INSERT INTO integration (id, token) VALUES (?, ?)').run(id, token);
      database.prepare('INSERT INTO webhook (integration, due, item) VALUES (?, 0, ?)').run(id, '{}');
    }
    const copy = database.prepare('SELECT token FROM integration WHERE id = ?').pluck().all('${control}')[0];
    database.prepare('INSERT INTO integration (id, token) VALUES (?, ?)').run('of another row', copy);
    for (const item of ['no JSON', '7', '{"webhook":{}}', '{"webhook":{"EnterpriseId":"e","IntegrationId":"i","Events":[]},"attempt":"1","notFound":0}'])
      database.prepare('INSERT INTO webhook (integration, due, item) VALUES (?, 0, ?)').run('${control}', item);
    database.close();`;
  execFileSync(process.execPath, ['-e', spoil], { cwd: 'examples/integration', env: environment });
  const before = output.length;
  await start();
  expect(await post(general('r9', 'of another row'))).toBe(204);
  expect(await post(general('r10', control))).toBe(204);
  await isFetched('r10', 'CONTROL-TOKEN');
  await expect.poll(() => output.slice(before).match(/Dead letter: unreadable/g)).toHaveLength(4);
  await expect
    .poll(() => output.slice(before))
    .toContain('The token of integration of another row can not be read');
  expect(tokenOf('r9')).toBeUndefined();
  await stop();
  // Each is said once, not each second.
  expect(output.slice(before).match(/can not be read: its webhooks wait/g)).toHaveLength(4);
});
