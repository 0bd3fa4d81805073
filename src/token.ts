import { isNonEmptyString } from './json.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const URL: new (url: string) => unknown;

/** Options of {@link verifyToken}. */
export interface TokenOptions {
  /** The name of the query parameter; `Token` by default. */
  readonly parameter?: string | undefined;
}

/**
 * Tells whether the URL of a request carries the secret that Mews was told to append to it. This is
 * the only authentication there is: Mews signs nothing.
 *
 * Every secret is compared, in a time that does not depend on how much of one matches.
 *
 * @param url - An absolute URL, an object with an `href`, or a path with its query such as `req.url`.
 * @param secrets - The secret, or all that are accepted while one replaces another; plain text.
 * @param options - See {@link TokenOptions}.
 * @returns Whether the parameter occurs exactly once and equals a secret. A malformed URL or escape
 *   is `false`.
 * @throws `TypeError` that names the property when there is no secret, or an empty one.
 * @see https://docs.mews.com/connector-api/events/wh-faq
 * @example
 * ```ts
 * import { verifyToken } from 'mews-webhooks';
 *
 * verifyToken('/mews?Token=s3cret', ['s3cret', 'previous']); // true
 * verifyToken('/mews', 's3cret'); // false
 * ```
 */
export function verifyToken(
  url: string | { readonly href: string },
  secrets: string | readonly string[],
  options?: TokenOptions,
): boolean {
  return createTokenVerifier(secrets, options?.parameter ?? 'Token')(url);
}

/** {@link verifyToken} with the secrets prepared, for a receiver of many URLs. */
export function createTokenVerifier(
  secrets: string | readonly string[],
  parameter: string,
): (url: string | { readonly href: string }) => boolean {
  const accepted: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (accepted.length === 0) throw new TypeError('secrets: expected at least one');
  // Not map(), which skips holes.
  const expected = Array.from(accepted, escapeBytes);
  if (!isNonEmptyString(parameter)) {
    throw new TypeError('options.parameter: expected non-empty string');
  }
  return (url) => {
    try {
      const value = uniqueQueryValue(typeof url === 'string' ? url : url.href, parameter);
      if (value === undefined) return false;
      const given = encodeURIComponent(value);
      let matches = false;
      // All of them: stopping at the first match would tell which secret that was.
      for (const secret of expected) matches = equals(given, secret) || matches;
      return matches;
    } catch {
      return false;
    }
  };
}

/** The UTF-8 bytes of a secret, as text that stands for each in one way only. */
function escapeBytes(secret: unknown): string {
  if (!isNonEmptyString(secret)) throw new TypeError('secrets: expected non-empty string');
  try {
    return encodeURIComponent(secret);
  } catch {
    throw new TypeError('secrets: expected well-formed Unicode');
  }
}

/** The value of a query parameter that occurs exactly once. Throws when the address is malformed. */
function uniqueQueryValue(address: string, parameter: string): string | undefined {
  // A path is never malformed, and the parser of the runtime costs more than all the rest.
  if (!address.startsWith('/')) new URL(address);
  let query = address.slice(placeOf('?', address) + 1, placeOf('#', address));
  // Most queries do without decoding, which costs as much as the comparison.
  const decode = query.includes('%') ? decodeURIComponent : String;
  let found: string | undefined;
  // Pair by pair: split() costs as much as the rest together.
  while (query !== '') {
    const next = placeOf('&', query);
    const pair = query.slice(0, next);
    query = query.slice(next + 1);
    const end = placeOf('=', pair);
    const value = decode(pair.slice(end + 1));
    if (decode(pair.slice(0, end)) !== parameter) continue;
    if (found !== undefined) return undefined;
    found = value;
  }
  return found;
}

/** Where a mark stands, or else where it would. */
function placeOf(mark: string, text: string): number {
  const place = text.indexOf(mark);
  return place < 0 ? text.length : place;
}

/** Compares in a time that depends on the length of `given` alone. */
function equals(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % expected.length);
  }
  return difference === 0;
}
