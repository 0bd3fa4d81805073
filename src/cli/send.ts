import { readFile } from 'node:fs/promises';
import { readAddress, withTokens } from '../testing/address.js';
import {
  createEvent,
  createWebhook,
  type DeliveryResult,
  deliver,
  type WebhookPayload,
} from '../testing/index.js';
import { createRandom, type Random, randomId } from '../testing/random.js';
import { readMessages } from './messages-file.js';
import { readNumber, readOptions } from './options.js';
import { painter, printable, progressLine, type Terminal, UsageError } from './terminal.js';

/** `send URL`: sends at a steady rate, and measures. Returns the exit code. */
export async function send(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positional } = readOptions(args, 'URL', {
    event: { type: 'string', multiple: true },
    id: { type: 'string' },
    enterprise: { type: 'string' },
    integration: { type: 'string' },
    seed: { type: 'string' },
    events: { type: 'string' },
    count: { type: 'string' },
    rate: { type: 'string' },
    file: { type: 'string' },
    token: { type: 'string' },
    'allow-remote': { type: 'boolean' },
  });
  const count = readNumber('--count', values.count, [1, 10_000], 1);
  const rate = readNumber('--rate', values.rate, [1, 200], 10);
  const allowRemote = values['allow-remote'] === true;
  const address = readAddress(positional, allowRemote, 'URL');
  const url = values.token === undefined ? address : withTokens(address, 'Token', [values.token]);
  const { stdout, stderr } = terminal;

  let messages: Iterable<WebhookPayload | Uint8Array>;
  let total = count;
  let isSpoiled = false;
  if (values.file === undefined) {
    messages = drawMessages(values, count, stdout);
  } else {
    for (const name of ['event', 'id', 'events', 'enterprise', 'integration', 'seed'] as const) {
      if (values[name] !== undefined) throw new UsageError(`--file, --${name}: only one of them`);
    }
    const { bodies, spoiledLines } = readMessages(await read(values.file));
    for (const line of spoiledLines) stderr.write(`line ${line}: not a JSON object, not sent\n`);
    isSpoiled = spoiledLines.length > 0;
    total = bodies.length * count;
    messages = repeat(bodies, count);
  }

  const progress = progressLine(stderr);
  const started = performance.now();
  const running: Promise<DeliveryResult>[] = [];
  let done = 0;
  for (const message of messages) {
    const waitMs = started + (running.length * 1000) / rate - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const delivery = deliver(url, message, { allowRemote });
    running.push(delivery);
    void delivery.then(() => {
      done++;
      progress(bar(done, total));
    });
    // One after the other, so that a slow receiver gets a recording in its order, too.
    if (values.file !== undefined) await delivery;
  }
  const deliveries = await Promise.all(running);
  progress('');
  return printOutcomes(deliveries, terminal) && !isSpoiled ? 0 : 1;
}

interface DrawOptions {
  readonly event?: readonly string[] | undefined;
  readonly id?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly integration?: string | undefined;
  readonly seed?: string | undefined;
  readonly events?: string | undefined;
}

/** Draws the messages of a run, all of one enterprise and one integration, which it prints. */
function drawMessages(
  { event, id, enterprise, integration, seed, events }: DrawOptions,
  count: number,
  stdout: Terminal['stdout'],
): Iterable<WebhookPayload> {
  const given = { '--event': event, '--id': [id], '--enterprise': [enterprise] };
  for (const [name, texts] of Object.entries({ ...given, '--integration': [integration] })) {
    if (texts?.includes('')) throw new UsageError(`${name}: expected non-empty text`);
  }
  if (id !== undefined && event === undefined) throw new UsageError('--id needs --event');
  if (events !== undefined && event !== undefined) {
    throw new UsageError('--events, --event: only one of them');
  }
  const size = readNumber('--events', events, [0, 10_000], 3);
  const random = createRandom(
    seed === undefined ? undefined : readNumber('--seed', seed, [0, 2 ** 32 - 1], 0),
  );
  const [EnterpriseId, IntegrationId] = [
    enterprise ?? randomId(random),
    integration ?? randomId(random),
  ];
  stdout.write(
    `Enterprise   ${printable(EnterpriseId)}\nIntegration  ${printable(IntegrationId)}\n`,
  );
  const draw = () =>
    createWebhook(
      {
        EnterpriseId,
        IntegrationId,
        ...(event && { Events: event.map((name) => createEvent(name, id ?? randomId(random))) }),
      },
      { count: size, seed: seedOf(random) },
    );
  return drawEach(draw, count);
}

/** Draws each message when it is sent: all of a run can be more than fits into memory. */
function* drawEach(draw: () => WebhookPayload, count: number): Iterable<WebhookPayload> {
  for (let index = 0; index < count; index++) yield draw();
}

function* repeat<T>(items: readonly T[], times: number): Iterable<T> {
  for (let index = 0; index < times; index++) yield* items;
}

function seedOf(random: Random): number {
  return Math.floor(random() * 2 ** 32);
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new UsageError('--file: the file cannot be read');
  }
}

function bar(done: number, total: number): string {
  const filled = Math.round((done / total) * 30);
  return `[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${done} of ${total}`;
}

/** Prints the outcomes and the times; returns whether all deliveries were accepted. */
function printOutcomes(deliveries: readonly DeliveryResult[], { stdout, env }: Terminal): boolean {
  const paint = painter(stdout, env);
  const attempts = deliveries.map(({ attempts: [attempt] }) => attempt);
  if (attempts.every(({ failure }) => failure === 'tls')) {
    throw new UsageError(
      'URL: no TLS connection; is it https, and is its certificate trusted (NODE_EXTRA_CA_CERTS)?',
    );
  }
  if (attempts.every(({ failure }) => failure === 'unreachable')) {
    throw new UsageError('URL: no connection; does the receiver run, and on this host and port?');
  }
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
  return isOk;
}
