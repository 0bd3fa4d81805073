/** Numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number;

/** Starts a sequence; without a seed, another one each time. Not for secrets. */
export function createRandom(seed: number = Math.random() * 2 ** 32): Random {
  let state = seed >>> 0;
  return () => {
    // Mulberry32: 32 bits of state are enough for identifiers in tests.
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An identifier of the form that Mews uses. */
export function randomId(random: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    Math.floor(random() * 16).toString(16),
  );
}
