import { expect } from '../errors.js';
import { isObject } from '../json.js';
import type { FetchRequest } from '../plan.js';
import type { Connection } from '../request.js';
import { throwIfAborted } from './abort.js';
import { fetchByIds } from './by-ids.js';
import type { FetchSignal } from './client.js';
import { type Failure, failureWithoutResponse } from './failure.js';
import type { LaneResult } from './lane-result.js';
import { fetchMessages } from './messages.js';
import type { FetchSettings } from './options.js';

/** Sends the planned requests of one integration, one after the other. */
export async function fetchLane(
  requests: readonly FetchRequest[],
  settings: FetchSettings,
  callSignal: FetchSignal,
): Promise<LaneResult> {
  const result: LaneResult = { rows: [], failures: [] };
  const connections = new Map<string, Connection | undefined>();
  let stop: Failure | undefined;
  for (const request of requests) {
    throwIfAborted(callSignal);
    if (stop !== undefined) {
      result.failures.push({ request, ids: request.ids, failure: stop });
      continue;
    }
    const { EnterpriseId, IntegrationId } = request;
    if (!connections.has(EnterpriseId)) {
      connections.set(EnterpriseId, await settings.connectionOf(IntegrationId, EnterpriseId));
    }
    const connection = connections.get(EnterpriseId);
    stop = await fetchPlanned(request, connection, { settings, callSignal, result });
  }
  return result;
}

/** What all requests of a lane share. */
interface LaneContext {
  readonly settings: FetchSettings;
  readonly callSignal: FetchSignal;
  readonly result: LaneResult;
}

/** Returns the failure after which the integration may send nothing more, if there was one. */
async function fetchPlanned(
  request: FetchRequest,
  connection: Connection | undefined,
  lane: LaneContext,
): Promise<Failure | undefined> {
  if (connection == null) {
    const failure = failureWithoutResponse('no_connection');
    lane.result.failures.push({ request, ids: request.ids, failure });
    return undefined;
  }
  const extra = await lane.settings.extraOf?.(request);
  expect(
    extra === undefined || isObject(extra),
    'options.extraOf',
    'a function that returns an object',
  );
  const context = { ...lane, connection, extra };
  return request.kind === 'ready' ? fetchByIds(request, context) : fetchMessages(request, context);
}
