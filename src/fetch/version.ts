import type { FetchedRow } from '../reconcile.js';

// Date and minutes, seconds, decimals without the zeros at their end (.5 and .50 are one instant), and
// the sign, hours and minutes of the offset; UTC without one.
const iso8601 =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?:(:\d\d)(?:\.(?=\d)(\d*[1-9])?0*)?)?(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/;

/**
 * A text that sorts as the instant of a row's last change does: the time in UTC with as many decimals as
 * came, which can be more than a `Date` keeps. Empty when the row has no valid one.
 */
export function versionOf(row: FetchedRow): string {
  const time = row.UpdatedUtc ?? row.CreatedUtc;
  const match = typeof time === 'string' ? iso8601.exec(time) : null;
  if (match === null) return '';
  const [, date, seconds = ':00', decimals, sign, hours, minutes] = match;
  const offsetMs = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  const utc = toUtc(`${date}${seconds}`, sign === '-' ? -offsetMs : offsetMs);
  return utc === '' || decimals === undefined ? utc : `${utc}.${decimals}`;
}

/** The time in UTC, to the second; empty for one that no calendar has. */
function toUtc(local: string, offsetMs: number): string {
  const ms = Date.parse(`${local}Z`);
  // Some engines read February 30 as March 2.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(local)) return '';
  const utc = new Date(ms - offsetMs).toISOString();
  // Beyond the years 0 to 9999 the text is longer, and does not sort.
  return utc.length === 24 ? utc.slice(0, 19) : '';
}
