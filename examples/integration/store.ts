// What is known of each integration, and the General webhooks that wait to be fetched.
import Database from 'libsql';
import type { GeneralWebhook } from 'mews-webhooks';
import type { IntegrationWebhook } from 'mews-webhooks/integration';
import { type Queue, type Taken, toText } from './batch.js';
import type { Vault } from './vault.js';

interface Row extends Taken {
  readonly id: number;
  readonly integration: string;
}

export interface Store extends Omit<Queue<Row>, 'deadLetters' | 'save'> {
  readonly addWebhook: (webhook: GeneralWebhook) => void;
  readonly applyIntegrationWebhook: (webhook: IntegrationWebhook) => Promise<void>;
  /** The access token of an integration; `undefined` while there is none that may be used. */
  readonly accessTokenOf: (integrationId: string) => Promise<string | undefined>;
}

// Mews promises no order and sends again what failed, so each fact has a column of its own: whichever
// comes late can't undo another. What is not known yet is NULL. A token that was replaced leaves the
// file, encrypted as it is.
const schema = `
  PRAGMA secure_delete = ON;
  PRAGMA busy_timeout = 20;
  CREATE TABLE IF NOT EXISTS vault (sample TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS integration (
    id TEXT PRIMARY KEY,
    token TEXT,
    enabled INTEGER,
    canceled INTEGER,
    deleted INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due INTEGER NOT NULL,
    integration TEXT NOT NULL,
    item TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entity (
    enterprise TEXT NOT NULL,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (enterprise, entity, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dead_letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reason TEXT NOT NULL,
    status INTEGER,
    request_id TEXT,
    detail TEXT,
    webhook TEXT NOT NULL
  ) STRICT;`;

/** Opens the database, and creates it when there is none. Throws when its key is another one. */
export async function openStore(path: string, vault: Vault): Promise<Store> {
  const database = new Database(path);
  database.exec(schema);
  const [sample] = database.prepare('SELECT sample FROM vault').pluck().all();
  if (sample === undefined) {
    const sealed = await vault.encrypt('sample', 'vault');
    database.prepare('INSERT INTO vault (sample) VALUES (?)').run(sealed);
  } else if ((await vault.decrypt(String(sample), 'vault')) === undefined) {
    throw new TypeError('STORE_KEY: expected the key with which this database was made');
  }

  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).run(...values);
  const set = (id: string, column: 'enabled' | 'canceled', value: boolean) =>
    run(
      `INSERT INTO integration (id, ${column}) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET ${column} = excluded.${column}`,
      id,
      Number(value),
    );
  const add = (webhook: GeneralWebhook, item: string, afterMs: number) =>
    run(
      `INSERT INTO webhook (integration, item, due) SELECT ?1, ?2, ?3
       WHERE NOT EXISTS (SELECT * FROM integration WHERE id = ?1 AND deleted)`,
      webhook.IntegrationId,
      item,
      Date.now() + Math.ceil(afterMs),
    );

  const unreadable = new Set<unknown>();
  const accessTokenOf = async (id: string) => {
    const [sealed] = database
      .prepare(
        `SELECT token FROM integration WHERE id = ? AND token IS NOT NULL
         AND coalesce(enabled, 1) AND NOT coalesce(canceled, 0)`,
      )
      .pluck()
      .all(id);
    if (typeof sealed !== 'string') return undefined;
    const token = await vault.decrypt(sealed, id);
    if (token === undefined && !unreadable.has(sealed)) {
      unreadable.add(sealed);
      console.error(`The token of integration ${id} can not be read: its webhooks wait`);
    }
    return token;
  };

  const finish = database.transaction((...[taken, outcome]: Parameters<Store['finish']>) => {
    for (const { enterprise, entity, id, version, row } of outcome.entities) {
      run(
        `INSERT INTO entity (enterprise, entity, id, version, row) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET version = excluded.version, row = excluded.row
         WHERE excluded.version >= entity.version`,
        ...[enterprise, entity, id, version, row],
      );
    }
    for (const retry of outcome.retries) add(retry.webhook, toText(retry), retry.afterMs);
    for (const { reason, status, requestId, detail, webhook } of outcome.deadLetters) {
      run(
        `INSERT INTO dead_letter (reason, status, request_id, detail, webhook)
         VALUES (?, ?, ?, ?, ?)`,
        ...[reason, status, requestId, detail, webhook],
      );
    }
    for (const { id } of taken) run('DELETE FROM webhook WHERE id = ?', id);
  });

  return {
    addWebhook(webhook) {
      const minimal = minimalOf(webhook);
      add(minimal, toText({ webhook: minimal, attempt: 1, notFound: 0 }), 0);
    },

    async applyIntegrationWebhook(webhook) {
      const { Id } = webhook.Data.Integration;
      switch (webhook.Action) {
        case 'IntegrationCreated': {
          const { AccessToken, IsEnabled } = webhook.Data;
          // Sent again, it is older than what is known.
          run(
            `INSERT INTO integration (id, token, enabled) VALUES (?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET
               token = iif(deleted, NULL, coalesce(token, excluded.token)),
               enabled = coalesce(enabled, excluded.enabled)`,
            Id,
            await vault.encrypt(AccessToken, Id),
            Number(IsEnabled),
          );
          break;
        }
        case 'IntegrationApiKeyCreated':
          run(
            `INSERT INTO integration (id, token) VALUES (?, ?)
             ON CONFLICT (id) DO UPDATE SET token = iif(deleted, NULL, excluded.token)`,
            Id,
            await vault.encrypt(webhook.Data.ApiKey, Id),
          );
          break;
        case 'IntegrationEnabled':
        case 'IntegrationDisabled':
          set(Id, 'enabled', webhook.Action === 'IntegrationEnabled');
          break;
        case 'IntegrationCanceled':
        case 'IntegrationReinstated':
          set(Id, 'canceled', webhook.Action === 'IntegrationCanceled');
          break;
        case 'IntegrationDeleted':
          run(
            `INSERT INTO integration (id, deleted) VALUES (?, 1)
             ON CONFLICT (id) DO UPDATE SET deleted = 1, token = NULL`,
            Id,
          );
          run('DELETE FROM webhook WHERE integration = ?', Id);
          break;
        default:
          webhook satisfies never;
      }
    },

    accessTokenOf,

    /** The webhooks of the integrations that may be fetched; the others wait. */
    async take(limit) {
      const integrations = database
        .prepare('SELECT DISTINCT integration FROM webhook WHERE due <= ?')
        .pluck()
        .all(Date.now());
      const due = database.prepare(
        `SELECT id, integration, item FROM webhook
         WHERE integration = ? AND due <= ? ORDER BY id LIMIT ?`,
      );
      const taken: Row[] = [];
      for (const id of integrations) {
        if (typeof id !== 'string' || (await accessTokenOf(id)) === undefined) continue;
        taken.push(...due.all(id, Date.now(), limit).filter(isRow));
      }
      return taken;
    },

    finish: async (taken, outcome) => void finish(taken, outcome),

    close: async () => void database.close(),
  };
}

/** No more than fetching needs: nothing undocumented, which might be secret, gets into the file. */
function minimalOf({ EnterpriseId, IntegrationId, ...webhook }: GeneralWebhook): GeneralWebhook {
  const Events = webhook.Events.map(({ Discriminator, Value: { Id } }) => {
    return { Discriminator, Value: { Id } };
  });
  const UnknownEvents = webhook.UnknownEvents.map(({ Discriminator }) => {
    return { Discriminator, Value: null };
  });
  return { EnterpriseId, IntegrationId, Events, UnknownEvents };
}

// The tables are STRICT, so that columns hold what they are declared to hold.
function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'number';
}
