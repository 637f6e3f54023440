import { covered, type Window } from './spans.ts';
import { clockLength, instantOf, wallOf } from './zoned.ts';

export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** On these weekdays from one time of day to another; not later runs over midnight, equal is 24 hours. A day belongs to the window that begins on it. */
export type Hours = { readonly days: readonly Weekday[]; readonly from: string; readonly until: string };

const DAY = 86_400_000;
export const WEEK = 7 * DAY;
/** A Monday, as a clock reading. */
const MONDAY = Date.UTC(2024, 0, 1);
/** No clock has ever been moved by more. */
const FARTHEST_CHANGE = 26 * 3_600_000;

const patterns = new WeakMap<readonly Hours[], readonly Window[]>();

/** The windows of one week as distances from its Monday; the last may run into the next week. */
export function patternOf(hours: readonly Hours[]): readonly Window[] {
  const known = patterns.get(hours);
  if (known) return known;
  const pattern = covered(
    hours.flatMap(({ days, from, until }) => {
      const [begin, end] = [clockLength(from), clockLength(until)];
      return days.map((day) => {
        const start = WEEKDAYS.indexOf(day) * DAY + begin;
        return { from: start, until: start + end - begin + (end > begin ? 0 : DAY) };
      });
    }),
  );
  patterns.set(hours, pattern);
  return pattern;
}

/** Whether a stretch of the wall clock touches the hours. */
export function touches(hours: readonly Hours[], { from, until }: Window): boolean {
  if (until - from >= WEEK) return patternOf(hours).length > 0;
  const begin = (((from - MONDAY) % WEEK) + WEEK) % WEEK;
  const end = begin + until - from;
  return patternOf(hours).some((open) => [-WEEK, 0, WEEK].some((shift) => open.from + shift < end && open.until + shift > begin));
}

/** When the hours are open, in order and joined where they touch; whole windows, not cut to the one asked for. */
export function openIn(hours: readonly Hours[], zone: string, window: Window): Window[] {
  const pattern = patternOf(hours);
  const [first, last] = [wallOf(zone, window.from) - FARTHEST_CHANGE, wallOf(zone, window.until) + FARTHEST_CHANGE];
  const open: Window[] = [];
  for (let monday = MONDAY + Math.floor((first - MONDAY) / WEEK - 1) * WEEK; monday < last; monday += WEEK) {
    for (const piece of pattern) {
      if (monday + piece.until <= first || monday + piece.from >= last) continue;
      open.push({ from: instantOf(zone, monday + piece.from, 'first'), until: instantOf(zone, monday + piece.until, 'first') });
    }
  }
  return covered(open).filter(({ from, until }) => from < window.until && until > window.from);
}

/** Whether the hours are open at the instant. */
export function isOpen(hours: readonly Hours[], zone: string, at: number): boolean {
  const wall = wallOf(zone, at);
  // Where no clock is changed nearby, readings are compared as they are.
  const steady = [at - FARTHEST_CHANGE, at + FARTHEST_CHANGE].every((near) => wallOf(zone, near) - near === wall - at);
  if (steady) return touches(hours, { from: wall, until: wall + 1 });
  return openIn(hours, zone, { from: at, until: at + 1 }).length > 0;
}

const alwaysOpen = (hours: readonly Hours[]) => patternOf(hours).some(({ from, until }) => until - from >= WEEK);

/** The window of the hours that runs at the instant, else the next one; null when there is none. Hours that are never closed are one window without begin and end. */
export function windowAt(hours: readonly Hours[], zone: string, at: number): Window | null {
  if (alwaysOpen(hours)) return { from: -Infinity, until: Infinity };
  return openIn(hours, zone, { from: at, until: at + 2 * WEEK }).find(({ until }) => until > at) ?? null;
}

/** The next beginning of a window after the instant; null when the hours are never open. */
export function nextOpening(hours: readonly Hours[], zone: string, after: number): number | null {
  return openIn(hours, zone, { from: after, until: after + 2 * WEEK }).find(({ from }) => from > after)?.from ?? null;
}
