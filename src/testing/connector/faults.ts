import type { EntityName } from '../../fetch/rows.js';
import type { Random } from '../random.js';
import type { ConnectorFault, ConnectorMockOptions, FailOptions } from './options.js';

/** What of a request decides whether a fault is for it. */
export interface FaultTarget {
  readonly entity: EntityName;
  readonly integrationId: string | null;
}

/** Which faults are waiting for their requests. */
export class FaultQueue {
  readonly #waiting: { fault: ConnectorFault; options: FailOptions; times: number }[] = [];

  add(fault: ConnectorFault, options: FailOptions): void {
    this.#waiting.push({ fault, options, times: options.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The first fault that is for this request, if any; it counts as used. */
  next({ entity, integrationId }: FaultTarget): ConnectorFault | undefined {
    const index = this.#waiting.findIndex(
      ({ options }) =>
        (options.entity ?? entity) === entity &&
        (options.integrationId ?? integrationId) === integrationId,
    );
    const found = this.#waiting[index];
    if (found === undefined) return undefined;
    found.times--;
    if (found.times <= 0) this.#waiting.splice(index, 1);
    return found.fault;
  }
}

/** Throws a `TypeError` for a fault that no response can be made of. */
export function expectFault(fault: ConnectorFault, name: string): void {
  const isKnown =
    typeof fault === 'string'
      ? ['silence', 'disconnect', 'not_json', 'other_shape'].includes(fault)
      : 'delayMs' in fault
        ? fault.delayMs >= 0 && fault.delayMs < 2 ** 31
        : fault.status >= 200 && fault.status <= 599 && /^[ -~]*$/.test(fault.retryAfter ?? '');
  if (!isKnown) {
    throw new TypeError(
      `${name}: expected silence, disconnect, not_json, other_shape, { delayMs } or { status, retryAfter } with a status from 200 to 599`,
    );
  }
}

/** Draws whether a fault occurs by chance. */
export function drawFault(
  faults: ConnectorMockOptions['faults'],
  random: Random,
): ConnectorFault | undefined {
  return faults?.find(({ rate }) => random() < rate)?.fault;
}
