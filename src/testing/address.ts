import { queryPairs } from '../token.js';

/**
 * Reads the URL of a receiver. Throws a `TypeError` that names the setting, without the URL, which
 * holds the token.
 */
export function readAddress(
  url: string | { readonly href: string },
  allowRemote: boolean,
  name = 'url',
): URL {
  let address: URL | undefined;
  try {
    address = new URL(typeof url === 'string' ? url : url.href);
  } catch {
    // Reported below: what the URL parser throws quotes the URL.
  }
  if (address === undefined || !isHttp(address)) {
    throw new TypeError(`${name}: expected an absolute URL that begins with http:// or https://`);
  }
  if (!allowRemote && !isLoopback(address)) {
    throw new TypeError(
      `${name}: expected a loopback host such as 127.0.0.1; another one has to be allowed (allowRemote: true, --allow-remote)`,
    );
  }
  if (!canDecodeUser(address)) {
    throw new TypeError(
      `${name}: expected a user name and a password whose escapes decode, or none`,
    );
  }
  return address;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

/** Whether Node can send the user name and the password: it throws where they do not decode. */
function canDecodeUser({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}${password}`);
    return true;
  } catch {
    return false;
  }
}

function isLoopback({ hostname }: URL): boolean {
  return /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Where a redirect leads, if that is the same host, or this machine as before. */
export function redirectTarget(from: URL, location: string): URL | undefined {
  try {
    const target = new URL(location, from);
    const isNear = target.hostname === from.hostname || (isLoopback(from) && isLoopback(target));
    return isHttp(target) && isNear && canDecodeUser(target) ? target : undefined;
  } catch {
    return undefined;
  }
}

/** The values of the token in a URL, decoded where they can be. */
export function tokensOf(url: URL, parameter: string): string[] {
  return queryPairs(url.href)
    .filter(({ name }) => name === parameter)
    .map(({ value }) => decode(value));
}

/**
 * The same URL with other tokens, the rest of its query untouched. Throws a `TypeError` for a token that
 * no URL can carry.
 */
export function withTokens(url: URL, parameter: string, tokens: readonly string[]): URL {
  const others = queryPairs(url.href).filter(({ name, text }) => name !== parameter && text !== '');
  const own = tokens.map((token) => `${encode(parameter)}=${encode(token)}`);
  const changed = new URL(url);
  changed.search = [...others.map(({ text }) => text), ...own].join('&');
  return changed;
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new TypeError('token: expected well-formed Unicode');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
