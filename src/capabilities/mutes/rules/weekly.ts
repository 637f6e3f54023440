import { addDays, clockLength, isZone, instantOf, localDate } from '#kernel/zoned.ts';
import { covered, type Window } from '#kernel/spans.ts';

/** A start by the clock of a zone and a length, on the weekdays on which it starts (1 Monday to 7 Sunday; none named is every day). */
export interface Weekly {
  readonly start: string;
  readonly minutes: number;
  readonly weekdays: readonly number[];
  readonly zone: string;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The sentence by which a recurring window is refused, or nothing. */
export function refuseWeekly({ start, minutes, weekdays, zone }: Weekly): string | undefined {
  if (!isZone(zone)) return `${zone} is not a time zone. Name one such as Europe/Berlin.`;
  if (!CLOCK.test(start)) return `“${start}” is not a time of day such as 22:00.`;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) return 'It lasts from 1 minute to 24 hours.';
  if (weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) return 'Weekdays are 1 (Monday) to 7 (Sunday).';
  return undefined;
}

/**
 * Its occurrences that touch the window, each uncut. Both ends are clock readings, so a night is 22:00 to 06:00 also when the
 * clock is set; where the clock skips the whole of it, it takes place right after the gap.
 */
export function occurrences({ start, minutes, weekdays, zone }: Weekly, window: Window): Window[] {
  const found: Window[] = [];
  const last = addDays(localDate(zone, window.until), 1);
  for (let date = addDays(localDate(zone, window.from), -2); date <= last; date = addDays(date, 1)) {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    if (weekdays.length > 0 && !weekdays.includes(new Date(midnight).getUTCDay() || 7)) continue;
    const wall = midnight + clockLength(start);
    const from = instantOf(zone, wall, 'first');
    const end = instantOf(zone, wall + minutes * 60_000, 'first');
    const until = end > from ? end : from + minutes * 60_000;
    if (from < window.until && until > window.from) found.push({ from, until });
  }
  return found;
}

export function weeklySpans(weekly: Weekly, window: Window): readonly Window[] {
  return covered(occurrences(weekly, window));
}

export function inWeekly(weekly: Weekly, at: number): boolean {
  return occurrences(weekly, { from: at, until: at + 1 }).length > 0;
}
