import { isObject } from '../json.js';
import { UsageError } from './terminal.js';

/** The messages of a file, and the numbers of the lines that hold none. */
export interface MessagesFile {
  readonly bodies: readonly Uint8Array[];
  readonly spoiledLines: readonly number[];
}

/**
 * Reads the messages of a file: each line of a recording. A file that is one JSON value, on however many
 * lines, is one message, and so is a single line, even one that is not JSON.
 */
export function readMessages(bytes: Uint8Array): MessagesFile {
  const text = new TextDecoder().decode(bytes);
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const filled = lines.filter(({ line }) => line !== '');
  if (filled.length <= 1 || parse(text) !== undefined) {
    return { bodies: [bytes], spoiledLines: [] };
  }
  const isMessage = ({ line }: { readonly line: string }) => isObject(parse(line));
  const messages = filled.filter(isMessage);
  if (messages.length === 0) {
    throw new UsageError('--file: neither one JSON message nor a recording with one on each line');
  }
  return {
    bodies: messages.map(({ line }) => new TextEncoder().encode(line)),
    spoiledLines: filled.filter((line) => !isMessage(line)).map(({ number }) => number),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
