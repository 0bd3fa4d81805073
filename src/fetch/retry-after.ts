const second = 1000;
const day = 86_400 * second;

/**
 * Milliseconds until the time that a `Retry-After` header names, as seconds or as an HTTP date; at most
 * a day. `null` when there is no such header, or it is neither.
 */
export function parseRetryAfter(header: string | null): number | null {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * second : Date.parse(httpDate(text)) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), day);
}

/** Engines read dates into almost any text; an HTTP date ends with its time zone, GMT. */
function httpDate(text: string): string {
  return text.endsWith(' GMT') ? text : '';
}

/**
 * Milliseconds to wait without such a header: 10 s, doubled with each attempt up to 10 min, and from
 * half of it up to all of it by chance, so that workers that failed together do not come back together.
 */
export function backOffMs(attempt: number): number {
  return Math.min(10 * second * 2 ** (attempt - 1), 600 * second) * (0.5 + Math.random() / 2);
}
