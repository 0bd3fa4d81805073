// A folder of examples/queues, copied into an empty directory, with the packed tarball: started as its
// README says, and driven into the faults that it has to survive. Redis and PostgreSQL are real.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type ConnectorMock, checkReceiver, startConnectorMock } from 'mews-webhooks/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pack } from '../../package/tarball.js';
import { until } from '../../soak/processes.js';
import type { Service } from '../../soak/services.js';
import { freePort } from '../../support.js';

// Mews waits 5 s. The rest is for a machine that is busy with other steps; without a limit of its own, a
// receiver waits for as long as its service is away, which is longer.
const inTimeMs = 8000;

/** The tests of one folder: by its name, and with the server that its queue needs. */
export function describeQueue(
  name: string,
  startService?: (folder: string) => Promise<Service>,
): void {
  const home = mkdtempSync(join(tmpdir(), 'mews-queues-'));
  // PostgreSQL runs as a user of its own, who has to get at its folder.
  chmodSync(home, 0o755);
  const folder = join(home, name);
  const children: ChildProcess[] = [];
  let service: Service | undefined;
  let mock: ConnectorMock;
  let env: NodeJS.ProcessEnv;
  let url = '';
  let log = '';
  let receiver: ChildProcess;
  let worker: ChildProcess;

  /** Runs a script of package.json, as the README does, but in a process that a signal reaches. */
  function run(script: string, ...args: string[]): ChildProcess {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const [, file] = /^tsx (\S+)$/.exec(scripts[script]) ?? [];
    const child = spawn(process.execPath, ['--import', 'tsx', file ?? '', ...args], {
      cwd: folder,
      env,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        log += chunk;
      });
    }
    children.push(child);
    return child;
  }

  const says = (text: string | RegExp, from = 0) =>
    expect.poll(() => log.slice(from)).toMatch(text);

  async function start(): Promise<void> {
    const before = log.length;
    receiver = run('receiver');
    worker = run('worker');
    for (const line of ['Listening on', 'Waiting for webhooks']) {
      await until(`${line}\n${log}`, 30_000, () => log.slice(before).includes(line));
    }
  }

  function npm(...args: string[]): string {
    return execFileSync('npm', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
  }

  const deadLetters = (): { reason: string; webhook: string }[] =>
    npm('run', '--silent', 'dead-letters', '--', 'list')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  async function post(events: unknown, IntegrationId = 'i', to = url): Promise<number> {
    const body = Buffer.from(JSON.stringify({ EnterpriseId: 'e', IntegrationId, Events: events }));
    // A kept connection may be closed at the other end while a command blocks this process.
    return (await fetch(to, { method: 'POST', body, headers: { connection: 'close' } })).status;
  }
  const payment = (Id: string) => ({ Discriminator: 'PaymentUpdated', Value: { Id } });
  const isFetched = (id: string) =>
    expect
      .poll(() => mock.requests.some(({ rows }) => rows.some(({ Id }) => Id === id)))
      .toBe(true);

  beforeAll(async () => {
    // What git ignores is not copied.
    cpSync(`examples/queues/${name}`, folder, {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules' && !path.includes('.db'),
    });
    service = await startService?.(mkdtempSync(join(home, 'service-')));
    mock = await startConnectorMock({
      integrations: [{ integrationId: 'i', enterpriseIds: ['e'], accessToken: 'ACCESS-TOKEN' }],
      clientToken: 'CLIENT-TOKEN',
      isMalformedId: (id) => id === 'malformed',
    });
    const port = await freePort();
    env = {
      ...process.env,
      ...service?.env,
      MEWS_TOKEN: 'URL-TOKEN',
      MEWS_PLATFORM_ADDRESS: mock.platformAddress,
      MEWS_CLIENT_TOKEN: 'CLIENT-TOKEN',
      // One token can't be used: that concerns its integration alone.
      MEWS_ACCESS_TOKENS: '{"i":"ACCESS-TOKEN","spoiled":7}',
      PORT: String(port),
      RETRY_FACTOR: '0.02',
    };
    url = `http://127.0.0.1:${port}/?Token=URL-TOKEN`;
    npm('install', '--no-audit', '--no-fund', pack(home));
    await start();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await service?.stop();
    await mock.close();
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(() => {
    mock.recover();
  });

  test('stands alone, compiles, and passes the receiver check', async () => {
    expect(readdirSync(join(folder, 'node_modules/mews-webhooks'))).toContain('dist');
    npm('exec', '--', 'tsc');
    const { results } = await checkReceiver(url, { timeoutMs: 30_000 });
    expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
    npm('run', '--silent', 'dead-letters', '--', 'delete');
  });

  test('fetches and stores, retries what lags, and dead-letters the rest alone', async () => {
    await mock.put('Payment', { Id: 'there' });
    await mock.put('Payment', { Id: 'late' }, { lagMs: 1500 });
    expect(
      await post([
        payment('there'),
        payment('late'),
        payment('malformed'),
        payment('never \0 \ud800'),
        { Discriminator: 'ResourceDeleted', Value: { Id: 'unknown' } },
        { Discriminator: 'MessageAdded', Value: { Id: 'message' } },
      ]),
    ).toBe(204);
    expect(await post([payment('x')], 'spoiled')).toBe(204);
    await isFetched('there');
    await isFetched('late');
    await expect
      .poll(() => deadLetters().map(({ reason }) => reason), { timeout: 60_000, interval: 1000 })
      .toContain('not_found');
    const letters = deadLetters();
    const found = letters.filter(({ webhook }) => !webhook.includes('mews-webhooks'));
    expect(found.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        'invalid_request',
        'no_connection',
        'no_message_threads',
        'unknown_event',
        'not_found',
      ]),
    );
    const missing = found.find(({ reason }) => reason === 'not_found');
    expect(JSON.parse(missing?.webhook ?? '').Events).toEqual([payment('never \0 \ud800')]);
    expect(log).toMatch(/Retry in \d+ s: not_found, /);
  });

  test('dead-letters nothing for an outage, and says why it retries', async () => {
    npm('run', '--silent', 'dead-letters', '--', 'delete');
    await mock.put('Payment', { Id: 'outlasting' });
    mock.fail({ status: 503 }, { times: Number.POSITIVE_INFINITY });
    const before = mock.requests.length;
    expect(await post([payment('outlasting')])).toBe(204);
    await expect.poll(() => mock.requests.length - before, { timeout: 90_000 }).toBeGreaterThan(6);
    expect(log).toMatch(/Retry in \d+ s: server_error 503, 1 event of i/);
    mock.recover();
    await isFetched('outlasting');
    expect(deadLetters()).toEqual([]);
  });

  test('lists more dead letters than a pipe holds', async () => {
    npm('run', '--silent', 'dead-letters', '--', 'delete');
    const events = Array.from({ length: 6000 }, (_, index) => ({
      Discriminator: 'ResourceDeleted',
      Value: { Id: `unknown ${index}` },
    }));
    expect(await post(events)).toBe(204);
    await expect
      .poll(() => deadLetters().map(({ webhook }) => JSON.parse(webhook).UnknownEvents), {
        timeout: 60_000,
      })
      .toEqual([events]);
    npm('run', '--silent', 'dead-letters', '--', 'delete');
  });

  test('dead-letters a 401 as an error, and replays it', async () => {
    await mock.put('Payment', { Id: 'refused' });
    mock.fail({ status: 401 });
    expect(await post([payment('refused')])).toBe(204);
    await says(/Dead letter: unauthorized 401, Request-Id /);
    await expect.poll(() => deadLetters().map(({ reason }) => reason)).toEqual(['unauthorized']);
    npm('run', '--silent', 'dead-letters', '--', 'replay', 'unauthorized');
    await isFetched('refused');
    expect(deadLetters()).toEqual([]);
  });

  test('SIGTERM ends both with exit code 0, after the batch in hand', async () => {
    await mock.put('Payment', { Id: 'in hand' });
    mock.fail({ delayMs: 2000 });
    const before = mock.requests.length;
    expect(await post([payment('in hand')])).toBe(204);
    await expect.poll(() => mock.requests.length).toBeGreaterThan(before);
    const rows = log.match(/Batch: 1 webhook, 1 row/g)?.length ?? 0;
    // Not 'exit', which may come before the last lines have been read.
    const ends = [receiver, worker].map((child) => once(child, 'close'));
    receiver.kill('SIGTERM');
    worker.kill('SIGTERM');
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(log.match(/Batch: 1 webhook, 1 row/g)).toHaveLength(rows + 1);
    await start();
  });

  if (startService !== undefined)
    test('responds 503 in time while its service is away, and says why', async () => {
      const before = log.length;
      const back = service?.crash(12_000);
      // The last processes of PostgreSQL end a little after it, and store what comes until then.
      for (let status = 204; status === 204; ) {
        const startedAt = Date.now();
        status = await post([payment('there')]);
        expect([204, 503]).toContain(status);
        expect(Date.now() - startedAt).toBeLessThan(inTimeMs);
      }
      await says(/Not stored yet: \w*[Ee]rror: \S+/, before);
      await back;
      await expect.poll(() => post([payment('there')])).toBe(204);
    });

  if (name === 'bullmq')
    test('responds 503 while Redis is at its memory limit, and says why', async () => {
      const { Redis } = createRequire(join(folder, 'package.json'))('ioredis');
      const redis = new Redis({ port: Number(env.REDIS_PORT) });
      const before = log.length;
      await redis.config('SET', 'maxmemory', '1');
      expect(await post([payment('there')])).toBe(503);
      await says(/Not stored yet: \w*Error: OOM command not allowed/, before);
      await redis.config('SET', 'maxmemory', '0');
      expect(await post([payment('there')])).toBe(204);
      redis.disconnect();
    });

  if (name === 'bullmq')
    test('a receiver that loses Redis while it connects finds it again', async () => {
      let isAway = true;
      const proxy = createServer((socket) => {
        const redis = connect(Number(env.REDIS_PORT), '127.0.0.1');
        const end = () => {
          socket.destroy();
          redis.destroy();
        };
        let questions = 0;
        socket.on('data', (data) => {
          questions += data.toString().match(/\r\ninfo\r\n/gi)?.length ?? 0;
          // The first question is of ioredis, which asks again; the second would be of BullMQ.
          if (isAway && questions > 1) end();
          else redis.write(data);
        });
        redis.on('data', (data) => void socket.write(data));
        for (const each of [socket, redis]) each.on('error', end).on('close', end);
      });
      const [port, proxyPort] = [await freePort(), await freePort()];
      await once(proxy.listen(proxyPort, '127.0.0.1'), 'listening');
      const usual = env;
      env = { ...env, PORT: String(port), REDIS_PORT: String(proxyPort) };
      const from = log.length;
      const child = run('receiver');
      env = usual;
      await says(/Listening on/, from);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      isAway = false;
      const to = `http://127.0.0.1:${port}/?Token=URL-TOKEN`;
      await expect.poll(() => post([payment('there')], 'i', to)).toBe(204);
      child.kill();
      proxy.close();
    });

  if (name === 'sqlite')
    test('50 deliveries under a foreign lock are answered in time', async () => {
      const Database = createRequire(join(folder, 'package.json'))('libsql');
      const db = new Database(join(folder, 'queue.db'));
      const before = log.length;
      db.exec('BEGIN IMMEDIATE');
      const deliver = async () => {
        const startedAt = Date.now();
        return { status: await post([payment('there')]), ms: Date.now() - startedAt };
      };
      const refused = await Promise.all(Array.from({ length: 50 }, deliver));
      db.exec('ROLLBACK');
      db.close();
      expect(refused.map(({ status }) => status)).toEqual(Array(50).fill(503));
      for (const { ms } of refused) expect(ms).toBeLessThan(inTimeMs);
      await says(/Not stored yet: SqliteError: database is locked/, before);
      const accepted = await Promise.all(Array.from({ length: 50 }, deliver));
      expect(accepted.map(({ status }) => status)).toEqual(Array(50).fill(204));
    });

  if (name === 'sqlite')
    test('a start waits until another process lets go of the lock', async () => {
      const Database = createRequire(join(folder, 'package.json'))('libsql');
      const database = join(folder, 'locked.db');
      const db = new Database(database);
      db.exec('BEGIN EXCLUSIVE');
      const before = { ...env };
      env = { ...env, DATABASE: database, PORT: `${await freePort()}` };
      const length = log.length;
      const child = run('receiver');
      env = before;
      await new Promise((resolve) => setTimeout(resolve, 2000));
      expect(child.exitCode).toBeNull();
      expect(log.slice(length)).not.toMatch(/Listening on|can not start/);
      db.exec('ROLLBACK');
      db.close();
      await says(/Listening on/, length);
      child.kill();
    });

  test.each([
    ['receiver', 'MEWS_TOKEN'],
    ['worker', 'MEWS_PLATFORM_ADDRESS'],
    ['worker', 'MEWS_CLIENT_TOKEN'],
    ['worker', 'MEWS_ACCESS_TOKENS'],
  ])('the %s does not start without %s, and says so in a line', async (script, variable) => {
    const before = { ...env };
    delete env[variable];
    const child = run(script);
    env = before;
    expect((await once(child, 'exit'))[0]).toBe(1);
    await says(`The ${script} can not start: TypeError: ${variable}: expected a value`);
  });

  test('logged neither a token nor a row', () => {
    expect(log).not.toMatch(/URL-TOKEN|CLIENT-TOKEN|ACCESS-TOKEN|CreatedUtc/);
    // What the search could have found is there.
    expect(log).toMatch(/Batch: \d+ webhooks?, \d+ rows?/);
  });
}
