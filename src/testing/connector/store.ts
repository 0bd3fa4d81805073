import type { EntityName } from '../../fetch/rows.js';
import type { JsonObject } from '../../json.js';

/** A row as the mock keeps it. */
export interface StoredRow {
  readonly Id: string;
  readonly [property: string]: unknown;
}

/** A row, and whose it is. */
export interface PlacedRow {
  readonly entity: EntityName;
  readonly EnterpriseId: string;
  readonly row: StoredRow;
}

interface Entry extends PlacedRow {
  /** `false` once it was removed and the API does not keep it as inactive. */
  readonly exists: boolean;
  readonly updatedAt: number;
  /** When the responses begin to hold this entry, and which one they hold until then. */
  readonly visibleAt: number;
  readonly before: Entry | undefined;
}

/** Where a change happens, and when. */
interface Place {
  readonly entity: EntityName;
  readonly enterpriseId: string;
  readonly now: number;
  readonly lagMs: number;
}

/** Whether the rows of an entity have `UpdatedUtc`, `IsActive` and `EnterpriseId`. */
export const rowProperties: Readonly<
  Record<
    EntityName,
    { readonly updated: boolean; readonly active: boolean; readonly owner: boolean }
  >
> = {
  ServiceOrder: { updated: true, active: false, owner: false },
  Resource: { updated: true, active: true, owner: true },
  Message: { updated: false, active: false, owner: false },
  ResourceBlock: { updated: true, active: true, owner: true },
  Customer: { updated: true, active: true, owner: false },
  Payment: { updated: true, active: false, owner: true },
};

/** The rows of all enterprises. */
export class RowStore {
  readonly #entries = new Map<string, Map<string, Entry>>();

  /** Puts a row in, replacing one with the same `Id`; returns whether it is new. */
  put(place: Place, row: StoredRow): boolean {
    const before = this.#current(place, row.Id);
    const { updated, active, owner } = rowProperties[place.entity];
    const updatedAt = timeOf(place, before);
    const utc = new Date(updatedAt).toISOString();
    this.#set(place, updatedAt, {
      ...(owner && { EnterpriseId: place.enterpriseId }),
      CreatedUtc: before?.row.CreatedUtc ?? utc,
      ...(updated && { UpdatedUtc: utc }),
      ...(active && { IsActive: true }),
      ...row,
    });
    return before === undefined;
  }

  /** Changes properties of a row. */
  change(place: Place, id: string, changes: JsonObject): void {
    const before = this.#existing(place, id);
    const updatedAt = timeOf(place, before);
    this.#set(place, updatedAt, {
      ...before.row,
      ...(rowProperties[place.entity].updated && { UpdatedUtc: new Date(updatedAt).toISOString() }),
      ...changes,
      Id: id,
    });
  }

  /** Removes a row, which the API keeps as inactive where it has such a state. */
  remove(place: Place, id: string): void {
    const before = this.#existing(place, id);
    if (!rowProperties[place.entity].active) {
      this.#set(place, timeOf(place, before), before.row, false);
      return;
    }
    const deleted = place.entity === 'ResourceBlock' && {
      DeletedUtc: new Date(timeOf(place, before)).toISOString(),
    };
    this.change(place, id, { IsActive: false, ...deleted });
  }

  /** The rows that exist, whatever responses hold. */
  all(): PlacedRow[] {
    return [...this.#entries.values()]
      .flatMap((entries) => [...entries.values()])
      .filter(({ exists }) => exists)
      .map(({ entity, EnterpriseId, row }) => ({ entity, EnterpriseId, row }));
  }

  /** The rows that responses hold by now: those with these ids, or all. */
  visible(
    entity: EntityName,
    enterpriseId: string,
    ids: readonly string[] | undefined,
    now: number,
  ): StoredRow[] {
    const entries = this.#entries.get(keyOf(entity, enterpriseId));
    if (entries === undefined) return [];
    const wanted = ids === undefined ? [...entries.keys()] : new Set(ids);
    const rows: StoredRow[] = [];
    for (const id of wanted) {
      let entry = entries.get(id);
      while (entry !== undefined && entry.visibleAt > now) entry = entry.before;
      if (entry?.exists) rows.push(entry.row);
    }
    return rows;
  }

  #existing(place: Place, id: string): Entry {
    const entry = this.#current(place, id);
    if (entry === undefined) {
      throw new TypeError(`id: expected the Id of a ${place.entity} that was put in before`);
    }
    return entry;
  }

  #current({ entity, enterpriseId }: Place, id: string): Entry | undefined {
    const entry = this.#entries.get(keyOf(entity, enterpriseId))?.get(id);
    return entry?.exists ? entry : undefined;
  }

  #set(place: Place, updatedAt: number, row: StoredRow, exists = true): void {
    const { entity, enterpriseId, now, lagMs } = place;
    const key = keyOf(entity, enterpriseId);
    const entries = this.#entries.get(key) ?? new Map<string, Entry>();
    this.#entries.set(key, entries);
    let before = lagMs > 0 ? entries.get(row.Id) : undefined;
    // Of those before, only the ones that may still show are kept.
    while (before !== undefined && before.visibleAt > now) before = before.before;
    entries.set(row.Id, {
      entity,
      EnterpriseId: enterpriseId,
      row,
      exists,
      updatedAt,
      visibleAt: now + lagMs,
      before: before && { ...before, before: undefined },
    });
  }
}

function keyOf(entity: EntityName, enterpriseId: string): string {
  return `${entity} ${enterpriseId}`;
}

/** The time of a change: later than that of the change before, even within the same millisecond. */
function timeOf({ now }: Place, before: Entry | undefined): number {
  return before === undefined ? now : Math.max(now, before.updatedAt + 1);
}
