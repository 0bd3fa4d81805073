// Runs one variant: traffic while processes are killed, then the proof.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startConnector } from '../connector/server.js';
import { freePort } from '../support.js';
import { output, Process, script, until } from './processes.js';
import { between, pick, seeded } from './random.js';
import { Sender } from './sender.js';
import { listens } from './services.js';
import type { Variant } from './variants.js';
import { accessTokens, enterprises, threads, World } from './world.js';

export interface Result {
  readonly name: string;
  readonly naive: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly entities: number;
  readonly messages: number;
  readonly redeliveries: number;
  readonly discarded: number;
  /** Events of accepted deliveries: what one call per event would cost. */
  readonly events: number;
  /** Requests to the Connector API, also those that it failed. */
  readonly requests: number;
  readonly answers: Readonly<Record<string, number>>;
  /** What the receivers answered; 0 is no answer in 5 seconds. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly serviceCrashes: number;
  /** The longest that a delivery waited, for an answer or in vain. */
  readonly longestWaitMs: number;
  /** Entities whose last change was not stored in the end. */
  readonly lost: number;
  /** Events that belong aside, and are not there. */
  readonly notAside: number;
}

export async function run(variant: Variant, seed: number, seconds: number): Promise<Result> {
  const random = seeded(seed);
  // What happens at real times must not shift the numbers that decide about the traffic.
  const chaos = seeded(seed + 1);
  const world = new World(seeded(seed + 2));
  const folder = mkdtempSync(join(tmpdir(), 'mews-soak-'));
  const connector = await startConnector(world.connector);
  const stops: (() => Promise<void>)[] = [connector.close];
  try {
    const service = await variant.startService?.(folder);
    if (service) stops.push(service.stop);
    const env = {
      ...service?.env,
      DATABASE: join(folder, 'queue.db'),
      MEWS_TOKEN: 's3cret',
      MEWS_CLIENT_TOKEN: 'client',
      MEWS_PLATFORM_ADDRESS: connector.platformAddress,
      MEWS_ACCESS_TOKENS: JSON.stringify(accessTokens),
      MEWS_THREADS: JSON.stringify(threads),
      MEWS_LAG_MS: '1000',
      MEWS_BACK_OFF_MS: '200',
      STALLED_INTERVAL_MS: '2000',
      LOCK_DURATION_MS: '5000',
      EXPIRE_SECONDS: '10',
    };
    const ports: number[] = [];
    for (let count = 0; count < variant.receivers; count++) ports.push(await freePort());
    const processes = ports.map((port) => script(variant.receiver, { ...env, PORT: String(port) }));
    for (let count = 0; count < variant.workers; count++) {
      if (variant.worker) processes.push(script(variant.worker, env));
    }
    const running = processes.map((command) => new Process(command));
    stops.unshift(...running.map((process) => () => process.end('SIGKILL')));
    for (const process of running) process.start();
    const allListen = async () => (await Promise.all(ports.map(listens))).every(Boolean);
    await until('the receivers listen', 30_000, allListen).catch((error) => {
      throw new Error(`${error.message}\n${running.map((p) => p.complaints).join('\n')}`);
    });

    const sender = new Sender(
      ports.map((port) => `http://127.0.0.1:${port}/mews?Token=s3cret`),
      random,
    );
    const end = Date.now() + seconds * 1000;
    let kills = 0;
    let serviceCrashes = 0;

    // A process that found its service away at its start has ended; a supervisor starts it again.
    const revive = () => {
      for (const process of running.filter(({ hasEnded }) => hasEnded)) {
        const why = process.complaints.split('\n').filter((line) => /^\w*error:/i.test(line));
        console.log(
          `  ${variant.name}: a process ended by itself: ${why.at(-1) ?? 'no reason given'}`,
        );
        process.start();
      }
    };

    const traffic = async () => {
      while (Date.now() < end) {
        for (const message of world.step()) sender.send(message);
        await sleep(between(random, 50, 250));
      }
    };
    const killing = async () => {
      while (Date.now() < end) {
        await sleep(between(chaos, 2500, 7000));
        revive();
        const victim = pick(chaos, running);
        await victim.end('SIGKILL');
        kills++;
        await sleep(between(chaos, 100, 800));
        victim.start();
      }
    };
    const crashing = async () => {
      if (!service) return;
      await sleep(seconds * 500);
      await service.crash(2000);
      serviceCrashes++;
    };
    await Promise.all([traffic(), killing(), crashing()]);
    await until('the receivers listen again', 60_000, () => {
      revive();
      return allListen();
    });
    await sender.settled();

    const patience = variant.naive ? 8_000 : 90_000;
    const served = (key: string) => world.connector.served.get(key);
    const allServed = () =>
      [...world.connector.versions()].every(([key, version]) => served(key) === version);
    await settle(patience, allServed);

    // The last word: an entity changes while the answer that holds its former state is on its way.
    connector.setDelay(1500);
    await Promise.all(
      enterprises.map(async (enterprise) => {
        const { key, message } = world.changeLast(enterprise);
        sender.send(message);
        await settle(patience, () => served(key) === world.connector.versions().get(key));
        sender.send(world.changeLast(enterprise).message);
      }),
    );
    await sender.settled();
    connector.setDelay(0);

    let proof = { lost: -1, notAside: -1 };
    await settle(patience, async () => {
      proof = await prove(world, variant, env);
      return proof.lost === 0 && proof.notAside === 0;
    });
    const { answers } = world.connector;
    for (const process of running) {
      if (process.complaints !== '' && (proof.lost > 0 || proof.notAside > 0) && !variant.naive) {
        console.error(process.complaints);
      }
    }
    return {
      name: variant.name,
      naive: variant.naive,
      seed,
      seconds,
      entities: world.connector.versions().size,
      messages: sender.messages,
      redeliveries: sender.redeliveries,
      discarded: sender.discarded,
      events: sender.events,
      requests: [...answers.values()].reduce((sum, count) => sum + count, 0),
      answers: Object.fromEntries(answers),
      statuses: Object.fromEntries(sender.statuses),
      kills,
      serviceCrashes,
      longestWaitMs: sender.longestWaitMs,
      ...proof,
    };
  } finally {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until it holds, or patience is at its end. */
async function settle(ms: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  await until('', ms, holds).catch(() => undefined);
}

async function prove(world: World, variant: Variant, env: Readonly<Record<string, string>>) {
  const stored = new Map<string, unknown>();
  const aside = new Set<string>();
  for (const line of (await output(script(variant.print, env))).split('\n')) {
    if (line === '') continue;
    const item = JSON.parse(line);
    if (item.table === 'entities') {
      const key = `${item.enterprise}/${item.entity}/${item.id}`;
      stored.set(key, JSON.parse(item.row).Version);
    } else if (item.table === 'aside') {
      const { Events, UnknownEvents } = JSON.parse(item.webhook);
      for (const { Value } of [...Events, ...UnknownEvents]) {
        aside.add(`${item.reason} ${Value.Id}`);
      }
    }
  }
  const asides = [...aside];
  const expected = Object.entries(world.toPutAside).flatMap(([reason, ids]) =>
    [...ids].map((id) => ({ reason, id })),
  );
  return {
    lost: [...world.connector.versions()].filter(([key, version]) => stored.get(key) !== version)
      .length,
    notAside: expected.filter(
      ({ reason, id }) => !asides.some((item) => item.includes(reason) && item.endsWith(` ${id}`)),
    ).length,
  };
}
