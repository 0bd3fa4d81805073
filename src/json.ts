import { createIssue, WebhookParseError } from './errors.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { readonly fatal: true },
) => { decode(bytes: Uint8Array): string };

let decoder: InstanceType<typeof TextDecoder> | undefined;

/**
 * Turns what a server hands over into the JSON value that it stands for, or into an error. Text and
 * bytes are parsed, anything else is taken as parsed already; blank text stays as it is. Throws what
 * reading the body throws.
 */
export function readBody(body: unknown): unknown {
  const source = typeof body === 'string' ? body : bytesOf(body);
  if (!source) return body;
  try {
    const text =
      typeof source === 'string'
        ? source.charCodeAt(0) === 0xfeff
          ? source.slice(1)
          : source
        : // It skips a mark itself. Kept, and not before it is needed: not every environment has one.
          // biome-ignore lint/suspicious/noAssignInExpressions: two bytes fewer than a function
          (decoder ??= new TextDecoder('utf-8', { fatal: true })).decode(source);
    return text.trim() === '' ? text : JSON.parse(text);
  } catch {
    // Nothing of what was thrown goes on: JSON.parse quotes the body.
    throw new WebhookParseError('invalid_json', 'The body is not JSON in UTF-8', [
      createIssue([], 'object', 'text'),
    ]);
  }
}

/** The bytes of a view or a buffer of any realm. Throws when the buffer is detached. */
function bytesOf(body: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  return isArrayBuffer(body) ? new Uint8Array(body) : undefined;
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return {}.toString.call(value) === '[object ArrayBuffer]';
}

/** An object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
