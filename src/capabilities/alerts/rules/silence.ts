/** `unknown`: too little was heard to say anything. It is never shown as good. */
export type Standing = 'unknown' | 'heard' | 'silent' | 'failing';

const MINUTE = 60_000;
/** Upper bounds of the lengths that pauses are counted by, in minutes; the last takes whatever is longer. */
const BOUNDS = [1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1440, 2160, 2880, 4320, 5760, 8640, 10_080, 20_160, 43_200] as const;
const LEAST_QUIET = 15 * MINUTE;
/** Fewer pauses than these say nothing about what is usual. */
const FEWEST = 20;

export const GAP_KINDS = BOUNDS.length;

/** The place under which a pause of this length is counted. */
export function gapPlace(ms: number): number {
  const place = BOUNDS.findIndex((minutes) => ms <= minutes * MINUTE);
  return place < 0 ? BOUNDS.length - 1 : place;
}

/** The upper bound that this share of the weights does not exceed. */
function quantile(weights: readonly number[], share: number): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  for (const [place, weight] of weights.entries()) {
    below += weight;
    if (below >= all * share) return BOUNDS[place]! * MINUTE;
  }
  return BOUNDS.at(-1)! * MINUTE;
}

/**
 * After how long without a message a source is silent for longer than usual, in ms; null while too little is known.
 * Three times the pause that 95 of 100 stay below; and, for those that send in bursts or in office hours only, half as
 * long again as the pauses in which they spend 80 % of their time. A single outage hardly moves either.
 */
export function quietLimit(gaps: readonly number[]): number | null {
  const counts = BOUNDS.map((_, place) => Math.max(0, gaps[place] ?? 0));
  if (counts.reduce((sum, count) => sum + count, 0) < FEWEST) return null;
  const spent = counts.map((count, place) => count * BOUNDS[place]!);
  return Math.max(LEAST_QUIET, 3 * quantile(counts, 0.95), Math.ceil(1.5 * quantile(spent, 0.8)));
}

const CALM = 60 * MINUTE;

export interface After {
  readonly failed: boolean;
  /** When it last failed before; null: never. */
  readonly failedBefore: number | null;
  /** Messages that had failed were read now, and none of them is left. */
  readonly isMended: boolean;
  readonly at: number;
}

/** How a source stands after messages: a failure weighs for an hour, so that good and bad ones in turn are one failure, or until what failed was read. */
export function standingAfter(was: Standing, { failed, failedBefore, isMended, at }: After): Standing {
  if (failed) return 'failing';
  if (was === 'failing') return isMended || failedBefore === null || at - failedBefore > CALM ? 'heard' : 'failing';
  return was === 'silent' ? 'heard' : was;
}
