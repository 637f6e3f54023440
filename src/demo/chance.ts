/** A small seeded generator (mulberry32): the sample organisation is the same on every machine. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(all: readonly T[]): T;
  /** Log-normal around a median, for times people take. */
  around(median: number, spread: number): number;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (all) => {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    around: (median, spread) => median * Math.exp(spread * (next() + next() + next() - 1.5)),
  };
}
