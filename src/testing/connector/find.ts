import { isObject, type JsonObject } from '../../json.js';
import { isIdList, isInterval, isStringList } from './json.js';
import type { MockOperation } from './operations.js';
import type { Reply } from './reply.js';
import type { RowStore } from './store.js';

/** The rows that a valid request asks for, page by page. */
export function find(
  { entity, rowsProperty, idsProperty, wants }: MockOperation,
  body: JsonObject,
  enterpriseIds: readonly string[],
  store: RowStore,
  now: number,
): Reply {
  const { Extent, Limitation } = body;
  // As the real one does: without the extent there is no list at all.
  if (isObject(Extent) && Extent[rowsProperty] !== true) {
    return { status: 200, body: { [rowsProperty]: null, Cursor: null }, rows: [] };
  }
  const asked = body[idsProperty];
  const ids = isIdList(asked) ? asked : undefined;
  const found = enterpriseIds
    .filter((id) => isAmong(id, body.EnterpriseIds))
    .flatMap((id) => store.visible(entity, id, entity === 'Message' ? undefined : ids, now))
    .filter(
      (row) =>
        (wants === undefined || wants(row.IsActive !== false, body)) &&
        (entity !== 'Message' || isAmong(row.MessageThreadId, ids)) &&
        isAmong(row.State, body.States) &&
        isAmong(row.ChainId, body.ChainIds) &&
        isWithin(row.CreatedUtc, body.CreatedUtc) &&
        isWithin(row.UpdatedUtc, body.UpdatedUtc),
    );
  const cursor = isObject(Limitation) && Limitation.Cursor;
  const count = isObject(Limitation) && Limitation.Count;
  const start = found.findIndex(({ Id }) => Id === cursor) + 1;
  const rows = found.slice(start, start + Number(count));
  const hasMore = start + rows.length < found.length;
  return {
    status: 200,
    body: { [rowsProperty]: rows, Cursor: hasMore ? rows.at(-1)?.Id : null },
    rows,
  };
}

/** Whether a value is in a filter; without a filter, every value is. */
function isAmong(value: unknown, filter: unknown): boolean {
  return !isStringList(filter) || filter.some((wanted) => wanted === value);
}

function isWithin(utc: unknown, interval: unknown): boolean {
  if (!isInterval(interval)) return true;
  const instant = Date.parse(String(utc));
  return instant >= Date.parse(interval.StartUtc) && instant < Date.parse(interval.EndUtc);
}
