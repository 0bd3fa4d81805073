// The queue: tables of a SQLite database.
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { type DeadLetter, type Queue, type Taken, toText } from './batch.js';
import { messageOf } from './log.js';

interface Row extends Taken {
  readonly id: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due INTEGER NOT NULL,
    item TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entities (
    enterprise TEXT NOT NULL,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (enterprise, entity, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    reason TEXT NOT NULL,
    status INTEGER,
    request_id TEXT,
    detail TEXT,
    webhook TEXT NOT NULL
  ) STRICT;
`;

/** Opens the file with its tables, and waits while a process that starts as well holds the lock. */
async function openDatabase(path: string, busyMs: number): Promise<Database.Database> {
  for (let attempt = 1; ; attempt++) {
    const db = new Database(path);
    try {
      db.pragma(`busy_timeout = ${busyMs}`);
      db.pragma('journal_mode = WAL');
      // A commit is on the disk when it returns, so that it survives a power cut as well.
      db.pragma('synchronous = FULL');
      db.exec(schema);
      return db;
    } catch (error) {
      db.close();
      if (attempt === maxOpenAttempts || !messageOf(error).includes('locked')) throw error;
      await sleep(100);
    }
  }
}

const maxOpenAttempts = 100;

/** A call blocks the process while another one holds the lock: a receiver must not wait for it long. */
const busyMsOf = { receiver: 20, worker: 5000 };

export async function openQueue(
  role: 'receiver' | 'worker',
  path = process.env.DATABASE ?? 'queue.db',
): Promise<Queue<Row>> {
  const db = await openDatabase(path, busyMsOf[role]);
  const insert = db.prepare('INSERT INTO queue (item, due) VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM queue WHERE id = ?');
  const due = db.prepare('SELECT id, item FROM queue WHERE due <= ? ORDER BY id LIMIT ?');
  const addDeadLetter = db.prepare(
    'INSERT INTO dead_letters (reason, status, request_id, detail, webhook) VALUES (?, ?, ?, ?, ?)',
  );
  const upsert = db.prepare(`
    INSERT INTO entities (enterprise, entity, id, version, row) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET version = excluded.version, row = excluded.row
    WHERE excluded.version >= entities.version
  `);

  // Deliveries that come together share a transaction, and so one wait for the lock and for the disk.
  const insertAll = db.transaction((items: readonly string[]) => {
    for (const item of items) insert.run(item, Date.now());
  });
  let waiting: { item: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  const flush = () => {
    const saves = waiting;
    waiting = [];
    try {
      insertAll(saves.map(({ item }) => item));
      for (const { resolve } of saves) resolve();
    } catch (error) {
      for (const { reject } of saves) reject(error);
    }
  };

  const finish = db.transaction((...[rows, outcome]: Parameters<Queue<Row>['finish']>) => {
    for (const { enterprise, entity, id, version, row } of outcome.entities) {
      upsert.run(enterprise, entity, id, version, row);
    }
    for (const retry of outcome.retries) {
      insert.run(toText(retry), Date.now() + Math.ceil(retry.afterMs));
    }
    for (const { reason, status, requestId, detail, webhook } of outcome.deadLetters) {
      addDeadLetter.run(reason, status, requestId, detail, webhook);
    }
    for (const { id } of rows) remove.run(id);
  });

  return {
    save: (webhook) =>
      new Promise((resolve, reject) => {
        const item = toText({ webhook, attempt: 1, notFound: 0 });
        if (waiting.push({ item, resolve, reject }) === 1) setImmediate(flush);
      }),
    take: async (limit) => due.all(Date.now(), limit).filter(isRow),
    finish: async (rows, outcome) => void finish(rows, outcome),
    async deadLetters() {
      const sql =
        'SELECT id, reason, status, request_id AS requestId, detail, webhook FROM dead_letters';
      const removeOne = db.prepare('DELETE FROM dead_letters WHERE id = ?');
      return db
        .prepare(sql)
        .all()
        .filter(isDeadLetter)
        .map(({ id, ...letter }) => ({ ...letter, remove: async () => void removeOne.run(id) }));
    },
    close: async () => void db.close(),
  };
}

// The tables are STRICT, so that columns hold what they are declared to hold.
function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'number';
}

function isDeadLetter(row: unknown): row is DeadLetter & { readonly id: number } {
  return isRow(row) && 'webhook' in row;
}
