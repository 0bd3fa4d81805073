// Fetches the entities of the webhooks that wait, and sorts out what becomes of each.
import { setTimeout as sleep } from 'node:timers/promises';
import { type GeneralWebhook, parseWebhook } from 'mews-webhooks';
import { type FetchedEntity, type FetchOptions, fetchEntities } from 'mews-webhooks/fetch';
import { messageOf } from './log.js';

/** A webhook that waits. The queue keeps it as JSON text. */
export interface Item {
  readonly webhook: GeneralWebhook;
  /** Which attempt is next, counted from 1. */
  readonly attempt: number;
  /** How many responses lacked its rows. */
  readonly notFound: number;
}

/** An item to put back into the queue. */
export interface Retry extends Item {
  readonly reason: string;
  readonly status: number | null;
  readonly afterMs: number;
}

/** What a person has to look at. */
export interface DeadLetter {
  readonly reason: string;
  /** Status and `Request-Id` of the response, where there was one. */
  readonly status: number | null;
  readonly requestId: string | null;
  /** What Mews or the parser says about it. */
  readonly detail: string | null;
  /** The webhook as JSON text, or the text that could not be read. */
  readonly webhook: string;
}

/** An entity with its row as JSON text. Never let a smaller version replace a larger one. */
export interface StoredEntity {
  readonly enterprise: string;
  readonly entity: string;
  readonly id: string;
  readonly version: string;
  readonly row: string;
}

export interface Outcome {
  readonly entities: readonly StoredEntity[];
  readonly retries: readonly Retry[];
  readonly deadLetters: readonly DeadLetter[];
}

/** What the queue hands to the worker: an item as it was stored, readable or not. */
export interface Taken {
  readonly item: unknown;
}

export interface StoredDeadLetter extends DeadLetter {
  readonly remove: () => Promise<unknown>;
}

/** What is needed of a queue. */
export interface Queue<T extends Taken> {
  /** The webhook is safe when this resolves. */
  readonly save: (webhook: GeneralWebhook) => Promise<void>;
  /** The items that are due. They stay in the queue until they are finished. */
  readonly take: (limit: number) => Promise<readonly T[]>;
  /** Stores the outcome and only then removes the items, so that nothing is lost in between. */
  readonly finish: (taken: readonly T[], outcome: Outcome) => Promise<void>;
  readonly deadLetters: () => Promise<readonly StoredDeadLetter[]>;
  readonly close: () => Promise<void>;
}

export interface WorkOptions extends FetchOptions {
  /** Multiplies each wait before a retry; 1 by default. Tests do not want to wait for minutes. */
  readonly retryFactor?: number | undefined;
}

const maxWebhooks = 200;
/** A row that never came in so many responses is out of reach. */
const maxNotFound = 6;
/** The wait no longer grows from here on. A bound keeps what waits in few groups, and so in few requests. */
const maxAttempt = 7;

/** Fetches and stores one batch, and returns how many webhooks it held. */
export async function work<T extends Taken>(
  queue: Pick<Queue<T>, 'take' | 'finish'>,
  options: WorkOptions,
  stop: AbortSignal,
): Promise<number> {
  const taken = await queue.take(maxWebhooks);
  if (taken.length === 0) return 0;
  const outcome = await fetchBatch(
    taken.map(({ item }) => item),
    options,
  );
  // What is fetched need not be fetched again because the store is away.
  for (let stored = false; !stored; ) {
    try {
      await queue.finish(taken, outcome);
      stored = true;
    } catch (error) {
      console.error('Batch not stored:', messageOf(error));
      if (stop.aborted) throw error;
      await sleep(1000);
    }
  }
  logOutcome(taken, outcome);
  return taken.length;
}

export async function fetchBatch(
  texts: readonly unknown[],
  { retryFactor = 1, ...options }: WorkOptions,
): Promise<Outcome> {
  const entities: StoredEntity[] = [];
  const retries: Retry[] = [];
  const deadLetters: DeadLetter[] = [];
  const groups = new Map<string, Item[]>();
  for (const text of texts) {
    try {
      const item = readItem(text);
      const key = `${item.attempt} ${item.notFound}`;
      groups.set(key, [...(groups.get(key) ?? []), item]);
    } catch (error) {
      deadLetters.push(unreadable(text, error));
    }
  }
  for (const items of groups.values()) {
    const { attempt = 1, notFound = 0 } = items[0] ?? {};
    const webhooks = items.map(({ webhook }) => webhook);
    const fetched = await fetchEntities(webhooks, { ...options, attempt });
    for (const one of fetched.entities) {
      try {
        entities.push(toStored(one));
      } catch (error) {
        // Text that JSON.stringify can't write, such as a row that is nested too deep.
        deadLetters.push(unreadable(`${one.entity} ${one.Id}`, error));
      }
    }
    for (const { webhook, reason, afterMs, status, requestId } of fetched.retries) {
      const misses = notFound + (reason === 'not_found' ? 1 : 0);
      if (misses >= maxNotFound) {
        const text = JSON.stringify(webhook);
        deadLetters.push({ reason, status, requestId, detail: null, webhook: text });
        continue;
      }
      const next = Math.min(attempt + 1, maxAttempt);
      const wait = afterMs * retryFactor;
      retries.push({ webhook, attempt: next, notFound: misses, reason, status, afterMs: wait });
    }
    for (const { webhook, ...rest } of fetched.rejections) {
      deadLetters.push({ ...rest, webhook: JSON.stringify(webhook) });
    }
  }
  return { entities, retries, deadLetters };
}

/** The text that a queue keeps of an item. */
export function toText({ webhook, attempt, notFound }: Item): string {
  return JSON.stringify({ webhook, attempt, notFound });
}

function readItem(text: unknown): Item {
  if (typeof text !== 'string') throw new TypeError('item: expected text');
  const item: unknown = JSON.parse(text);
  if (typeof item !== 'object' || item === null) throw new TypeError('item: expected an object');
  const webhook = parseWebhook('webhook' in item ? item.webhook : undefined);
  return {
    webhook,
    attempt: countOf('attempt' in item ? item.attempt : undefined, 1),
    notFound: countOf('notFound' in item ? item.notFound : undefined, 0),
  };
}

function countOf(value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new TypeError('item: expected whole numbers as attempt and notFound');
}

function toStored({ EnterpriseId, entity, Id, version, row }: FetchedEntity): StoredEntity {
  return { enterprise: EnterpriseId, entity, id: Id, version, row: JSON.stringify(row) };
}

function unreadable(value: unknown, error: unknown): DeadLetter {
  const webhook = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  // A SyntaxError quotes what it could not read, and so does no other.
  const detail = error instanceof SyntaxError ? 'item: expected JSON' : messageOf(error);
  return { reason: 'unreadable', status: null, requestId: null, detail, webhook };
}

/** One line for the batch, each retry and each dead letter; no token, no row. */
function logOutcome(taken: readonly Taken[], { entities, retries, deadLetters }: Outcome): void {
  for (const { webhook, reason, status, afterMs } of retries) {
    const why = status === null || status === 200 ? reason : `${reason} ${status}`;
    const what = `${count(webhook.Events, 'event')} of ${webhook.IntegrationId}`;
    console.log(`Retry in ${Math.ceil(afterMs / 1000)} s: ${why}, ${what}`);
  }
  for (const { reason, status, requestId } of deadLetters) {
    const log = reason === 'unauthorized' ? console.error : console.log;
    log(`Dead letter: ${reason}${status === null ? '' : ` ${status}, Request-Id ${requestId}`}`);
  }
  const parts = [
    count(taken, 'webhook'),
    count(entities, 'row'),
    count(retries, 'retry', 'retries'),
    count(deadLetters, 'dead letter'),
  ];
  console.log(`Batch: ${parts.join(', ')}`);
}

function count(items: readonly unknown[], one: string, several = `${one}s`): string {
  return `${items.length} ${items.length === 1 ? one : several}`;
}
