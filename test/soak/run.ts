// Runs one variant: traffic while processes are killed and services fail, then the proof.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support.js';
import { mountDisk } from './disk.js';
import { Process, script, until } from './processes.js';
import { type Proof, prove, spoil } from './proof.js';
import { between, pick, seeded } from './random.js';
import { Sender } from './sender.js';
import { listens } from './services.js';
import type { Variant } from './variants.js';
import { accessTokens, clientToken, enterprises, startApi, threads, World } from './world.js';

/** Retries come after a fiftieth of the usual time: six attempts take some six seconds. */
const retryFactor = 0.02;
/** Longer than six attempts, after which a missing row is given up. */
const outageMs = 12_000;
const outage = { status: 503 };

export interface Result extends Proof {
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
  /** Requests to the Connector API, also those that it failed, but for those in an outage. */
  readonly requests: number;
  readonly requestsInOutages: number;
  /** The responses of the API by status. */
  readonly apiStatuses: Readonly<Record<string, number>>;
  /** The responses of the receivers by status; 0 is no response in 5 seconds. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly kills: number;
  /** Restarts by SIGTERM, and how many of them did not end by themselves in time. */
  readonly restarts: number;
  readonly stuckRestarts: number;
  readonly serviceCrashes: number;
  readonly apiOutages: number;
  readonly fullDisks: number;
  /** The longest that a delivery waited, for a response or in vain. */
  readonly longestWaitMs: number;
}

export async function run(variant: Variant, seed: number, seconds: number): Promise<Result> {
  const random = seeded(seed);
  // What happens at real times must not shift the numbers that decide about the traffic.
  const chaos = seeded(seed + 1);
  const folder = mkdtempSync(join(tmpdir(), 'mews-soak-'));
  const mock = await startApi(seed);
  const world = new World(mock, seeded(seed + 2));
  const stops: (() => unknown)[] = [mock.close];
  try {
    const service = await variant.startService?.(folder);
    if (service) stops.unshift(service.stop);
    const disk = variant.file && !variant.naive ? mountDisk(folder) : undefined;
    if (disk) stops.unshift(disk.unmount);
    const env = {
      ...service?.env,
      DATABASE: join(disk?.folder ?? folder, 'queue.db'),
      MEWS_TOKEN: 's3cret',
      MEWS_CLIENT_TOKEN: clientToken,
      MEWS_PLATFORM_ADDRESS: mock.platformAddress,
      MEWS_ACCESS_TOKENS: JSON.stringify(accessTokens),
      MEWS_THREADS: JSON.stringify(threads),
      RETRY_FACTOR: String(retryFactor),
      STALLED_INTERVAL_MS: '2000',
      LOCK_DURATION_MS: '5000',
      EXPIRE_SECONDS: '10',
    };
    const ports: number[] = [];
    for (let count = 0; count < variant.receivers; count++) ports.push(await freePort());
    const processes = ports.map((port) =>
      script(variant.receiver, variant.folder, { ...env, PORT: String(port) }),
    );
    for (let count = 0; count < variant.workers; count++) {
      processes.push(script(`${variant.folder}/worker.ts`, variant.folder, env));
    }
    const running = processes.map((command) => new Process(command));
    stops.unshift(...running.map((process) => () => process.end('SIGKILL')));
    // All at once, on an empty database.
    for (const process of running) process.start();
    const allListen = async () => (await Promise.all(ports.map(listens))).every(Boolean);
    const complaints = () => running.map((process) => process.complaints).join('\n');
    await until('the receivers listen', 120_000, allListen).catch((error) => {
      throw new Error(`${error.message}\n${complaints()}`);
    });
    if (running.some(({ hasEnded }) => hasEnded)) {
      throw new Error(`A process did not survive its start\n${complaints()}`);
    }

    const sender = new Sender(
      ports.map((port) => `http://127.0.0.1:${port}/mews?Token=s3cret`),
      random,
    );
    const end = Date.now() + seconds * 1000;
    const counts = { kills: 0, restarts: 0, stuckRestarts: 0 };
    const faults = { serviceCrashes: 0, apiOutages: 0, fullDisks: 0 };

    // A process that found its service away at its start has ended; a supervisor starts it again.
    const revive = () => {
      for (const process of running.filter(({ hasEnded }) => hasEnded)) process.start();
    };
    const sendStep = () => {
      for (const message of world.step()) sender.send(message);
    };
    const traffic = async () => {
      while (Date.now() < end) {
        sendStep();
        await sleep(between(random, 50, 250));
      }
    };
    const killing = async () => {
      while (Date.now() < end) {
        await sleep(between(chaos, 2500, 7000));
        revive();
        const victim = pick(chaos, running);
        if (chaos() < 0.4) {
          counts.restarts++;
          if (!(await victim.restart(60_000))) counts.stuckRestarts++;
          continue;
        }
        await victim.end('SIGKILL');
        counts.kills++;
        await sleep(between(chaos, 100, 800));
        victim.start();
      }
    };
    const failing = async () => {
      // Naive variants have to lose without any of this.
      while (!variant.naive && Date.now() < end) {
        await sleep(between(chaos, 2000, 6000));
        mock.fail(outage, { times: Number.POSITIVE_INFINITY });
        faults.apiOutages++;
        await sleep(outageMs);
        mock.recover();
        await sleep(between(chaos, 2000, 6000));
        await spoil(variant, env, world);
        await service?.crash(2000);
        if (service) faults.serviceCrashes++;
        await disk?.fill(4000);
        if (disk) faults.fullDisks++;
        // Long runs have time to recover between the faults.
        await sleep(seconds * 50);
      }
    };
    await Promise.all([traffic(), killing(), failing()]);
    const listenAgain = () =>
      until('the receivers listen again', 120_000, () => {
        revive();
        return allListen();
      });
    await listenAgain();
    // None of these entities changes once more: what is accepted and not stored by now is lost for good.
    const accepted = sender.events;
    for (let step = 0; step < 20; step++) sendStep();
    await until('a message is accepted', 60_000, () => sender.events > accepted);
    for (const receiver of running.slice(0, variant.receivers)) await receiver.end('SIGKILL');
    await listenAgain();
    await sender.settled();

    // A naive variant never gets there.
    const patienceMs = variant.naive ? 12_000 : 120_000;
    let proof: Proof = { lost: NaN, notDeadLettered: NaN, wronglyDeadLettered: NaN };
    const isProven = () => proof.lost === 0 && proof.notDeadLettered === 0;
    const proven = async () => {
      revive();
      proof = await prove(variant, env, world, mock);
      return isProven();
    };
    await settle(patienceMs, proven);

    // An entity changes while the response that holds its former state is on its way.
    mock.fail({ delayMs: 1500 }, { times: Number.POSITIVE_INFINITY });
    const changeTwice = async (enterprise: string) => {
      const { message, id } = world.changeLast(enterprise);
      sender.send(message);
      await settle(120_000, () => {
        revive();
        return mock.requests.some(({ rows }) => rows.some(({ Id }) => Id === id));
      });
      sender.send(world.changeLast(enterprise).message);
    };
    await Promise.all(enterprises.map(changeTwice));
    await sender.settled();
    mock.recover();
    await settle(patienceMs, proven);

    if (!variant.naive && !isProven()) console.error(complaints());
    const apiStatuses = new Map<number | null, number>();
    for (const { status } of mock.requests) {
      apiStatuses.set(status, (apiStatuses.get(status) ?? 0) + 1);
    }
    return {
      name: variant.name,
      naive: variant.naive,
      seed,
      seconds,
      entities: mock.rows().length,
      messages: sender.messages,
      redeliveries: sender.redeliveries,
      discarded: sender.discarded,
      events: sender.events,
      requests: mock.requests.length - (apiStatuses.get(outage.status) ?? 0),
      requestsInOutages: apiStatuses.get(outage.status) ?? 0,
      apiStatuses: Object.fromEntries(apiStatuses),
      statuses: Object.fromEntries(sender.statuses),
      ...counts,
      ...faults,
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
  // A process that reads a store can fail while another one is killed.
  let failure: unknown;
  const holdsNow = async () => {
    try {
      return await holds();
    } catch (error) {
      failure = error;
      return false;
    }
  };
  await until('', ms, holdsNow).catch(() => failure !== undefined && console.error(failure));
}
