import Database from 'libsql';
import { type GeneralWebhook, parseWebhook } from 'mews-webhooks';
import type { IntegrationWebhook } from 'mews-webhooks/integration';
import type { Vault } from './vault.js';

/** The messages of one integration that wait to be processed, and the token to fetch with. */
export interface Pending {
  readonly IntegrationId: string;
  readonly accessToken: string;
  readonly webhooks: readonly GeneralWebhook[];
  /** Forgets the messages, once everything has been fetched. */
  readonly done: () => unknown;
}

/** What is known of each integration, and the General webhooks that wait to be processed. */
export interface Store {
  readonly addWebhook: (webhook: GeneralWebhook) => void;
  readonly applyIntegrationWebhook: (webhook: IntegrationWebhook) => Promise<void>;
  /** Of the integrations that may be fetched; the messages of the others wait. */
  readonly pending: () => Promise<Pending[]>;
  readonly close: () => void;
}

// Mews promises no order and sends again what failed, so each fact has a column of its own: whichever
// comes late can't undo another. What is not known yet is NULL. A token that was replaced leaves the
// file, encrypted as it is.
const schema = `
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS integration (
    id TEXT PRIMARY KEY,
    token TEXT,
    enabled INTEGER,
    canceled INTEGER,
    deleted INTEGER
  );
  CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    integration TEXT NOT NULL,
    body TEXT NOT NULL
  );`;

/** Opens the database, and creates it when there is none. */
export function openStore(path: string, vault: Vault): Store {
  const database = new Database(path);
  database.exec(schema);

  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).run(...values);
  const set = (id: string, column: 'enabled' | 'canceled', value: boolean) =>
    run(
      `INSERT INTO integration (id, ${column}) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET ${column} = excluded.${column}`,
      id,
      Number(value),
    );

  return {
    addWebhook({ EnterpriseId, IntegrationId, Events }) {
      // No more than fetching needs: nothing undocumented, which might be secret, gets into the file.
      const events = Events.map(({ Discriminator, Value: { Id } }) => ({
        Discriminator,
        Value: { Id },
      }));
      run(
        `INSERT INTO webhook (integration, body) SELECT ?1, ?2
         WHERE NOT EXISTS (SELECT * FROM integration WHERE id = ?1 AND deleted)`,
        IntegrationId,
        JSON.stringify({ EnterpriseId, IntegrationId, Events: events }),
      );
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

    async pending() {
      const waiting = database.prepare(
        `SELECT id FROM integration
         WHERE token IS NOT NULL AND coalesce(enabled, 1) AND NOT coalesce(canceled, 0)
           AND id IN (SELECT integration FROM webhook)`,
      );
      const tokenOf = database.prepare('SELECT token FROM integration WHERE id = ?');
      const bodiesOf = database.prepare(
        'SELECT body FROM webhook WHERE integration = ? ORDER BY id',
      );
      const lastOf = database.prepare('SELECT max(id) FROM webhook WHERE integration = ?');
      const pending: Pending[] = [];
      for (const id of waiting.pluck().all()) {
        const [token] = tokenOf.pluck().all(id);
        if (typeof id !== 'string' || typeof token !== 'string') continue;
        const webhooks = bodiesOf
          .pluck()
          .all(id)
          .map((body) => parseWebhook(body));
        const [last] = lastOf.pluck().all(id);
        pending.push({
          IntegrationId: id,
          accessToken: await vault.decrypt(token, id),
          webhooks,
          done: () => run('DELETE FROM webhook WHERE integration = ? AND id <= ?', id, last),
        });
      }
      return pending;
    },

    close: () => database.close(),
  };
}
