import { nextTime } from './schedule.ts';
import type { Schedule } from './schedule.ts';

/** Expected every so many ms, or at the times of a schedule. */
export type Expectation = { readonly kind: 'simple'; readonly periodMs: number } | Schedule;

/** What is stored of a heartbeat check. Instants are epoch ms. */
export type Heartbeat = {
  readonly stored: 'new' | 'up' | 'down' | 'paused';
  readonly expects: Expectation;
  readonly graceMs: number;
  readonly lastPing: number | null;
  readonly lastStart: number | null;
};

export type SettledStatus = 'new' | 'up' | 'grace' | 'down' | 'paused';
export type HeartbeatStatus = SettledStatus | 'started';

/** When the next ping is expected; null when none is: not up, never pinged, or a schedule that has no further time. */
export function expectedAt({ stored, expects, lastPing }: Heartbeat): number | null {
  if (stored !== 'up' || lastPing === null) return null;
  return expects.kind === 'simple' ? lastPing + expects.periodMs : nextTime(expects, lastPing);
}

/** The instant at which it goes down by itself, null for never (rule: Healthchecks `Check.going_down_after`). */
export function alertAfter(check: Heartbeat): number | null {
  if (check.stored === 'down') return null;
  const begins = [expectedAt(check), check.lastStart].filter((instant) => instant !== null);
  return begins.length === 0 ? null : Math.min(...begins) + check.graceMs;
}

/** Late from the expected time, down from the expected time plus grace; a start without an end within the grace time is down whatever is stored. */
export function statusOf(check: Heartbeat, now: number): HeartbeatStatus {
  if (check.lastStart !== null && now < check.lastStart + check.graceMs) return 'started';
  return settledStatusOf(check, now);
}

/** The same where a run in progress is not shown. */
export function settledStatusOf(check: Heartbeat, now: number): SettledStatus {
  if (check.lastStart !== null && now >= check.lastStart + check.graceMs) return 'down';
  if (check.stored !== 'up') return check.stored;
  const expected = expectedAt(check);
  if (expected === null || now < expected) return 'up';
  return now < expected + check.graceMs ? 'grace' : 'down';
}

/**
 * What becomes of one whose stored time to go down has come: it falls at the instant at which it truly did, not when that
 * was noticed; when its time is in truth still to come, that is the time to store.
 */
export function fallOf(check: Heartbeat, stored: number, now: number): { readonly falls: number } | { readonly waits: number | null } {
  const due = alertAfter(check);
  if (due === null || due > now) return { waits: due };
  return { falls: Math.max(due, stored) };
}
