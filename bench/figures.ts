/** One line of a benchmark: what was measured, and what it must reach. */
export interface Outcome {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** Ratios to a floor or a second measurement of the same run: what holds on any machine. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
}

interface Target {
  readonly says: string;
  readonly value: number;
  readonly met: boolean;
}

export const atLeast = (says: string, value: number, bound: number): Target => ({
  says: `${says} ≥ ${bound}`,
  value: round(value),
  met: value >= bound,
});
export const atMost = (says: string, value: number, bound: number): Target => ({
  says: `${says} ≤ ${bound}`,
  value: round(value),
  met: value <= bound,
});

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
}

/** Value below which a share of the measurements lies; `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
