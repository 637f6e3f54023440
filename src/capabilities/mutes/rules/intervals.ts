import { addDays, clockLength, isZone, localDate, wallOf, whileClockShows } from '#kernel/zoned.ts';
import { covered, type Window } from '#kernel/spans.ts';
import { RANGE_FIELDS, refuseRange, within, withinMonth, type Range } from './ranges.ts';

/** Clock times of one day: from `HH:MM` until just before `HH:MM`; `24:00` is the end of the day. */
export type ClockRange = { readonly from: string; readonly until: string };

/** When it holds: every field that is not empty restricts it. Weekdays are 1 (Monday) to 7 (Sunday). */
export interface TimeInterval {
  readonly times: readonly ClockRange[];
  readonly weekdays: readonly Range[];
  readonly daysOfMonth: readonly Range[];
  readonly months: readonly Range[];
  readonly years: readonly Range[];
  readonly zone: string;
}

const DAY = 86_400_000;
const CLOCK = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Minutes of the day at which a clock range begins and ends, or the sentence by which it is refused. */
export function clockMinutes({ from, until }: ClockRange): readonly [number, number] | string {
  for (const clock of [from, until]) if (!CLOCK.test(clock)) return `“${clock}” is not a time of day such as 09:30.`;
  const [start, end] = [clockLength(from) / 60_000, clockLength(until) / 60_000];
  return start < end ? [start, end] : `${from}–${until} ends before it begins. A night is two ranges: ${from}–24:00 and 00:00–${until}.`;
}

/** The sentence by which an interval is refused, or nothing. */
export function refuseInterval(interval: TimeInterval): string | undefined {
  if (!isZone(interval.zone)) return `${interval.zone} is not a time zone. Name one such as Europe/Berlin.`;
  for (const range of interval.times) {
    const minutes = clockMinutes(range);
    if (typeof minutes === 'string') return minutes;
  }
  for (const field of RANGE_FIELDS)
    for (const range of interval[field]) {
      const refusal = refuseRange(field, range);
      if (refusal) return refusal;
    }
  return undefined;
}

/** A wall is a local clock reading as if it were UTC. */
function holdsOn({ weekdays, daysOfMonth, months, years }: TimeInterval, wall: number): boolean {
  const date = new Date(wall);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return within(years, year) && within(months, month) && withinMonth(daysOfMonth, { day, days }) && within(weekdays, date.getUTCDay() || 7);
}

/** Whether the instant falls into the interval (rule: Alertmanager `timeinterval`). */
export function contains(interval: TimeInterval, at: number): boolean {
  const wall = wallOf(interval.zone, at);
  if (!holdsOn(interval, wall)) return false;
  if (interval.times.length === 0) return true;
  const ofDay = ((wall % DAY) + DAY) % DAY;
  return interval.times.some(({ from, until }) => ofDay >= clockLength(from) && ofDay < clockLength(until));
}

/** The stretches of the window that fall into the interval, in order: exactly the instants that `contains` accepts. */
export function intervalSpans(interval: TimeInterval, window: Window): readonly Window[] {
  const { zone, times } = interval;
  const spans: Window[] = [];
  const last = addDays(localDate(zone, window.until), 1);
  for (let date = addDays(localDate(zone, window.from), -1); date <= last; date = addDays(date, 1)) {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    if (!holdsOn(interval, midnight)) continue;
    const readings = times.length === 0 ? [{ from: 0, until: DAY }] : times.map(({ from, until }) => ({ from: clockLength(from), until: clockLength(until) }));
    for (const { from, until } of readings) spans.push(...whileClockShows(zone, { from: midnight + from, until: midnight + until }));
  }
  return covered(spans);
}
