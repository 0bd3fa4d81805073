import { isNonEmptyString } from './json.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const URL: new (url: string) => unknown;

/** Options of {@link verifyToken}. */
export interface TokenOptions {
  /** The name of the query parameter; `Token` by default. */
  readonly parameter?: string | undefined;
}

/**
 * Whether the URL of a request carries the secret that Mews was asked to append to it. This is the only
 * authentication that there is: Mews signs nothing.
 *
 * Every secret is compared, in a time that does not depend on how much of one matches. A plus sign is a
 * plus sign, and other parameters do not matter, malformed ones included.
 *
 * @param url - An absolute URL, an object with an `href`, a path with its query such as `req.url`, or a
 *   query alone such as `?Token=…`.
 * @param secrets - The secret, or all that are accepted while one replaces another; plain text.
 * @param options - See {@link TokenOptions}.
 * @returns Whether the parameter occurs exactly once and equals a secret. `false` for a malformed URL,
 *   and for a malformed escape in the parameter.
 * @throws `TypeError` that names the property when there is no secret, an empty one, or one that begins
 *   or ends with white space, such as the newline at the end of a file.
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

/**
 * {@link verifyToken} with the secrets prepared, for a receiver of many requests.
 *
 * @internal
 */
export function createTokenVerifier(
  secrets: string | readonly string[],
  parameter: string,
): (url: string | { readonly href: string }) => boolean {
  const expected = readSecrets(secrets, 'secrets');
  if (!isNonEmptyString(parameter)) {
    throw new TypeError('options.parameter: expected non-empty string');
  }
  return (url) => {
    try {
      const value = uniqueQueryValue(typeof url === 'string' ? url : url.href, parameter);
      if (value === undefined) return false;
      const given = encodeURIComponent(value);
      let matches = false;
      // Every secret is compared: stopping at the first match would show in the time which one it was.
      for (const secret of expected) matches = equals(given, secret) || matches;
      return matches;
    } catch {
      return false;
    }
  };
}

/**
 * The secrets that a token may equal, percent-encoded: each of their UTF-8 bytes in one way only.
 *
 * @param property - The name of the setting, for the message.
 * @throws `TypeError` when one of them can never match a token, or when there is none.
 * @internal
 */
export function readSecrets(secrets: unknown, property: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (list.length === 0) throw new TypeError(`${property}: expected at least one secret`);
  // Array.from, since map() leaves out the holes of a list.
  return Array.from(list, (secret) => readSecret(secret, property));
}

function readSecret(secret: unknown, property: string): string {
  if (!isNonEmptyString(secret)) throw new TypeError(`${property}: expected non-empty string`);
  if (secret.trim() !== secret) {
    throw new TypeError(
      `${property}: expected a secret without white space at its start or end, such as the newline at the end of a file; trim it`,
    );
  }
  try {
    return encodeURIComponent(secret);
  } catch {
    throw new TypeError(`${property}: expected well-formed Unicode`);
  }
}

/** The value of a parameter that occurs exactly once. Throws when the address or the value is malformed. */
function uniqueQueryValue(address: string, parameter: string): string | undefined {
  // A path or a query is never malformed, and parsing a URL takes longer than all the rest.
  if (!address.startsWith('/') && !address.startsWith('?')) new URL(address);
  let found: string | undefined;
  for (const { name, value } of queryPairs(address)) {
    if (name !== parameter) continue;
    if (found !== undefined) return undefined;
    found = value;
  }
  return found === undefined ? undefined : decodeURIComponent(found);
}

/**
 * One `name=value` of a query.
 *
 * @internal
 */
export interface QueryPair {
  /** As it stands in the query. */
  readonly text: string;
  /** Decoded; `undefined` where an escape is malformed. */
  readonly name: string | undefined;
  /** As it stands in the query. */
  readonly value: string;
}

/**
 * The pairs of the query of an address, without a fragment.
 *
 * @param address - A URL, a path, or a query with its question mark.
 * @internal
 */
export function queryPairs(address: string): QueryPair[] {
  const end = address.indexOf('#');
  const beforeFragment = end < 0 ? address : address.slice(0, end);
  const start = beforeFragment.indexOf('?');
  if (start < 0) return [];
  return beforeFragment
    .slice(start + 1)
    .split('&')
    .map((text) => {
      const end = text.includes('=') ? text.indexOf('=') : text.length;
      return { text, name: decodeName(text.slice(0, end)), value: text.slice(end + 1) };
    });
}

function decodeName(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    // It is no name.
  }
  return undefined;
}

/** Compares in a time that depends on the length of `given` alone. */
function equals(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % expected.length);
  }
  return difference === 0;
}
