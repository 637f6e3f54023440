import { HOUR, type DayOf } from './time.ts';

/** Columns are days of equal width, so a place (0 to 1) is the day's number plus the share of that day which has passed. */
export function placeOf(at: number, days: readonly DayOf[]): number {
  const index = days.findIndex((day) => at < day.until);
  if (index < 0) return 1;
  const day = days[index];
  if (!day) return 0;
  return (index + Math.max(0, at - day.from) / (day.until - day.from)) / days.length;
}

const STEPS = [0.5, 1, 2, 3, 6, 12, 24] as const;
/** Fewer pixels than these nobody can aim at. */
const AIM = 7;

/** The instant at a place, on the finest step of the clock that a pointer can still hit in a picture of that width. */
export function instantAt(place: number, days: readonly DayOf[], width: number): number {
  const hours = STEPS.find((step) => (width / days.length / 24) * step >= AIM) ?? 24;
  const inside = Math.min(Math.max(place, 0), 1) * days.length;
  const index = Math.min(Math.floor(inside), days.length - 1);
  const day = days[index];
  if (!day) return 0;
  const step = hours * HOUR;
  return Math.min(day.until, day.from + Math.round(((inside - index) * (day.until - day.from)) / step) * step);
}
