/**
 * Reads the URL of a receiver. Throws a `TypeError` without the URL, which holds the token.
 */
export function readAddress(url: string | { readonly href: string }, isMine: boolean): URL {
  let address: URL | undefined;
  try {
    address = new URL(typeof url === 'string' ? url : url.href);
  } catch {
    // Reported below: what the URL parser throws quotes the URL.
  }
  if (address?.protocol !== 'http:' && address?.protocol !== 'https:') {
    throw new TypeError('url: expected an absolute URL that begins with http:// or https://');
  }
  if (!isMine && !isLoopback(address)) {
    throw new TypeError(
      'url: expected a loopback host such as 127.0.0.1; for another one, confirm that it is yours (allowRemote, --allow-remote)',
    );
  }
  return address;
}

function isLoopback({ hostname }: URL): boolean {
  return /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Where a redirect leads, if that is the same host or the machine it comes from. */
export function redirectTarget(from: URL, location: string): URL | undefined {
  try {
    const target = new URL(location, from);
    const isHttp = target.protocol === 'http:' || target.protocol === 'https:';
    const isNear = target.hostname === from.hostname || (isLoopback(from) && isLoopback(target));
    return isHttp && isNear ? target : undefined;
  } catch {
    return undefined;
  }
}

/** The values of the token in a URL, as they are to be sent. */
export function tokensOf(url: URL, parameter: string): string[] {
  return pairsOf(url)
    .filter((pair) => isToken(pair, parameter))
    .map((pair) => decode(pair.slice(pair.indexOf('=') + 1)));
}

/** The same URL with other tokens, the rest of its query untouched. */
export function withTokens(url: URL, parameter: string, tokens: readonly string[]): URL {
  const others = pairsOf(url).filter((pair) => !isToken(pair, parameter));
  const own = tokens.map(
    (token) => `${encodeURIComponent(parameter)}=${encodeURIComponent(token)}`,
  );
  const changed = new URL(url);
  changed.search = [...others, ...own].join('&');
  return changed;
}

function pairsOf({ search }: URL): string[] {
  return search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
}

function isToken(pair: string, parameter: string): boolean {
  return decode(pair.slice(0, `${pair}=`.indexOf('='))) === parameter && pair.includes('=');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
