const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;
const WINDOW_MOST = 400 * DAY;
const WINDOW_USUAL = 84 * DAY;

/** Lower bounds of the histogram, in ms, about doubling; the last has no upper bound. */
export const BOUNDS: readonly number[] = [
  0,
  MINUTE / 2,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  DAY,
  2 * DAY,
  WEEK,
  4 * WEEK,
];

export interface Spread {
  readonly count: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly max: number | null;
  readonly buckets: readonly { readonly atLeastMs: number; readonly belowMs: number | null; readonly count: number }[];
}

/** How a set of lengths in ms is spread. Percentiles are by nearest rank: always a length that occurred. */
export function spreadOf(lengths: readonly number[]): Spread {
  const sorted = lengths.toSorted((a, b) => a - b);
  const rank = (p: number) => sorted[Math.ceil((p / 100) * sorted.length) - 1] ?? null;
  const counts = BOUNDS.map(() => 0);
  for (const length of sorted) counts[BOUNDS.findLastIndex((bound) => bound <= length)]! += 1;
  return {
    count: sorted.length,
    p50: rank(50),
    p90: rank(90),
    p95: rank(95),
    max: sorted.at(-1) ?? null,
    buckets: BOUNDS.map((atLeastMs, i) => ({ atLeastMs, belowMs: BOUNDS[i + 1] ?? null, count: counts[i]! })),
  };
}

export interface WeekSpan {
  /** The Monday, in UTC. */
  readonly week: string;
  readonly from: number;
  readonly until: number;
}

/** The weeks (from Monday, UTC) that a window touches, the first and last cut to it: together they are the window. */
export function weeksIn(from: number, until: number): readonly WeekSpan[] {
  const weeks: WeekSpan[] = [];
  for (let monday = mondayOf(from); monday < until; monday += WEEK) {
    weeks.push({ week: new Date(monday).toISOString().slice(0, 10), from: Math.max(from, monday), until: Math.min(until, monday + WEEK) });
  }
  return weeks;
}

export function mondayOf(at: number): number {
  return Math.floor((at - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
}

/** The window asked for, epoch ms; the last twelve weeks when nothing was said. */
export function windowOf(asked: { readonly from?: string | undefined; readonly until?: string | undefined }, now: number): { readonly from: number; readonly until: number } {
  const until = asked.until === undefined ? now : Date.parse(asked.until);
  return { from: asked.from === undefined ? until - WINDOW_USUAL : Date.parse(asked.from), until };
}

export function refuseWindow({ from, until }: { readonly from: number; readonly until: number }): string | undefined {
  if (until <= from) return 'The window ends before it begins.';
  return until - from > WINDOW_MOST ? 'A window is at most 400 days long.' : undefined;
}
