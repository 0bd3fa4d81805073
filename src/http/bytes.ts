/** Gathers the pieces of a body in memory that grows with what came, and never over the limit. */
export interface ByteCollector {
  /** Takes bytes or text, and tells whether to go on. Throws for anything else. */
  readonly add: (piece: unknown) => boolean;
  /** Whether more came than the limit allows. */
  readonly exceeded: () => boolean;
  /** What came so far. Nothing more is taken. */
  readonly close: () => Uint8Array;
}

const none = new Uint8Array(0);

/** Starts a collector of at most `maxBytes`. */
export function collectBytes(maxBytes: number): ByteCollector {
  let bytes: Uint8Array = none;
  let length = 0;
  let open = true;
  return {
    add(piece) {
      if (!open) return false;
      const added = bytesOf(piece);
      const total = length + added.byteLength;
      if (total > maxBytes) {
        bytes = none;
        open = false;
      } else if (length === 0) {
        bytes = added; // the usual body comes in one piece: no copy
      } else {
        // Doubling, since a sender may choose to send a byte at a time.
        if (total > bytes.byteLength) bytes = grow(bytes, length, Math.max(total, length * 2));
        bytes.set(added, length);
      }
      length = total;
      return open;
    },
    exceeded: () => length > maxBytes,
    close() {
      open = false;
      // The usual body fills its bytes: a view of them costs more than the question.
      return bytes.byteLength === length ? bytes : bytes.subarray(0, length);
    },
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

function grow(bytes: Uint8Array, length: number, capacity: number): Uint8Array {
  const grown = new Uint8Array(capacity);
  grown.set(bytes.subarray(0, length));
  return grown;
}

/** The size of text or bytes; 0 for what a parser has made into something else. */
export function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).byteLength;
  return ArrayBuffer.isView(body) ? body.byteLength : 0;
}
