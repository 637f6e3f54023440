/** Instants are epoch milliseconds. A "wall" is a local clock reading written as if it were UTC, in the same unit. */
export type Occurrence = 'first' | 'last';

type Segment = { readonly from: number; readonly until: number; readonly offset: number };
/** `recent` is the segment that answered last: questions come close to one another. */
type Zone = { readonly formatter: Intl.DateTimeFormat; readonly years: Map<number, readonly Segment[]>; recent: Segment | undefined };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No clock is moved by more, nor differs more from UTC. */
const FARTHEST = 26 * HOUR;
const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone: Zone = { formatter, years: new Map(), recent: undefined };
  zones.set(name, zone);
  return zone;
}

/** True for an IANA name (or alias) that the platform knows. */
export function isZone(name: string): boolean {
  try {
    return zoneOf(name) !== undefined;
  } catch {
    return false;
  }
}

function measure(zone: Zone, ms: number): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const read: Record<string, string> = {};
  for (const { type, value } of zone.formatter.formatToParts(whole)) read[type] = value;
  const year = read.era === 'BC' ? 1 - Number(read.year) : Number(read.year);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(read.month) - 1, Number(read.day));
  wall.setUTCHours(Number(read.hour), Number(read.minute), Number(read.second));
  return wall.getTime() - whole;
}

/** The instant in (low, high] at which the offset stops being that of `low`. */
function change(zone: Zone, low: number, high: number): number {
  const before = measure(zone, low);
  let [from, until] = [low, high];
  while (until - from > 1000) {
    const middle = Math.floor((from + until) / 2000) * 1000;
    if (measure(zone, middle) === before) from = middle;
    else until = middle;
  }
  return until;
}

/** The year's stretches of equal offset. Looks every four days: no zone has changed twice within that. */
function segmentsOf(zone: Zone, year: number): readonly Segment[] {
  const known = zone.years.get(year);
  if (known) return known;
  const end = Date.UTC(year + 1, 0, 1);
  const segments: Segment[] = [];
  let from = Date.UTC(year, 0, 1);
  let seen = from;
  let offset = measure(zone, from);
  while (seen < end) {
    const next = Math.min(seen + 4 * DAY, end);
    const there = measure(zone, next);
    if (there !== offset) {
      const until = change(zone, seen, next);
      if (until < end) {
        segments.push({ from, until, offset });
        [from, offset] = [until, there];
      }
    }
    seen = next;
  }
  segments.push({ from, until: end, offset });
  zone.years.set(year, segments);
  return segments;
}

/** Milliseconds that the zone's clock is ahead of UTC at the instant. Refuses an unknown zone with a RangeError. */
export function offsetAt(zone: string, ms: number): number {
  const known = zoneOf(zone);
  if (known.recent && ms >= known.recent.from && ms < known.recent.until) return known.recent.offset;
  for (const segment of segmentsOf(known, new Date(ms).getUTCFullYear())) {
    if (ms >= segment.until) continue;
    known.recent = segment;
    return segment.offset;
  }
  throw new RangeError(`not an instant: ${ms}`);
}

/** The local clock reading at the instant. */
export function wallOf(zone: string, ms: number): number {
  return ms + offsetAt(zone, ms);
}

/**
 * The instant of a local clock reading. A skipped reading is the first instant after the gap; of a repeated one
 * the first or the last occurrence (rule: GoAlert `util/timeutil`).
 */
export function instantOf(zone: string, wall: number, which: Occurrence): number {
  const known = zoneOf(zone);
  const { recent } = known;
  // Far enough from both ends of a segment no other one can show the same reading.
  if (recent && wall - recent.offset >= recent.from + FARTHEST && wall - recent.offset < recent.until - FARTHEST) return wall - recent.offset;
  const early = segmentsOf(known, new Date(wall - FARTHEST).getUTCFullYear());
  const late = segmentsOf(known, new Date(wall + FARTHEST).getUTCFullYear());
  const segments = early === late ? early : [...early, ...late];
  let found: number | undefined;
  let afterGap: number | undefined;
  for (const { from, until, offset } of segments) {
    const instant = wall - offset;
    if (instant >= from && instant < until && (found === undefined || which === 'last')) {
      found = instant;
      known.recent = { from, until, offset };
    }
    // Segments come in order, so the first one whose clock starts later than the reading is the end of the gap.
    if (instant < from) afterGap ??= from;
  }
  const instant = found ?? afterGap;
  if (instant === undefined) throw new RangeError(`not a local time: ${wall}`);
  return instant;
}

/**
 * When the zone's clock shows a reading in [from, until): in one piece, in two where the clock is set back over its end,
 * in none where it is skipped.
 */
export function whileClockShows(zone: string, { from, until }: { readonly from: number; readonly until: number }): { readonly from: number; readonly until: number }[] {
  const known = zoneOf(zone);
  const pieces: { from: number; until: number }[] = [];
  for (let year = new Date(from - FARTHEST).getUTCFullYear(); year <= new Date(until + FARTHEST).getUTCFullYear(); year += 1) {
    for (const segment of segmentsOf(known, year)) {
      const piece = { from: Math.max(from - segment.offset, segment.from), until: Math.min(until - segment.offset, segment.until) };
      const last = pieces.at(-1);
      if (piece.from >= piece.until) continue;
      if (last && last.until === piece.from) last.until = piece.until;
      else pieces.push(piece);
    }
  }
  return pieces;
}

function wallOfDate(date: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (year === undefined || dateOf(wall) !== date) throw new RangeError(`not a date: ${date}`);
  return wall;
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** `HH:MM` in milliseconds since the local midnight as a clock counts; `24:00` is the end of the day. */
export function clockLength(clock: string): number {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  const length = Number(hours) * HOUR + Number(minutes) * 60_000;
  if (hours === undefined || Number(minutes) > 59 || length > DAY) throw new RangeError(`not a time of day: ${clock}`);
  return length;
}

/** The instant at which the zone's clock shows `HH:MM` on `YYYY-MM-DD`. */
export function clockOfDay(zone: string, date: string, { clock, which }: { readonly clock: string; readonly which: Occurrence }): number {
  return instantOf(zone, wallOfDate(date) + clockLength(clock), which);
}

/** `YYYY-MM-DD` in the zone. */
export function localDate(zone: string, ms: number): string {
  return dateOf(wallOf(zone, ms));
}

/** Day of the week in the zone, Monday 1 to Sunday 7. */
export function weekday(zone: string, ms: number): number {
  return new Date(wallOf(zone, ms)).getUTCDay() || 7;
}

/** The date so many days later (earlier if negative). */
export function addDays(date: string, days: number): string {
  return dateOf(wallOfDate(date) + days * DAY);
}

/** Hours that the local date lasts: 24, or 23 or 25 where the clock changes (23.5 on Lord Howe, 0 where a date was skipped). */
export function dayHours(zone: string, date: string): number {
  const midnight = { clock: '00:00', which: 'first' } as const;
  return (clockOfDay(zone, addDays(date, 1), midnight) - clockOfDay(zone, date, midnight)) / HOUR;
}
