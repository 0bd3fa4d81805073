import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { toJunit } from '../../src/cli/junit.js';
import { messageOf, painter, progressLine, wrap } from '../../src/cli/terminal.js';
import { startReceiver, stopReceivers } from '../testing/receivers.js';
import { cli } from './terminal.js';

vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), 'mews-webhooks-cli-'));
afterAll(() => {
  stopReceivers();
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('help and version', () => {
  test.each([['--version'], ['check', '-v'], ['parse', '--version']])('%s %s', async (...args) => {
    expect(await cli(args)).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });

  test.each(['check', 'listen', 'send', 'parse'])('%s --help', async (command) => {
    const { code, out } = await cli([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: mews-webhooks ${command} `));
  });

  test('without a command', async () => {
    expect(await cli(['--help'])).toMatchObject({ code: 0, err: '' });
    expect(await cli([])).toMatchObject({ code: 2, out: '' });
    expect((await cli(['toString'])).err).toMatch(/^Usage/);
  });
});

describe('wrong use is one line and code 2', () => {
  test.each([
    [['check'], 'URL is missing'],
    [['check', 'a', 'hidden'], 'expected one URL, and got more'],
    [['check', 'a', '--tokn=hidden'], '--tokn is not known, lacks its value or takes none'],
    [['check', 'a', '--json=hidden'], '--json is not known, lacks its value or takes none'],
    [['check', 'a', '--'], /^url: expected an absolute URL/],
    [['check', 'http://127.0.0.1:9/?Token=hidden'], /^url: nothing responds there/],
    [['check', 'http://[::1]:9/?Token=hidden'], /^url: nothing responds there/],
    [['check', 'http://example.com/?Token=hidden'], /--allow-remote/],
    [['check', 'http://127.0.0.1:9', '--only', 'hidden'], /^only: expected rules of these/],
    [
      ['send', 'http://127.0.0.1:9', '--rate', '201'],
      '--rate: expected whole number from 1 to 200',
    ],
    [['send', 'http://127.0.0.1:9', '--count', 'hidden'], /^--count: expected whole number/],
    [['send', 'http://127.0.0.1:9', '--file', '/nowhere/hidden'], /^--file: the file cannot/],
    [
      ['send', 'http://127.0.0.1:9', '--token', 'hidden'],
      /^URL: no connection; does the receiver run/,
    ],
    [['send', 'http://127.0.0.1:9', '--token', '\ud800'], 'token: expected well-formed Unicode'],
    [['parse', '/nowhere/hidden'], 'FILE: the file cannot be read'],
    [['parse', '-'], 'FILE: the file cannot be read'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await cli(args);
    expect(code).toBe(2);
    // Of a run of send, which is not known to be lost before it is over.
    if (args[0] !== 'send') expect(out).toBe('');
    expect(err.split('\n')).toHaveLength(2);
    const [, said] = /^mews-webhooks \w+: (.*)\n$/.exec(err) ?? [];
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
    expect(err).not.toContain('hidden');
  });
});

describe('check', () => {
  test('a good receiver', async () => {
    const { code, out, err } = await cli(['check', await startReceiver(), '--integration']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Sending about 76 requests with 639 invented events/);
    expect(out).toContain('851df8c8-90f2-4c4a-8e01-a4fc46b25178');
    expect(out).toMatch(/\n\nPASS {2}redirect {4}/);
    expect(out).toMatch(/\nReady for Mews: 27 pass\n$/);
    expect(out + err).not.toContain('secret');
    expect(out + err).not.toContain('\u001b');
  });

  test('a bad one, on a terminal', async () => {
    const url = await startReceiver(() => ({ status: 500 }));
    const junit = join(folder, 'report.xml');
    const options = ['--only', 'sample', '--only', 'get', '--only', 'no-leak', '--junit', junit];
    const { code, out, err } = await cli(['check', url, ...options], { isTTY: true });
    expect(code).toBe(1);
    expect(out).toMatch(/\n.\[31mFAIL.\[0m {2}sample/);
    expect(out).toMatch(/what .\[0m the sample: responded 500 in [\d.]+ m?s; expected 2xx\n/);
    expect(out).toContain('could not be told: first see to sample');
    expect(out).toMatch(/Not ready for Mews.*1 fail.*2 skip/);
    expect(out.split('\n').every((line) => line.length < 110)).toBe(true);
    expect(err).toContain('\r\u001b[K1 of 3 rules checked …');
    expect(err).toMatch(/\r.\[K$/);
    expect(readFileSync(junit, 'utf8')).toMatch(/tests="3" failures="1" skipped="2"/);
    const plain = await cli(['check', url, ...options], { isTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain('\u001b');
  });

  test('ends at a path without a route, and says what to look at', async () => {
    const url = await startReceiver(() => ({ status: 404 }));
    const { code, out } = await cli(['check', url]);
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL {2}right-token .*fix {3}Look at the path of the URL first/s);
    expect(out).not.toMatch(/SKIP|signature check/);
    expect(out).toMatch(/1 fail\n24 more rules can be checked once that is fixed\.\n$/);
  });

  test('as JSON, and with the token apart from the URL', async () => {
    const url = (await startReceiver()).replace('secret', 'wrong');
    const { out } = await cli(['check', url, '--token', 'secret', '--only', 'get', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, results: [{ id: 'get', status: 'pass' }] });
  });

  test('a report that cannot be written', async () => {
    const url = await startReceiver();
    const junit = join(folder, 'nowhere', 'report.xml');
    const { code, err } = await cli(['check', url, '--only', 'get', '--junit', junit]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'mews-webhooks check: --junit: the file cannot be written\n',
    });
    expect(existsSync(junit)).toBe(false);
  });
});

test('JUnit shows each status, and escapes', () => {
  const result = { id: 'a', title: '<&">', detail: 'd', why: 'w', fix: 'f', docsUrl: 'u' };
  const xml = toJunit({
    ok: false,
    results: (['pass', 'fail', 'warn', 'skip'] as const).map((status) => ({ ...result, status })),
  });
  expect(xml.match(/name="a: &#60;&#38;&#34;&#62;"/g)).toHaveLength(4);
  expect(xml).toContain('<failure message="d">w\nf\nu</failure>');
  expect(xml).toContain('<skipped message="d"/>');
  expect(xml).toContain('<system-out>d\nw\nf\nu</system-out>');
});

describe('send', () => {
  test('at a rate, with a bar on a terminal', async () => {
    const sizes: unknown[] = [];
    const url = await startReceiver(({ events }) => void sizes.push(events?.length));
    const started = performance.now();
    const options = ['--count', '5', '--rate', '20', '--events', '9'];
    const { code, out, err } = await cli(['send', url, ...options], { isTTY: true });
    expect(performance.now() - started).toBeGreaterThan(195);
    expect(code).toBe(0);
    expect(sizes).toEqual([9, 9, 9, 9, 9]);
    expect(out).toMatch(
      /5 × 204.*\np50 [\d.]+ ms {3}p90 [\d.]+ ms {3}p99 [\d.]+ ms {3}max [\d.]+ ms\n/,
    );
    expect(err).toContain('[##############################] 5 of 5');
  });

  test('a file as it is, to a receiver that refuses it or cuts it off', async () => {
    const texts: string[] = [];
    const url = await startReceiver(({ text }) =>
      texts.push(text) > 1 ? { instead: 'cut' } : undefined,
    );
    const options = ['--file', file('broken', 'no JSON'), '--token', 'secret', '--count', '2'];
    const { code, out } = await cli(['send', url.replace('secret', 'old'), ...options]);
    expect(code).toBe(1);
    expect(texts).toEqual(['no JSON', 'no JSON']);
    expect(out).toMatch(/^1 × 400, 1 × closed\n/);
  });
});

describe('send, to drive a pipeline', () => {
  const start = async () => {
    const seen: { ids: string; events: string[] }[] = [];
    const url = await startReceiver(({ message, events = [] }) => {
      seen.push({
        ids: `${message.EnterpriseId} ${message.IntegrationId}`,
        events: events.map(({ Discriminator, Value }) => `${Discriminator} ${Object(Value).Id}`),
      });
      return undefined;
    });
    return { url, seen };
  };

  test('one enterprise and one integration a run, which it prints', async () => {
    const { url, seen } = await start();
    const { out } = await cli(['send', url, '--count', '3', '--rate', '200']);
    const [, enterprise, integration] =
      /^Enterprise {3}(\S+)\nIntegration {2}(\S+)\n/.exec(out) ?? [];
    expect(seen.map(({ ids }) => ids)).toEqual(Array(3).fill(`${enterprise} ${integration}`));
    expect(new Set(seen.flatMap(({ events }) => events)).size).toBeGreaterThan(6);
  });

  test('given identifiers and events', async () => {
    const { url, seen } = await start();
    const ids = ['--enterprise', 'e\u001b', '--integration', 'i', '--id', 'x'];
    const events = ['--event', 'PaymentUpdated', '--event', 'ResourceDeleted'];
    const { code, out } = await cli(['send', url, ...ids, ...events]);
    expect(code).toBe(0);
    expect(seen).toEqual([{ ids: 'e\u001b i', events: ['PaymentUpdated x', 'ResourceDeleted x'] }]);
    expect(out).toMatch(/^Enterprise {3}e\\u001b\nIntegration {2}i\n/);
  });

  test('the same with the same seed', async () => {
    const { url, seen } = await start();
    const options = ['--count', '2', '--rate', '200', '--event', 'PaymentUpdated'];
    const twice = async (seed: string) => {
      await cli(['send', url, ...options, '--seed', seed]);
      return seen.splice(0);
    };
    const first = await twice('7');
    expect(await twice('7')).toEqual(first);
    expect(await twice('8')).not.toEqual(first);
    expect(new Set(first.map(({ events }) => events[0])).size).toBe(2);
  });

  test.each([
    [['--id', 'hidden'], '--id needs --event'],
    [['--event', 'PaymentUpdated', '--events', '3'], '--events, --event: only one of them'],
    [['--file', 'test/fixtures/general.json', '--seed', '7'], '--file, --seed: only one of them'],
    [
      ['--file', 'test/fixtures/general.json', '--enterprise', 'hidden'],
      '--file, --enterprise: only one of them',
    ],
    [['--enterprise', ''], '--enterprise: expected non-empty text'],
    [['--event', ''], '--event: expected non-empty text'],
    [['--event', 'PaymentUpdated', '--event', ''], '--event: expected non-empty text'],
    [['--seed', '-1'], /^--seed/],
  ])('wrong use: %j', async (args, said) => {
    const { url, seen } = await start();
    const { code, err } = await cli(['send', url, ...args]);
    expect(code).toBe(2);
    expect(err.replace('mews-webhooks send: ', '').trim()).toMatch(said);
    expect(seen).toEqual([]);
  });

  test('the lines of a recording in order, and names those that are spoiled', async () => {
    const { url, seen } = await start();
    const line = (id: string) =>
      JSON.stringify({
        EnterpriseId: 'e',
        IntegrationId: 'i',
        Events: [{ Discriminator: 'PaymentUpdated', Value: { Id: id } }],
      });
    const recording = [line('1'), '{"Enterpr', '', line('2'), '3', line('3'), ''].join('\r\n');
    const options = ['--file', file('recording', recording), '--rate', '200'];
    const { code, out, err } = await cli(['send', url, ...options]);
    expect(code).toBe(1);
    expect(err).toBe('line 2: not a JSON object, not sent\nline 5: not a JSON object, not sent\n');
    expect(seen.map(({ events }) => events[0])).toEqual(
      ['1', '2', '3'].map((id) => `PaymentUpdated ${id}`),
    );
    expect(out).toMatch(/^3 × 204\n/);
  });

  test('a file that is one message on many lines', async () => {
    const { url, seen } = await start();
    expect((await cli(['send', url, '--file', 'test/fixtures/general.json'])).code).toBe(0);
    expect(seen).toMatchObject([{ ids: expect.stringMatching(/^851df8c8/) }]);
  });

  test('a file of many lines none of which is a message', async () => {
    const { url } = await start();
    const { code, err } = await cli(['send', url, '--file', file('none', 'hidden\nhidden\n')]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'mews-webhooks send: --file: neither one JSON message nor a recording with one on each line\n',
    });
  });

  test('says that there is no TLS connection', async () => {
    const url = (await startReceiver()).replace('http:', 'https:');
    const { code, err } = await cli(['send', url]);
    expect(code).toBe(2);
    expect(err).toMatch(/^mews-webhooks send: URL: no TLS connection; [^\n]*\n$/);
  });
});

describe('parse', () => {
  test('the message of the documentation', async () => {
    const { code, out } = await cli(['parse', 'test/fixtures/general.json']);
    expect(code).toBe(0);
    expect(out).toContain('6 events, 5 requests to fetch the entities');
    expect(out).toContain('messages/getAll (1 of them; add MessageThreadIds)');
    expect(out).toContain('customers/getAll (2 of them)');
  });

  test('merged and unknown events, from standard input, without what steers a terminal', async () => {
    const Value = { Id: 'a\u001b[2J' };
    const Events = ['CustomerUpdated', 'CustomerAdded', 'New'].map((Discriminator) => ({
      Discriminator,
      Value,
    }));
    const stdin = JSON.stringify({ EnterpriseId: 'e', IntegrationId: 'i', Events });
    const { code, out } = await cli(['parse', '-'], { stdin });
    expect(code).toBe(0);
    expect(out).toMatch(/CustomerUpdated {7}a\\u001b\[2J {2}merged\n/);
    expect(out).toMatch(/New {19}unknown, kept/);
    expect(out).toContain('3 events, 1 request to fetch the entities');
    expect(out).not.toContain('\u001b');
  });

  test('Integration webhooks, without their secrets', async () => {
    const { out } = await cli(['parse', 'test/fixtures/integration-created.json']);
    expect(out).toBe('Integration webhook IntegrationCreated\n');
    const stdin = '{"Action":"New","Data":{"AccessToken":"hidden"}}';
    expect((await cli(['parse', '-'], { stdin })).out).toBe(
      'Integration webhook New, which this version does not know\n',
    );
  });

  test('what is wrong, without a value', async () => {
    const { code, out } = await cli(['parse', file('wrong', '{"EnterpriseId":"hidden"}')]);
    expect(code).toBe(1);
    expect(out).toMatch(/^invalid_webhook {2}.*IntegrationId: expected non-empty string/);
    expect(out).not.toContain('hidden');
  });

  test('all that is wrong, up to a hundred', async () => {
    const bodyOf = (Events: unknown[]) =>
      JSON.stringify({ EnterpriseId: 'e', IntegrationId: 'i', Events });
    const linesOf = async (Events: unknown[]) =>
      (await cli(['parse', '-'], { stdin: bodyOf(Events) })).out.split('\n');
    expect(await linesOf([{ Discriminator: 'PaymentUpdated', Value: {} }, null])).toEqual([
      expect.stringMatching(/^invalid_webhook {2}/),
      '  Events[0].Value.Id: expected non-empty string, received undefined',
      '  Events[1]: expected object, received null',
      '',
    ]);
    expect(await linesOf([null])).toHaveLength(2);
    const many = await linesOf(Array(200).fill(null));
    expect(many).toHaveLength(103);
    expect(many.at(-2)).toBe('  No more than 100 are listed.');
  });

  test('a long id is cut', async () => {
    const Events = [{ Discriminator: 'PaymentUpdated', Value: { Id: 'x'.repeat(1000) } }];
    const stdin = JSON.stringify({ EnterpriseId: 'e', IntegrationId: 'i', Events });
    const { out } = await cli(['parse', '-'], { stdin });
    expect(out).toContain(`  PaymentUpdated        ${'x'.repeat(100)}…\n`);
  });
});

test('nothing is printed of an error that may hold a value', () => {
  expect(messageOf(new TypeError('own'))).toBe('own');
  expect(messageOf(new Error('hidden'))).toBe('failed unexpectedly');
});

test('text is broken between words, colours and progress are for terminals', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(painter({ write: () => {} }, {})('red', 'text')).toBe('text');
  const written: string[] = [];
  progressLine({ isTTY: true, columns: 10, write: (text) => written.push(text) })('0123456789');
  expect(written).toEqual(['\r\u001b[K012345678']);
});

describe('the bin', () => {
  const { argv } = process;
  afterEach(() => {
    process.argv = argv;
    process.exitCode = undefined;
    vi.restoreAllMocks();
    vi.resetModules();
  });

  const start = async (args: readonly string[], onWrite: () => void = () => {}) => {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, callback) => {
      if (text !== '') onWrite();
      if (typeof callback === 'function') setImmediate(callback);
      return true;
    });
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    process.argv = [...argv.slice(0, 2), ...args];
    await import('../../src/cli/main.js');
    return { write, errors };
  };
  const exitCode = (expected: number) =>
    vi.waitFor(() => expect(process.exitCode).toBe(expected), { timeout: 10_000 });
  const failing = (code: string) => () =>
    void process.nextTick(() => process.stdout.emit('error', Object.assign(new Error(), { code })));

  test('sets the exit code', async () => {
    const { write } = await start(['--version']);
    await exitCode(0);
    expect(write).toHaveBeenCalledWith(`${manifest.version}\n`);
  });

  test('says that its output is lost', async () => {
    const { errors } = await start(['--version'], failing('ENOSPC'));
    await exitCode(2);
    expect(errors).toHaveBeenCalledWith('mews-webhooks: the output cannot be written\n');
  });

  test('is silent when a reader or the standard error closes', async () => {
    const { errors } = await start(['--version'], () => {
      failing('EPIPE')();
      process.nextTick(() => process.stderr.emit('error', new Error('EPIPE')));
    });
    await exitCode(0);
    expect(errors).not.toHaveBeenCalled();
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends listen at %s', async (signal) => {
    const { write } = await start(['listen', '--port', '0']);
    await vi.waitFor(() => expect(write).toHaveBeenCalledWith(expect.stringMatching(/^Listen/)), {
      timeout: 10_000,
    });
    process.emit(signal);
    await exitCode(0);
    expect(write).toHaveBeenCalledWith('\n0 deliveries; 0 events\n');
  });
});
