import { unreadable } from './errors.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { readonly fatal: true; readonly ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

let decoder: InstanceType<typeof TextDecoder> | undefined;

/**
 * Turns what a server hands over into the JSON value that it stands for, or into an error. Text and
 * bytes are parsed, anything else is taken as parsed already; blank text stays as it is.
 */
export function readBody(body: unknown): unknown {
  let text: string | undefined;
  try {
    if (typeof body === 'string') {
      text = body;
    } else {
      const bytes = bytesOf(body);
      if (!bytes) return body;
      text = 'bytes'; // until they are decoded
      decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      text = decoder.decode(bytes);
    }
    if (text.startsWith('\uFEFF')) text = text.slice(1);
    return JSON.parse(text);
  } catch {
    // Nothing of what was thrown goes on: JSON.parse quotes the body.
    return text?.trim() === '' ? text : unreadable(text);
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
  return (
    typeof value === 'object' &&
    value !== null &&
    // Spares most bodies the slower question.
    'byteLength' in value &&
    {}.toString.call(value) === '[object ArrayBuffer]'
  );
}
