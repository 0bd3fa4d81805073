// The queue: tables of a SQLite database.
import Database from 'libsql';
import { type GeneralWebhook, parseWebhook } from 'mews-webhooks';
import { instantOf, messageOf, type Outcome, type Waiting } from '../../queue-batch.js';

export interface Batch {
  readonly ids: readonly number[];
  readonly waiting: readonly Waiting[];
}

export interface Store {
  /** Has the webhook on the disk when it returns. */
  readonly save: (webhook: GeneralWebhook) => void;
  /** The webhooks that wait longest; they stay in the queue until they are `finish`ed. */
  readonly take: (limit: number) => Batch;
  /** Stores what became of a batch and removes it from the queue: both, or neither. */
  readonly finish: (ids: readonly number[], outcome: Outcome) => void;
  readonly close: () => void;
}

export function openDatabase(path: string): Database.Database {
  const db = new Database(path);
  // Calls block the process, so a lock is not waited for long. FULL: a commit is on the disk when it returns, so that it survives a power cut as well.
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'busy_timeout = 200']) {
    db.pragma(pragma);
  }
  return db;
}

export function openStore(path: string): Store {
  const db = openDatabase(path);
  db.exec(`
    CREATE TABLE IF NOT EXISTS queue (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      webhook TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      due INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS entities (
      enterprise TEXT NOT NULL,
      entity TEXT NOT NULL,
      id TEXT NOT NULL,
      instant TEXT NOT NULL,
      row TEXT NOT NULL,
      PRIMARY KEY (enterprise, entity, id)
    );
    CREATE TABLE IF NOT EXISTS aside (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      reason TEXT NOT NULL,
      webhook TEXT NOT NULL
    );
  `);
  const enqueue = db.prepare('INSERT INTO queue (webhook, attempts, due) VALUES (?, ?, ?)');
  const dequeue = db.prepare('DELETE FROM queue WHERE id = ?');
  const due = db.prepare('SELECT * FROM queue WHERE due <= ? ORDER BY id LIMIT ?');
  const putAside = db.prepare('INSERT INTO aside (reason, webhook) VALUES (?, ?)');
  // An older state never replaces a newer one, whichever worker comes last.
  const upsert = db.prepare(`
    INSERT INTO entities (enterprise, entity, id, instant, row) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET instant = excluded.instant, row = excluded.row
    WHERE excluded.instant >= entities.instant
  `);

  const finish = db.transaction((ids: readonly number[], { rows, again, aside }: Outcome) => {
    for (const item of rows) {
      const { EnterpriseId, entity, row } = item;
      upsert.run(EnterpriseId, entity, row.Id, instantOf(item), JSON.stringify(row));
    }
    for (const { webhook, attempts, delayMs } of again) {
      enqueue.run(JSON.stringify(webhook), attempts, Date.now() + delayMs);
    }
    for (const { reason, webhook } of aside) putAside.run(reason, JSON.stringify(webhook));
    for (const id of ids) dequeue.run(id);
  });

  const putUnreadableAside = db.transaction((id: number, text: string, reason: string) => {
    putAside.run(reason, text);
    dequeue.run(id);
  });

  return {
    save: (webhook) => void enqueue.run(JSON.stringify(webhook), 0, Date.now()),
    take(limit) {
      const ids: number[] = [];
      const waiting: Waiting[] = [];
      for (const { id, webhook, attempts } of due.all(Date.now(), limit).map(queued)) {
        try {
          waiting.push({ webhook: parseWebhook(webhook), attempts });
          ids.push(id);
        } catch (error) {
          // A row that someone spoiled must not stop the others.
          putUnreadableAside(id, webhook, messageOf(error));
        }
      }
      return { ids, waiting };
    },
    finish,
    close: () => db.close(),
  };
}

function queued(row: unknown): { id: number; webhook: string; attempts: number } {
  if (typeof row === 'object' && row !== null && 'id' in row && 'webhook' in row) {
    const { id, webhook } = row;
    const attempts = 'attempts' in row ? row.attempts : undefined;
    if (typeof id === 'number' && typeof webhook === 'string' && typeof attempts === 'number') {
      return { id, webhook, attempts };
    }
  }
  throw new TypeError('queue: expected rows with id, webhook and attempts');
}
