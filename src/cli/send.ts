import { readFile } from 'node:fs/promises';
import { readAddress, withTokens } from '../testing/address.js';
import { createWebhook, type DeliveryResult, deliver } from '../testing/index.js';
import { readNumber, readOptions } from './options.js';
import { painter, progressLine, type Terminal, UsageError } from './terminal.js';

/** `send URL`: sends at a steady rate, and measures. Returns the exit code. */
export async function send(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positional } = readOptions(args, 'URL', {
    events: { type: 'string' },
    count: { type: 'string' },
    rate: { type: 'string' },
    file: { type: 'string' },
    token: { type: 'string' },
    'allow-remote': { type: 'boolean' },
  });
  const events = readNumber('--events', values.events, [0, 10_000], 3);
  const total = readNumber('--count', values.count, [1, 10_000], 1);
  const rate = readNumber('--rate', values.rate, [1, 200], 10);
  const allowRemote = values['allow-remote'] === true;
  const address = readAddress(positional, allowRemote);
  const url = values.token === undefined ? address : withTokens(address, 'Token', [values.token]);
  const body = values.file === undefined ? undefined : await read(values.file);
  const progress = progressLine(terminal.stderr);
  const started = performance.now();
  const running: Promise<DeliveryResult>[] = [];
  let done = 0;
  for (let index = 0; index < total; index++) {
    const waitMs = started + (index * 1000) / rate - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const message = body ?? createWebhook({}, { count: events });
    const delivery = deliver(url, message, { allowRemote });
    running.push(delivery);
    void delivery.then(() => {
      done++;
      progress(bar(done, total));
    });
  }
  const deliveries = await Promise.all(running);
  progress('');
  return report(deliveries, terminal);
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new UsageError('--file: the file can not be read');
  }
}

function bar(done: number, total: number): string {
  const filled = Math.round((done / total) * 30);
  return `[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${done} of ${total}`;
}

function report(deliveries: readonly DeliveryResult[], { stdout, env }: Terminal): number {
  const paint = painter(stdout, env);
  const attempts = deliveries.map(({ attempts: [attempt] }) => attempt);
  const counts = new Map<string, number>();
  for (const { status, failure } of attempts) {
    const outcome = status === null ? `${failure}` : `${status}`;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const isOk = deliveries.every(({ ok }) => ok);
  const outcomes = [...counts].map(([outcome, count]) => `${count} × ${outcome}`);
  stdout.write(`${paint(isOk ? 'green' : 'red', outcomes.join(', '))}\n`);
  const times = attempts.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const figures = [50, 90, 99, 100].flatMap((percent) => {
    const name = percent === 100 ? 'max' : `p${percent}`;
    const rank = Math.ceil((percent / 100) * times.length);
    return times.slice(rank - 1, rank).map((time) => `${name} ${time.toFixed(1)} ms`);
  });
  stdout.write(`${figures.join('   ')}\n`);
  const nowhere = attempts.every(({ failure }) => failure === 'unreachable' || failure === 'tls');
  if (nowhere) throw new UsageError('URL: no connection to anything there');
  return isOk ? 0 : 1;
}
