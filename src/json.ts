import { createIssue, failure, type ParseResult, unreadable } from './errors.js';

// A global of nearly every runtime. It is declared here because the core uses the types of none.
declare const TextDecoder:
  | (new (
      encoding: 'utf-8',
      options: { readonly fatal: true; readonly ignoreBOM: true },
    ) => Decoder)
  | undefined;

interface Decoder {
  decode(bytes: Uint8Array | undefined): string;
}

// Made with the first bytes and kept: making one takes as long as decoding a small body.
let decoder: Decoder | undefined;

/** An object of which nothing is known yet. */
export type JsonObject = Readonly<Record<PropertyKey, unknown>>;

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/**
 * Turns the body of a request, in whatever form a server hands it over, into a JSON value. Text and
 * bytes are parsed; any other value was parsed before and is returned as it is. Blank text is
 * returned as it is, too: it is a missing body and not malformed JSON.
 *
 * @throws `TypeError` when the body is bytes and the runtime has no `TextDecoder`.
 */
export function readJson(body: unknown): ParseResult<unknown> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = toBytes(body);
  } catch {
    return unreadable();
  }
  const utf8 = bytes && getDecoder();
  try {
    const read = utf8 ? utf8.decode(bytes) : body;
    if (typeof read !== 'string') return { success: true, data: read };
    const text = read.replace(/^\uFEFF/, '');
    return { success: true, data: text.trim() === '' ? text : JSON.parse(text) };
  } catch {
    // The error of JSON.parse is dropped: it quotes the body.
    return failure('invalid_json', 'The body is not JSON in UTF-8. Pass the raw body.', [
      createIssue([], 'object', 'string'),
    ]);
  }
}

/** The bytes of a buffer or a view; `undefined` for any other value. */
function toBytes(body: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  return isArrayBuffer(body) ? new Uint8Array(body) : undefined;
}

/** Not by `instanceof`, which is false for a buffer of another realm. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return isObject(value) && value[Symbol.toStringTag] === 'ArrayBuffer';
}

/** A decoder that refuses what is not UTF-8. It keeps a byte order mark, which is removed from any text. */
function getDecoder(): Decoder {
  if (decoder !== undefined) return decoder;
  if (typeof TextDecoder === 'undefined') {
    throw new TypeError('TextDecoder is missing. Pass the body as a string.');
  }
  decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return decoder;
}
