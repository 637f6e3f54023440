/** At most `count` in any `perMs`; smooth spreads what is left over the next shorter rule evenly over the rest. */
export interface LimitRule {
  readonly count: number;
  readonly perMs: number;
  readonly smooth: boolean;
}

const MINUTE = 60_000;
const rule = (count: number, minutes: number, smooth = false): LimitRule => ({ count, perMs: minutes * MINUTE, smooth });

/**
 * Per contact (reference: GoAlert `engine/message/ratelimit.go`, for calls and texts). The first of a storm come at
 * once, the rest spread out, never a long silence. Mail rings nobody and has a queue of its own; a machine takes all.
 */
const LIMITS: Readonly<Record<string, readonly LimitRule[]>> = {
  voice: [rule(1, 1), rule(3, 15), rule(7, 60, true), rule(15, 180, true)],
  sms: [rule(1, 1), rule(5, 15), rule(11, 60, true), rule(21, 180, true)],
};
const CHAT = [rule(20, 1), rule(120, 60, true)];
const UNLIMITED = new Set(['email', 'webhook', 'browser']);

export function limitsOf(channel: string): readonly LimitRule[] {
  return LIMITS[channel] ?? (UNLIMITED.has(channel) ? [] : CHAT);
}

/** How far back a limit looks. */
export const LIMIT_MEMORY_MS = 180 * MINUTE;

/** The first instant from `now` on at which one more may be sent; `sent` are the instants of earlier ones, in any order. */
export function nextAllowed(rules: readonly LimitRule[], sent: readonly number[], now: number): number {
  const newestFirst = sent.toSorted((a, b) => b - a);
  return Math.max(now, ...rules.map((each, at) => allowedBy(each, rules[at - 1], newestFirst)));
}

function allowedBy(each: LimitRule, shorter: LimitRule | undefined, newestFirst: readonly number[]): number {
  const [burst, burstMs] = each.smooth && shorter ? [shorter.count, shorter.perMs] : [0, 0];
  const step = (each.perMs - burstMs) / Math.max(1, each.count - burst);
  const from = each.smooth ? burst + 1 : each.count;
  const bound = newestFirst.slice(from - 1, each.count).map((at, index) => at + (each.smooth ? burstMs + (index + 1) * step : each.perMs));
  return Math.max(Number.NEGATIVE_INFINITY, ...bound);
}
