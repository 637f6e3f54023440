/** Bucket n holds response times up to 2^(n/4) ms: each is a fifth wider than the one before it, the last is for all above. */
const STEPS_PER_DOUBLING = 4;
/** Beyond the longest time-out, 60 s, there is nothing to tell apart. */
const LAST = 64;

/** Over how long response times are told. */
export const WINDOWS = ['day', 'week', 'month', 'quarter'] as const;

/** How often each bucket was met; the empty ones at the end are left out. */
export type Buckets = readonly number[];

/** What the results of an hour come to. Times are those of good results only: a time-out says nothing of how fast an answer is. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
  readonly tookMs: number;
  readonly tookMostMs: number;
  readonly buckets: Buckets;
}

export function bucketOf(tookMs: number): number {
  return tookMs <= 1 ? 0 : Math.min(LAST, Math.ceil(STEPS_PER_DOUBLING * Math.log2(tookMs)));
}

/** What a time in the bucket is told as: no more than a tenth away from it. */
function valueOf(bucket: number): number {
  return bucket === 0 ? 1 : 2 ** ((bucket - 0.5) / STEPS_PER_DOUBLING);
}

export function addBuckets(some: Buckets, others: Buckets): Buckets {
  return Array.from({ length: Math.max(some.length, others.length) }, (_, i) => (some[i] ?? 0) + (others[i] ?? 0));
}

export function tallyOf(results: readonly { readonly ok: boolean; readonly tookMs: number | null }[]): Tally {
  const buckets: number[] = [];
  let [good, tookMs, tookMostMs] = [0, 0, 0];
  for (const result of results) {
    if (!result.ok) continue;
    good += 1;
    if (result.tookMs === null) continue;
    const bucket = bucketOf(result.tookMs);
    while (buckets.length <= bucket) buckets.push(0);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    tookMs += result.tookMs;
    tookMostMs = Math.max(tookMostMs, result.tookMs);
  }
  return { good, bad: results.length - good, tookMs, tookMostMs, buckets };
}

/** The time that this share of results did not exceed, nearest rank; null without any. */
export function percentile(buckets: Buckets, share: number): number | null {
  const count = buckets.reduce((sum, n) => sum + n, 0);
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * count));
  let below = 0;
  const bucket = buckets.findIndex((n) => (below += n) >= rank);
  return valueOf(bucket === -1 ? LAST : bucket);
}

export interface Latency {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export function latencyOf(buckets: Buckets, tookMs: number): Latency {
  const count = buckets.reduce((sum, n) => sum + n, 0);
  const rounded = (share: number) => {
    const value = percentile(buckets, share);
    return value === null ? null : Math.round(value);
  };
  return { count, meanMs: count === 0 ? null : tookMs / count, p50: rounded(0.5), p95: rounded(0.95), p99: rounded(0.99) };
}

/** Tallies in steps of a length from an instant on, only those that have any result; `at` is where a step begins. */
export function inSteps(tallies: readonly (Tally & { readonly at: number })[], from: number, stepMs: number): readonly (Latency & { readonly at: number; readonly bad: number })[] {
  const steps = Map.groupBy(tallies, ({ at }) => Math.floor((at - from) / stepMs));
  return [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([step, some]) => ({
      at: from + step * stepMs,
      bad: some.reduce((sum, { bad }) => sum + bad, 0),
      ...latencyOf(
        some.reduce<Buckets>((sum, { buckets }) => addBuckets(sum, buckets), []),
        some.reduce((sum, { tookMs }) => sum + tookMs, 0),
      ),
    }));
}
