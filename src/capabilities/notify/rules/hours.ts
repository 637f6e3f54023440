import { addDays, clockOfDay, localDate, weekday } from '#kernel/zoned.ts';

export const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type Day = (typeof DAYS)[number];

/** A window of local time on weekdays; `until` not after `from` runs over midnight, equal is the whole day. */
export interface Hours {
  readonly days: readonly Day[];
  readonly from: string;
  readonly until: string;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The windows of some days around an instant, as instants of the zone. */
function spansAround(hours: readonly Hours[], zone: string, now: number): readonly Span[] {
  const today = localDate(zone, now);
  const at = (date: string, clock: string) => clockOfDay(zone, date, { clock, which: 'first' });
  const spans: Span[] = [];
  for (let ahead = -1; ahead <= 10; ahead += 1) {
    const date = addDays(today, ahead);
    const day = DAYS[weekday(zone, at(date, '12:00')) - 1];
    for (const window of hours) {
      if (!day || !window.days.includes(day)) continue;
      spans.push({ from: at(date, window.from), until: at(window.until > window.from ? date : addDays(date, 1), window.until) });
    }
  }
  return spans.toSorted((a, b) => a.from - b.from);
}

/** Longer than a week, and shorter than what the windows are laid out for. */
const LOOKAHEAD_MS = 8 * 86_400_000;

export interface Held {
  /** When the contact may be used; empty is always. */
  readonly allowed: readonly Hours[];
  /** When the person wants to be left alone. */
  readonly quiet: readonly Hours[];
  readonly zone: string;
}

/**
 * Until when a message waits for the person's hours; null when it may go now. A page of high urgency never waits, and
 * hours that leave no moment of the next week hold back nothing: a mistake must not silence anybody.
 */
export function heldUntil(message: { readonly urgent: boolean }, { allowed, quiet, zone }: Held, now: number): number | null {
  if (message.urgent || (allowed.length === 0 && quiet.length === 0)) return null;
  const open = spansAround(allowed, zone, now);
  const closed = spansAround(quiet, zone, now);
  const free = (at: number) => (allowed.length === 0 || open.some((span) => span.from <= at && at < span.until)) && !closed.some((span) => span.from <= at && at < span.until);
  if (free(now)) return null;
  const later = [...open.map((span) => span.from), ...closed.map((span) => span.until)].filter((at) => at > now && at < now + LOOKAHEAD_MS).toSorted((a, b) => a - b);
  return later.find(free) ?? null;
}
