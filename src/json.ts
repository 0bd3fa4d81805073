import { issueAt, unreadable, WebhookParseError } from './errors.js';

// A global of every runtime, declared here because the core assumes the types of none of them.
declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { readonly fatal: true },
) => { decode(bytes: Uint8Array): string };

let decoder: InstanceType<typeof TextDecoder> | undefined;

/**
 * Turns what a server hands over into the JSON value that it stands for, or into an error. Text and
 * bytes are parsed, anything else is taken as parsed already; blank text is the empty string.
 */
export function readBody(body: unknown): unknown {
  let bytes: Uint8Array | undefined;
  let text: string | undefined;
  try {
    if (typeof body === 'string') {
      text = body.startsWith('\uFEFF') ? body.slice(1) : body;
    } else {
      bytes = bytesOf(body);
      if (bytes === undefined) return body;
      decoder ??= new TextDecoder('utf-8', { fatal: true });
      text = decoder.decode(bytes);
    }
    return JSON.parse(text);
  } catch {
    // Nothing of what was thrown goes on: JSON.parse quotes the body.
    if (text?.trim() === '') return text;
    if (text === undefined && bytes === undefined) return unreadable();
    const issue = issueAt([], 'object', text ?? 'bytes');
    return new WebhookParseError(
      'invalid_json',
      'The body is not JSON in UTF-8: pass it as it came',
      [issue],
    );
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
    Object.prototype.toString.call(value) === '[object ArrayBuffer]'
  );
}
