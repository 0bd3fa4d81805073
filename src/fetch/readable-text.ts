import { isNonEmptyString } from '../json.js';
import type { Connection } from '../request.js';

const mostCharacters = 500;
const shortToken = 8;

/** Text of a response that may be logged: cut off, and `null` when it repeats a token. */
export function readableText(value: unknown, connection: Connection): string | null {
  if (!isNonEmptyString(value)) return null;
  const { accessToken, clientToken } = connection;
  if (repeats(value, accessToken) || repeats(value, clientToken)) return null;
  return value.slice(0, mostCharacters);
}

/** A token as short as those of tests is a part of many words, so it has to be a word itself. */
function repeats(text: string, token: string): boolean {
  return token.length < shortToken ? text.split(/[^\w-]+/).includes(token) : text.includes(token);
}
