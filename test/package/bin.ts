// Installs the packed tarball in an empty project, and runs its command against receivers: a good one, one
// with a fault, one for both kinds of webhooks.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeHandler } from '../../src/http/node.js';
import { givenTarball } from './tarball.js';

const project = mkdtempSync(join(tmpdir(), 'mews-webhooks-cli-'));
const report = (what: string) => console.log(`ok: ${what}`);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const bin = join(project, 'node_modules', '.bin', 'mews-webhooks');

function run(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(bin, args, {
      cwd: project,
      timeout: 60_000,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

try {
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', givenTarball()], {
    cwd: project,
    stdio: 'inherit',
  });

  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const printed = await run(['--version']);
  assert.deepEqual([printed.code, printed.out.trim()], [0, version]);
  for (const command of ['check', 'listen', 'send', 'parse']) {
    const { code, out } = await run([command, '--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^Usage: mews-webhooks ${command}`));
  }
  report('--help and --version');

  const good = createServer(createNodeHandler({ token: 'a-secret', onWebhook: () => {} }));
  const handler = createNodeHandler({
    token: 'a-secret',
    onWebhook: () => {},
    onIntegrationWebhook: () => {},
    onRefused: () => {},
  });
  const shared = createServer(handler);
  const bad = createServer((request, response) => {
    const isTyped = request.headers['content-type'] === 'application/json';
    request.resume().on('end', () => response.writeHead(isTyped ? 200 : 415).end(request.url));
  });
  try {
    const [goodUrl, sharedUrl, badUrl] = await Promise.all(
      [good, shared, bad].map(async (server) => {
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const address = server.address();
        assert.ok(typeof address === 'object' && address !== null);
        return `http://127.0.0.1:${address.port}/?Token=a-secret`;
      }),
    );
    assert.ok(goodUrl !== undefined && sharedUrl !== undefined && badUrl !== undefined);

    const started = performance.now();
    const passed = await run(['check', goodUrl]);
    const seconds = (performance.now() - started) / 1000;
    assert.equal(passed.code, 0, passed.out);
    assert.doesNotMatch(passed.out, /FAIL|WARN|a-secret/);
    assert.ok(!passed.out.includes('\u001b'));
    assert.ok(seconds < 30, `took ${seconds} s`);
    report(`check of a good receiver: all green in ${seconds.toFixed(1)} s`);

    const both = await run(['check', sharedUrl, '--integration']);
    assert.equal(both.code, 0, both.out);
    assert.doesNotMatch(both.out, /FAIL|WARN|SKIP/);
    report('check of a shared endpoint, with Integration webhooks: all green');

    const failed = await run(['check', badUrl]);
    assert.equal(failed.code, 1);
    for (const rule of ['content-type', 'wrong-token', 'malformed-json', 'no-leak']) {
      assert.match(failed.out, new RegExp(`FAIL {2}${rule}`));
    }
    assert.doesNotMatch(failed.out + failed.err, /a-secret|^\s+at /m);
    report('check of a bad receiver: code 1, and the faults by name');

    const sent = await run(['send', goodUrl, '--count', '20', '--rate', '100']);
    assert.equal(sent.code, 0);
    assert.match(sent.out, /^Enterprise {3}\S+\nIntegration {2}\S+\n20 × 204\np50 /);
    report('send');

    const recording = join(project, 'deliveries.jsonl');
    const listener = spawn(bin, ['listen', '--port', '0', '--record', recording]);
    let shown = '';
    listener.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    const ended = once(listener, 'close');
    while (!shown.includes('Ctrl+C')) await once(listener.stdout, 'data');
    const [listenUrl = ''] = /http:\S+/.exec(shown) ?? [];
    const driven = ['--event', 'PaymentUpdated', '--id', 'p1', '--count', '3'];
    assert.equal((await run(['send', listenUrl, ...driven])).code, 0);
    listener.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    assert.match(shown, /PaymentUpdated {8}p1\n.*\n3 deliveries: 3 × 204; 3 events\n$/s);
    assert.equal(readFileSync(recording, 'utf8').split('\n').length, 4);
    const repeated = await run(['send', goodUrl, '--file', recording]);
    assert.match(repeated.out, /^3 × 204\n/);
    report('listen, and what it recorded sent again');
  } finally {
    for (const server of [good, shared, bad]) {
      server.close();
      server.closeAllConnections();
    }
  }

  const parsed = await run(['parse', '-'], '{"EnterpriseId":"e","IntegrationId":"i","Events":[]}');
  assert.equal(parsed.code, 0);
  assert.equal((await run(['parse', '-'], 'hidden')).code, 1);
  report('parse');

  for (const url of [
    'http://127.0.0.1:9/?Token=hidden',
    'localhost:3000',
    'https://example.com/',
  ]) {
    const { code, out, err } = await run(['check', url]);
    assert.deepEqual([code, out, err.split('\n').length], [2, '', 2]);
    assert.doesNotMatch(err, /hidden|^\s+at /m);
  }
  report('what can not be checked: one line, code 2');
} finally {
  rmSync(project, { recursive: true, force: true });
}
