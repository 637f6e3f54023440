import { clip, covered, type Window } from '#kernel/spans.ts';
import { contains, intervalSpans, refuseInterval, type TimeInterval } from './intervals.ts';
import { inWeekly, refuseWeekly, weeklySpans, type Weekly } from './weekly.ts';

/** One window, or what comes again inside one; `until` null is without an end. Epoch ms. */
export type When =
  | { readonly kind: 'window'; readonly from: number; readonly until: number }
  | { readonly kind: 'weekly'; readonly from: number; readonly until: number | null; readonly weekly: Weekly }
  | { readonly kind: 'intervals'; readonly from: number; readonly until: number | null; readonly intervals: readonly TimeInterval[] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far ahead the next occurrence is looked for; whoever waits for a later one looks again then. */
export const LOOK_AHEAD = 400 * DAY;
const STEPS = [2 * DAY, 40 * DAY, LOOK_AHEAD] as const;
/** What a responder may silence without a lead. */
const SHORT = DAY;

/** The sentence by which times are refused, or nothing. */
export function refuseWhen(when: When): string | undefined {
  if (when.until !== null && when.until <= when.from) return 'It ends before it begins. Choose a later end.';
  if (when.kind === 'weekly') return refuseWeekly(when.weekly);
  if (when.kind === 'window') return undefined;
  if (when.intervals.length === 0) return 'Name at least one time interval.';
  for (const interval of when.intervals) {
    const refusal = refuseInterval(interval);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Long or recurring ones are for leads: who silences for weeks should answer for it. */
export function refuseLength(when: When, isLead: boolean): string | undefined {
  if (isLead) return undefined;
  if (when.kind !== 'window') return 'Only a lead may make one that comes again. Ask a lead, or choose one window of at most 24 hours.';
  return when.until - when.from > SHORT ? 'Only a lead may silence for longer than 24 hours. Choose an earlier end, or ask a lead.' : undefined;
}

export type MuteState = 'coming' | 'active' | 'waiting' | 'over';

/** `waiting`: one that comes again, between two of its occurrences. */
export function stateOf(when: When, at: number): MuteState {
  if (when.until !== null && at >= when.until) return 'over';
  if (at < when.from) return 'coming';
  return isActive(when, at) ? 'active' : 'waiting';
}

export function isActive(when: When, at: number): boolean {
  if (at < when.from || (when.until !== null && at >= when.until)) return false;
  if (when.kind === 'window') return true;
  return when.kind === 'weekly' ? inWeekly(when.weekly, at) : when.intervals.some((interval) => contains(interval, at));
}

/** The stretches of the window in which it holds, in order, joined where they touch. */
export function activeSpans(when: When, window: Window): readonly Window[] {
  const from = Math.max(when.from, window.from);
  const until = Math.min(when.until ?? window.until, window.until);
  if (from >= until) return [];
  const inside = { from, until };
  const spans =
    when.kind === 'window' ? [inside] : when.kind === 'weekly' ? weeklySpans(when.weekly, inside) : covered(when.intervals.flatMap((one) => intervalSpans(one, inside)));
  return clip(
    spans.map((span) => ({ ...span, value: null })),
    inside,
  ).map((span) => ({ from: span.from, until: span.until }));
}

/** When what is active now ends; null: no end in sight. */
export function activeUntil(when: When, at: number): number | null {
  if (when.kind === 'window') return when.until;
  for (const step of STEPS) {
    const end = activeSpans(when, { from: at, until: at + step })[0]?.until ?? at;
    if (end < at + step) return end;
  }
  return when.until;
}

/** The first instant after `at` at which it begins or ends an occurrence, or ends for good; null: none within `LOOK_AHEAD`. */
export function nextTurn(when: When, at: number): number | null {
  const ends = when.until !== null && when.until > at ? when.until : null;
  for (const step of STEPS) {
    for (const { from, until } of activeSpans(when, { from: at, until: at + step })) {
      if (from > at) return from;
      if (until > at && until < at + step) return until;
    }
  }
  return ends !== null && ends <= at + LOOK_AHEAD ? ends : null;
}

/** Its next windows, the one that runs included, at most `count`; uncut at the start. */
export function nextWindows(when: When, at: number, count: number): readonly Window[] {
  if (when.kind === 'window') return when.until > at ? [{ from: when.from, until: when.until }] : [];
  for (const step of STEPS) {
    const spans = activeSpans(when, { from: at - DAY, until: at + step }).filter(({ until }) => until > at);
    const whole = spans.filter(({ until }) => until < at + step || until === when.until);
    if (whole.length >= count || step === LOOK_AHEAD) return (whole.length >= count ? whole : spans).slice(0, count);
  }
  return [];
}

/**
 * Why a change of times would rewrite what has happened, or nothing: what is over stays, the start of what runs stays,
 * nothing begins or ends in the past (rule: Alertmanager `silence`).
 */
export function refuseEdit(from: When, to: When, now: number): string | undefined {
  if (from.until !== null && from.until <= now) return 'It is over. Make a new one instead.';
  if (to.until !== null && to.until < now) return 'It cannot end in the past. End it now instead.';
  if (from.from <= now && to.from !== from.from) return 'It has begun, so its start stays. End it and make a new one instead.';
  if (from.from > now && to.from < now) return 'It cannot begin in the past. Choose a start from now on.';
  return undefined;
}

/** Its times once it is ended by hand: what has not begun never does, what is over stays as it was. */
export function endedAt<W extends When>(when: W, now: number): W {
  if (when.until !== null && when.until <= now) return when;
  return when.from > now ? { ...when, from: now, until: now } : { ...when, until: now };
}
