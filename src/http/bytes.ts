/** Collects the pieces of a body, in memory that grows with them and never beyond the limit. */
export interface ByteCollector {
  /** Adds bytes or text. Returns `false` once there is more than the limit. Throws for anything else. */
  readonly add: (piece: unknown) => boolean;
  readonly bytes: () => Uint8Array;
}

/** Starts a collector of at most `maxBytes`. */
export function collectBytes(maxBytes: number): ByteCollector {
  let buffer: Uint8Array = new Uint8Array(0);
  let length = 0;
  return {
    add(piece) {
      const added = bytesOf(piece);
      const total = length + added.byteLength;
      if (total > maxBytes) return false;
      if (length === 0) {
        buffer = added; // the usual body comes in one piece: no copy
      } else {
        // Doubling, since a sender may choose to send a byte at a time.
        if (total > buffer.byteLength) buffer = grow(buffer, length, Math.max(total, length * 2));
        buffer.set(added, length);
      }
      length = total;
      return true;
    },
    bytes: () => buffer.subarray(0, length),
  };
}

function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === 'string') return new TextEncoder().encode(piece);
  if (piece instanceof Uint8Array) return piece;
  // The bytes of another realm are no instance.
  if (ArrayBuffer.isView(piece)) {
    return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  throw new TypeError('expected bytes or text');
}

function grow(buffer: Uint8Array, length: number, capacity: number): Uint8Array {
  const grown = new Uint8Array(capacity);
  grown.set(buffer.subarray(0, length));
  return grown;
}

/** The size of text or bytes; 0 for what a parser has made into something else. */
export function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).byteLength;
  return ArrayBuffer.isView(body) ? body.byteLength : 0;
}
