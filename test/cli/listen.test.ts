import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createEvent, createIntegrationWebhook, createWebhook } from '../../src/testing/index.js';
import { portOf, type Seen, startReceiver, stopReceivers } from '../testing/receivers.js';
import { cli, startListen } from './terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-listen-'));
afterEach(stopReceivers);
afterAll(() => rmSync(folder, { recursive: true }));

const post = async (url: string, body: string | Uint8Array<ArrayBuffer>, init: RequestInit = {}) =>
  (await fetch(url, { method: 'POST', body, ...init })).status;
const text = (value: unknown) => JSON.stringify(value);
const message = createWebhook({
  EnterpriseId: 'e',
  IntegrationId: 'i',
  Events: [
    createEvent('CustomerAdded', 'c1'),
    createEvent('CustomerUpdated', 'c1'),
    createEvent('ResourceDeleted', 'r1'),
  ],
});

describe('listen', () => {
  test('shows its address first, then each delivery as parse does, then a summary', async () => {
    const listener = await startListen();
    expect(listener.out()).toMatch(
      /^Listening on http:\/\/127\.0\.0\.1:\d+\/\?Token=[\da-f]{32}\nCtrl\+C ends it\.\n\n$/,
    );
    expect(await post(listener.url, text(message))).toBe(204);
    const { code, out, err } = await listener.end();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const parsed = await cli(['parse', '-'], { stdin: text(message) });
    expect(out).toMatch(/\n\d\d:\d\d:\d\d\.\d{3} {2}204 {2}[\d.]+ ms\n/);
    expect(out).toContain(`ms\n${parsed.out}\n`);
    expect(out).toMatch(/\n1 delivery: 1 × 204; 3 events\n$/);
    expect(out.split('Token=')).toHaveLength(2);
  });

  test('does not show a token that was given', async () => {
    const listener = await startListen(['--token', 'hidden', '--token-parameter', 'key']);
    expect(await post(`${listener.url}?key=hidden`, text(message))).toBe(204);
    expect(await post(`${listener.url}?Token=hidden`, text(message))).toBe(401);
    const { out, err } = await listener.end();
    expect(out).toMatch(/^Listening on http:\S+\/ with the token given\n/);
    expect(out + err).not.toContain('hidden');
  });

  test('says why it refuses a request, and shows no value of it', async () => {
    const listener = await startListen();
    const { url } = listener;
    const wrong = { EnterpriseId: 'hidden', Events: [{ Discriminator: 'PaymentUpdated' }] };
    const gzip = { 'Content-Encoding': 'gzip' };
    expect(await post(url, text(wrong))).toBe(400);
    expect(await post(url, 'hidden')).toBe(400);
    expect(await post(`${url}hidden`, text(message))).toBe(401);
    expect((await fetch(url)).status).toBe(405);
    expect(await post(url, text(message), { headers: gzip })).toBe(415);
    expect(await post(url, 'x'.repeat(2_000_000))).toBe(413);
    const outgoing = request(url, { method: 'POST' });
    const status = new Promise((resolve) =>
      outgoing.on('response', (response) => resolve(response.resume().statusCode)),
    );
    outgoing.write('x'.repeat(2_000_000)); // of no declared length
    expect(await status).toBe(413);
    outgoing.destroy();
    const { out } = await listener.end();
    expect(out).toMatch(/400 .*\nrefused: the body is not a webhook\ninvalid_webhook {2}/);
    expect(out).toContain('\n  IntegrationId: expected non-empty string, received undefined\n');
    expect(out).toContain('\n  Events[0].Value: expected object, received undefined\n');
    expect(out).toMatch(/\ninvalid_json {2}/);
    expect(out).toContain('refused: the token is missing or wrong');
    expect(out).toContain('refused: only POST is accepted');
    expect(out).toContain('refused: the body is compressed');
    expect(out).toContain('refused: the body is larger than 1 MiB');
    expect(out).toMatch(/7 deliveries: 2 × 400, 1 × 401, 1 × 405, 1 × 415, 2 × 413; 0 events\n$/);
    expect(out).not.toContain('hidden');
  });

  test('survives a sender that goes away', async () => {
    const listener = await startListen();
    const outgoing = request(listener.url, { method: 'POST', headers: { 'Content-Length': 99 } });
    outgoing.on('error', () => {});
    outgoing.write('{', () => setTimeout(() => outgoing.destroy(), 20));
    await listener.until(/the sender closed the connection before the body was complete/);
    expect(await post(listener.url, text(message))).toBe(204);
    const { out } = await listener.end();
    expect(out).toMatch(/\d\d\d {2}--- {2}/);
    expect(out).toMatch(/2 deliveries: 1 × without a response, 1 × 204; 3 events\n$/);
  });

  test('records General webhooks alone, as they came, one on a line', async () => {
    const file = join(folder, 'recording.jsonl');
    writeFileSync(file, '{"before":1}\n');
    const listener = await startListen(['--record', file]);
    expect(await post(listener.url, `\ufeff${JSON.stringify(message, null, '\r\n')}`)).toBe(204);
    const created = createIntegrationWebhook('IntegrationCreated', { AccessToken: 'hidden' });
    expect(await post(listener.url, text(created))).toBe(204);
    expect(await post(listener.url, text({ Action: 'New', Data: { AccessToken: 'hidden' } }))).toBe(
      204,
    );
    expect(await post(listener.url, 'hidden')).toBe(400);
    await Promise.all(Array.from({ length: 50 }, () => post(listener.url, text(createWebhook()))));
    const { out } = await listener.end();
    expect(out).toContain('\nIntegration webhook IntegrationCreated\n');
    expect(out).toContain('\nIntegration webhook New, which this version does not know\n');
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    const recorded = lines.map((line) => JSON.parse(line));
    expect(recorded.slice(0, 2)).toEqual([{ before: 1 }, message]);
    expect(recorded).toHaveLength(52);
    expect(out + lines).not.toContain('hidden');
  });

  test('does not accept what it cannot record', async () => {
    const listener = await startListen(['--record', '/dev/full']);
    expect(await post(listener.url, text(message))).toBe(500);
    const { out } = await listener.end();
    expect(out).toContain('--record: the file cannot be written');
  });

  test('forwards the raw body, and hands the status back', async () => {
    const seen: Seen[] = [];
    const statuses = [202, 503];
    const target = await startReceiver((request) => {
      seen.push(request);
      return { status: statuses.shift() ?? 204, body: 'hidden' };
    });
    const listener = await startListen(['--forward', target]);
    const body = JSON.stringify(message, null, 3);
    expect(await post(listener.url, body, { headers: { 'Content-Type': 'text/x' } })).toBe(202);
    expect(await post(listener.url, new TextEncoder().encode(body))).toBe(503);
    expect(await post(listener.url, 'no JSON')).toBe(400);
    expect(seen.map(({ text }) => text)).toEqual([body, body]);
    expect(seen.map(({ request }) => request.headers['content-type'])).toEqual([
      'text/x',
      undefined,
    ]);
    const { out } = await listener.end();
    expect(out).toContain('--forward: its response is 202');
    expect(out).toContain('--forward: its response is 503');
    expect(out).not.toMatch(/hidden|secret/);
  });

  test('responds 502 while the forward is down, and says why', async () => {
    const target = await startReceiver(() => ({ instead: 'cut' }));
    const listener = await startListen(['--forward', target]);
    expect(await post(listener.url, text(message))).toBe(502);
    stopReceivers();
    expect(await post(listener.url, text(message))).toBe(502);
    const { out } = await listener.end();
    expect(out).toContain('--forward: it closed the connection without a whole response');
    expect(out).toContain('--forward: no connection; does it run');
  });

  test('responds 502 where the forward has a status that no response can have', async () => {
    const target = createTcpServer((socket) => socket.end('HTTP/1.1 099 Odd\r\n\r\n'));
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const listener = await startListen(['--forward', `http://127.0.0.1:${portOf(target)}/`]);
    expect(await post(listener.url, text(message))).toBe(502);
    target.close();
    expect((await listener.end()).out).toContain('--forward: its response is 99');
  });

  test('prints one JSON object a line with --json', async () => {
    const listener = await startListen(['--json']);
    const wild = { ...message, Events: [createEvent('PaymentUpdated', 'a\u009b2J\u202e')] };
    await post(listener.url, text(message));
    await post(listener.url, text(wild));
    await post(listener.url, text(createIntegrationWebhook('IntegrationEnabled')));
    await post(listener.url, text({ Action: 'New', Data: {} }));
    await post(listener.url, '{"EnterpriseId":"hidden"}');
    await post(listener.url, text({ ...message, Events: [createEvent('MessageAdded', 'm1')] }));
    const { out } = await listener.end();
    expect(out).not.toMatch(/[\u009b\u202e]|hidden/);
    const [address, first, second, third, fourth, fifth, sixth, summary] = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    expect(address).toEqual({ url: listener.url });
    expect(first).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 204,
      durationMs: expect.any(Number),
      webhook: {
        kind: 'general',
        EnterpriseId: 'e',
        IntegrationId: 'i',
        events: [
          { Discriminator: 'CustomerAdded', Id: 'c1', merged: false },
          { Discriminator: 'CustomerUpdated', Id: 'c1', merged: true },
        ],
        unknownEvents: ['ResourceDeleted'],
        fetches: [{ path: '/api/connector/v1/customers/getAll', ids: ['c1'], missing: [] }],
      },
      refusal: null,
      forwarded: null,
      problem: null,
    });
    expect(second.webhook.events[0].Id).toBe('a\u009b2J\u202e');
    expect(third.webhook).toEqual({ kind: 'integration', Action: 'IntegrationEnabled' });
    expect(fourth.webhook).toEqual({ kind: 'unknown-integration', Action: 'New' });
    expect(fifth).toMatchObject({
      status: 400,
      webhook: null,
      refusal: { reason: 'invalid', error: { code: 'invalid_webhook' } },
    });
    expect(sixth.webhook.fetches).toEqual([
      { path: '/api/connector/v1/messages/getAll', ids: ['m1'], missing: ['MessageThreadIds'] },
    ]);
    expect(summary).toEqual({ deliveries: 6, statuses: { 204: 5, 400: 1 }, events: 5 });
  });

  test('keeps within 80 columns, with colours on a terminal only', async () => {
    const uuid = 'bfee2c44-1f84-4326-a862-5289598f6e2d';
    const Events = [
      'ServiceOrderUpdated',
      'MessageAdded',
      'CustomerUpdated',
      'CustomerAdded',
      'New',
    ];
    const full = {
      EnterpriseId: uuid,
      IntegrationId: uuid,
      Events: Events.map((name) => createEvent(name, uuid)),
    };
    const listener = await startListen([], { isTTY: true });
    await post(listener.url, text(full));
    const { out } = await listener.end();
    expect(out).toContain('\u001b[32m204\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are not seen
    const lines = out.replace(/\u001b\[\d+m/g, '').split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const plain = await startListen();
    expect((await plain.end()).out).not.toContain('\u001b');
  });

  test('accepts a thousand deliveries as fast as they come', async () => {
    const listener = await startListen();
    const body = text(message);
    for (let round = 0; round < 20; round++) {
      const statuses = await Promise.all(
        Array.from({ length: 50 }, () => post(listener.url, body)),
      );
      expect(new Set(statuses)).toEqual(new Set([204]));
    }
    expect((await listener.end()).out).toMatch(/1000 deliveries: 1000 × 204; 3000 events\n$/);
  });

  test('listens on another address where told to', async () => {
    const listener = await startListen(['--host', '::1']);
    expect(listener.url).toMatch(/^http:\/\/\[::1\]:\d+\//);
    expect(await post(listener.url, text(message))).toBe(204);
    await listener.end();
  });

  test('a port in use, a file that cannot be written and wrong options are one line and code 2', async () => {
    const busy = createTcpServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = Object(busy.address());
    const file = join(folder, 'unused.jsonl');
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['--port', `${port}`], /^--port, --host: in use/],
      [['--port', '70000'], /^--port: expected whole number from 0 to 65535/],
      [['--port', '0', '--host', 'host.invalid'], /^--port, --host: in use, or not an address/],
      [['--record', join(folder, 'nowhere', 'file')], /^--record: the file cannot be written/],
      [
        ['--forward', 'http://example.com/?Token=hidden', '--record', file],
        /^--forward: .*--allow-remote/,
      ],
      [['--forward', 'hidden'], /^--forward: expected an absolute URL/],
      [['--token', ''], /^--token: expected non-empty string/],
      [['--token', 'hidden\n'], /^--token: expected a secret without white space/],
      [['--token-parameter', ''], /^--token-parameter: expected non-empty text/],
      [['hidden'], /^expected options only/],
    ];
    for (const [args, said] of wrong) {
      const { code, out, err } = await cli(['listen', ...args]);
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err).toMatch(/^mews-webhooks listen: [^\n]*\n$/);
      expect(err.slice('mews-webhooks listen: '.length)).toMatch(said);
      expect(err).not.toContain('hidden');
    }
    expect(existsSync(file)).toBe(false);
    busy.close();
  });
});
