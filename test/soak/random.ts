/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` up to, and not including, `end`. */
export function between(random: Random, least: number, end: number): number {
  return least + Math.floor(random() * (end - least));
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[between(random, 0, items.length)];
  if (item === undefined) throw new RangeError('items: expected at least one');
  return item;
}
