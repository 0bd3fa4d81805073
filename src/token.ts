import { isNonEmptyString } from './validate.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const URL: new (url: string) => { readonly search: string };

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
  const accepted: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
  if (accepted.length === 0) throw new TypeError('secrets: expected at least one');
  const expected = accepted.map((secret) => escapeBytes(secret, 'secrets'));
  const parameter = options?.parameter ?? 'Token';
  if (!isNonEmptyString(parameter)) {
    throw new TypeError('options.parameter: expected non-empty string');
  }
  const [value, ...repeated] = valuesOf(url, parameter);
  if (value === undefined || repeated.length > 0) return false;
  const given = encodeURIComponent(value);
  // Not some(): it would stop at the first match and so tell which secret that was.
  return expected.filter((secret) => equals(given, secret)).length > 0;
}

/** UTF-8 bytes as text that stands for each in one way only. */
function escapeBytes(text: unknown, property: string): string {
  if (!isNonEmptyString(text)) throw new TypeError(`${property}: expected non-empty string`);
  try {
    return encodeURIComponent(text);
  } catch {
    throw new TypeError(`${property}: expected well-formed Unicode`);
  }
}

/** Every value of a query parameter; none when the URL is malformed anywhere. */
function valuesOf(url: string | { readonly href: string }, parameter: string): string[] {
  try {
    const address = typeof url === 'string' ? url : url.href;
    const { search } = new URL(address.startsWith('/') ? `http://localhost${address}` : address);
    const values: string[] = [];
    for (const pair of search.slice(1).split('&')) {
      const end = `${pair}=`.indexOf('=');
      const value = decodeURIComponent(pair.slice(end + 1));
      if (decodeURIComponent(pair.slice(0, end)) === parameter) values.push(value);
    }
    return values;
  } catch {
    return [];
  }
}

/** Compares in a time that depends on the length of `given` alone. */
function equals(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % expected.length);
  }
  return difference === 0;
}
