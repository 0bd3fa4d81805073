import type { EntityName, EntityRows } from '../../fetch/rows.js';
import { isNonEmptyString } from '../../json.js';
import type { Connection } from '../../request.js';
import { readAddress } from '../address.js';
import { type DeliveryResult, deliver } from '../deliver.js';
import { createRandom, randomId } from '../random.js';
import type { WebhookPayload } from '../webhook.js';
import { type Account, accountsOf } from './accounts.js';
import { createApi } from './api.js';
import { eventsOf } from './events.js';
import { expectFault, FaultQueue } from './faults.js';
import type {
  ChangeOptions,
  ConnectorFault,
  ConnectorMockOptions,
  FailOptions,
} from './options.js';
import type { RecordedRequest } from './record.js';
import { serve } from './server.js';
import { type PlacedRow, RowStore, rowProperties } from './store.js';

/** A row as a test puts it in: the `Id`, and what else the test needs of the documented properties. */
export type MockRow<E extends EntityName> = { readonly Id: string } & Partial<EntityRows[E]>;

/**
 * A running mock of the Connector API. What `put`, `change` and `remove` return resolves when the events
 * of the change are delivered, with one result for each message; without `deliver`, at once with none.
 */
export interface ConnectorMock {
  /** Where it listens, such as `http://127.0.0.1:40000`. */
  readonly platformAddress: string;
  /** The connection of its first integration. */
  readonly connection: Connection;
  /** The connection of an integration; fits `fetchEntities`. */
  connectionOf(integrationId: string): Connection | undefined;
  /** Its integrations, with the identifiers that webhooks for them carry. */
  readonly integrations: readonly {
    readonly integrationId: string;
    readonly enterpriseIds: readonly string[];
  }[];
  /** All requests so far, in the order in which they came. */
  readonly requests: readonly RecordedRequest[];
  /** All rows that exist, whether responses hold them yet or not. */
  rows(): PlacedRow[];
  /**
   * Puts a row in, replacing one with the same `Id`. `CreatedUtc`, `UpdatedUtc`, `IsActive` and
   * `EnterpriseId` are filled in where the row has them and none is given.
   */
  put<E extends EntityName>(
    entity: E,
    row: MockRow<E>,
    options?: ChangeOptions,
  ): Promise<readonly DeliveryResult[]>;
  /** Changes properties of a row, and its `UpdatedUtc`. Rejects with a `TypeError` when there is no such row. */
  change<E extends EntityName>(
    entity: E,
    id: string,
    changes?: Partial<EntityRows[E]>,
    options?: ChangeOptions,
  ): Promise<readonly DeliveryResult[]>;
  /**
   * Removes a row: a resource, resource block or customer becomes inactive, so that responses hold it
   * only when asked to; any other is gone. Rejects with a `TypeError` when there is no such row.
   */
  remove(
    entity: EntityName,
    id: string,
    options?: ChangeOptions,
  ): Promise<readonly DeliveryResult[]>;
  /**
   * Makes the next requests go wrong. The faults of several calls occur one after the other. Throws a
   * `TypeError` for a fault that does not exist.
   */
  fail(fault: ConnectorFault, options?: FailOptions): void;
  /** Forgets the faults of `fail` that have not occurred yet. */
  recover(): void;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/**
 * Starts a mock of the Connector API on loopback, for the tests of a worker: the six operations that
 * webhooks lead to, as strict as Mews documents them. It runs in Node.
 *
 * It returns the rows that the test puts in; inactive and deleted ones only to a request that asks for
 * them. It refuses unknown, wrong and missing properties and empty id lists (400), unknown tokens (401)
 * and more than 200 requests of a token in 30 seconds (429). Everything is deterministic but for time,
 * which `now` replaces. No token is in what it records.
 *
 * @param options - See {@link ConnectorMockOptions}.
 * @throws `TypeError` that names the option that is wrong; the error of Node when the port is in use.
 * @see https://docs.mews.com/connector-api/guidelines/requests
 * @example
 * ```ts
 * import { startConnectorMock } from 'mews-webhooks/testing';
 *
 * const mock = await startConnectorMock({
 *   integrations: [{ integrationId: 'integration', enterpriseIds: ['hotel'] }],
 * });
 * await mock.put('Customer', { Id: 'c1', LastName: 'Smith' });
 * mock.fail({ status: 503 }); // the first try fails
 * // … run the worker with mock.connection or mock.connectionOf …
 * console.log(mock.requests.map(({ entity, status }) => `${entity}: ${status}`));
 * await mock.close();
 * ```
 */
export async function startConnectorMock(
  options: ConnectorMockOptions = {},
): Promise<ConnectorMock> {
  const random = createRandom(options.seed ?? 1);
  const accounts = accountsOf(options, () => randomId(random));
  const clientToken = options.clientToken ?? randomId(random);
  const receiver =
    options.deliver === undefined
      ? undefined
      : readAddress(options.deliver, false, 'options.deliver');
  for (const { fault } of options.faults ?? []) expectFault(fault, 'options.faults');
  const now = options.now ?? Date.now;
  const store = new RowStore();
  const faults = new FaultQueue();
  const requests: RecordedRequest[] = [];
  const api = createApi({ accounts, clientToken, options, random, now, store, faults, requests });
  const { port, close } = await serve(options.port ?? 0, api);

  const platformAddress = `http://127.0.0.1:${port}`;
  const connectionFor = ({ accessToken }: Account): Connection => ({
    platformAddress,
    clientToken,
    accessToken,
    client: 'mews-webhooks mock',
  });
  const [first] = accounts;
  const placeOf = (entity: EntityName, place: ChangeOptions = {}) => {
    if (!Object.hasOwn(rowProperties, entity)) {
      const names = Object.keys(rowProperties).join(', ');
      throw new TypeError(`entity: expected one of ${names}`);
    }
    const enterpriseId = place.enterpriseId ?? first.enterpriseIds[0];
    if (
      enterpriseId === undefined ||
      !accounts.some(({ enterpriseIds }) => enterpriseIds.includes(enterpriseId))
    ) {
      throw new TypeError(
        'options.enterpriseId: expected an enterprise of one of the integrations',
      );
    }
    return { entity, enterpriseId, now: now(), lagMs: place.lagMs ?? 0 };
  };
  const send = async (enterpriseId: string, Events: WebhookPayload['Events']) => {
    if (receiver === undefined || Events.length === 0) return [];
    return Promise.all(
      accounts
        .filter(({ enterpriseIds }) => enterpriseIds.includes(enterpriseId))
        .map(({ integrationId }) =>
          deliver(receiver, { EnterpriseId: enterpriseId, IntegrationId: integrationId, Events }),
        ),
    );
  };

  return {
    platformAddress,
    connection: connectionFor(first),
    connectionOf(integrationId) {
      const account = accounts.find((one) => one.integrationId === integrationId);
      return account && connectionFor(account);
    },
    integrations: accounts.map(({ integrationId, enterpriseIds }) => ({
      integrationId,
      enterpriseIds,
    })),
    requests,
    rows: () => store.all(),
    async put(entity, row, changeOptions) {
      const place = placeOf(entity, changeOptions);
      if (!isNonEmptyString(row.Id)) throw new TypeError('row.Id: expected non-empty string');
      const isNew = store.put(place, row);
      return send(place.enterpriseId, eventsOf(entity, row.Id, isNew));
    },
    async change(entity, id, changes, changeOptions) {
      const place = placeOf(entity, changeOptions);
      store.change(place, id, { ...changes });
      return send(place.enterpriseId, eventsOf(entity, id, false));
    },
    async remove(entity, id, changeOptions) {
      const place = placeOf(entity, changeOptions);
      store.remove(place, id);
      return send(place.enterpriseId, eventsOf(entity, id, false));
    },
    fail(fault, failOptions = {}) {
      expectFault(fault, 'fault');
      faults.add(fault, failOptions);
    },
    recover: () => faults.clear(),
    close,
  };
}
