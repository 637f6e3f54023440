/** Token bucket per key, in memory: `burst` at once, refilled at `perMinute`. Each node counts for itself. */
export interface Limit {
  /** Seconds to wait, or 0 when the call may go on. */
  take(key: string, now: number): number;
}

export function rateLimit(options: { readonly burst: number; readonly perMinute: number }): Limit {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = options.perMinute / 60_000;
  return {
    take(key, now) {
      if (buckets.size > 20_000) buckets.clear();
      const bucket = buckets.get(key) ?? { left: options.burst, at: now };
      const left = Math.min(options.burst, bucket.left + Math.max(0, now - bucket.at) * perMs);
      if (left < 1) {
        buckets.set(key, { left, at: now });
        return Math.ceil((1 - left) / perMs / 1000);
      }
      buckets.set(key, { left: left - 1, at: now });
      return 0;
    },
  };
}
