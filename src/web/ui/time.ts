/** A moment as it comes over the wire (RFC 3339), as milliseconds, or as a Date. */
export type Instant = string | number | Date;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const ms = (at: Instant): number => (typeof at === 'number' ? at : at instanceof Date ? at.getTime() : Date.parse(at));

export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** What a clock on the wall of the zone shows at that instant; month 1–12. */
export function wallOf(at: Instant, zone: string): Wall {
  const found: Record<string, number> = {};
  for (const part of partsFormat(zone).formatToParts(ms(at))) found[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second };
}

const asUtc = (wall: Wall) => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/** The instant at which the zone's clock shows that wall time; in a gap the later side, in an overlap the first. */
export function instantOf(wall: Wall, zone: string): number {
  const aim = asUtc(wall);
  const offsetAt = (at: number) => asUtc(wallOf(at, zone)) - Math.floor(at / SECOND) * SECOND;
  const before = aim - offsetAt(aim - DAY);
  if (asUtc(wallOf(before, zone)) === aim) return before;
  const after = aim - offsetAt(aim + DAY);
  return asUtc(wallOf(after, zone)) === aim ? after : before;
}

const two = (n: number) => String(n).padStart(2, '0');
const weekday = (wall: Wall) => WEEKDAYS[new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()] ?? '';
const monthName = (wall: Wall) => MONTHS[wall.month - 1] ?? '';
const dayNumber = (wall: Wall) => Math.floor(Date.UTC(wall.year, wall.month - 1, wall.day) / DAY);

/** "CEST", "EDT", or "GMT+5:30" where the zone has no letters of its own. */
export function zoneName(at: Instant, zone: string): string {
  for (const locale of ['en-GB', 'en-US', 'en-AU', 'en-IN']) {
    const parts = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      timeZoneName: 'short',
    }).formatToParts(ms(at));
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    if (name && !/[+-]\d|−/.test(name)) return name;
  }
  const offset = (asUtc(wallOf(at, zone)) - Math.floor(ms(at) / SECOND) * SECOND) / MINUTE;
  const size = Math.abs(offset);
  return `GMT${offset < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${two(size % 60)}` : ''}`;
}

/** "14:27" */
export function clockTime(at: Instant, zone: string): string {
  const wall = wallOf(at, zone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

/** "14:24:12" */
export const clockSeconds = (at: Instant, zone: string): string => `${clockTime(at, zone)}:${two(wallOf(at, zone).second)}`;

/** "Tue 20 Oct", with the year when it is not the year of `now`. */
export function dayName(at: Instant, zone: string, now: Instant = at): string {
  const wall = wallOf(at, zone);
  const year = wall.year === wallOf(now, zone).year ? '' : ` ${wall.year}`;
  return `${weekday(wall)} ${wall.day} ${monthName(wall)}${year}`;
}

/** "Tue 20 Oct, 14:27 CEST" */
export const fullTime = (at: Instant, zone: string, now: Instant = at): string => `${dayName(at, zone, now)}, ${clockTime(at, zone)} ${zoneName(at, zone)}`;

/** Today "14:27"; within six days "Mon 22:10"; this year "14 Sep"; else "14 Sep 2025". */
export function shortTime(at: Instant, zone: string, now: Instant): string {
  const wall = wallOf(at, zone);
  const today = wallOf(now, zone);
  const days = dayNumber(wall) - dayNumber(today);
  if (days === 0) return clockTime(at, zone);
  if (Math.abs(days) <= 6) return `${weekday(wall)} ${clockTime(at, zone)}`;
  return `${wall.day} ${monthName(wall)}${wall.year === today.year ? '' : ` ${wall.year}`}`;
}

/** "20 Oct 2026, 12:27:05 UTC", shown on hover. */
export function utcTime(at: Instant): string {
  const wall = wallOf(at, 'UTC');
  return `${wall.day} ${monthName(wall)} ${wall.year}, ${clockSeconds(at, 'UTC')} UTC`;
}

/** A length in words, at most two units: "40 s", "8 min", "2 h 14 min", "5 d 19 h", "64 d". */
export function lengthOf(length: number): string {
  const size = Math.abs(length);
  if (size < MINUTE) return `${Math.floor(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  if (size < DAY) return join(Math.floor(size / HOUR), 'h', Math.floor((size % HOUR) / MINUTE), 'min');
  if (size < 10 * DAY) return join(Math.floor(size / DAY), 'd', Math.floor((size % DAY) / HOUR), 'h');
  return `${Math.floor(size / DAY)} d`;
}

const join = (...[big, bigUnit, small, smallUnit]: [number, string, number, string]) => (small ? `${big} ${bigUnit} ${small} ${smallUnit}` : `${big} ${bigUnit}`);

/** A running clock: "6:52", "46:10", "1:02:05". */
export function countdown(length: number): string {
  const seconds = Math.floor(Math.abs(length) / SECOND);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long ago, in words without "ago": "8 min". A moment ahead reads "now". */
export const ago = (at: Instant, now: Instant): string => {
  const length = ms(now) - ms(at);
  return length < SECOND ? 'now' : lengthOf(length);
};

/** "in 6:52" under ten minutes, "in 19 min", "in 5 h 10 min", "in 6 days"; past: "64 d over". */
export function dueIn(at: Instant, now: Instant): string {
  const left = ms(at) - ms(now);
  if (left < 0) return `${lengthOf(left)} over`;
  if (left < 10 * MINUTE) return `in ${countdown(left)}`;
  if (left < 2 * DAY) return `in ${lengthOf(left)}`;
  return `in ${Math.floor(left / DAY)} days`;
}

export interface DayOf {
  readonly from: number;
  readonly until: number;
  readonly label: string;
  readonly weekend: boolean;
  readonly today: boolean;
  readonly hours: number;
}

/** The calendar days of the zone that [from, until) touches, each with its true length in hours (23, 24 or 25). */
export function daysOf(range: { readonly from: Instant; readonly until: Instant; readonly zone: string }, now: Instant): readonly DayOf[] {
  const days: DayOf[] = [];
  const start = wallOf(range.from, range.zone);
  const today = dayNumber(wallOf(now, range.zone));
  const midnight = (offset: number) => {
    const date = new Date(Date.UTC(start.year, start.month - 1, start.day + offset));
    const wall = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    };
    return { wall, at: instantOf(wall, range.zone) };
  };
  for (let n = 0; n < 400; n++) {
    const { wall, at } = midnight(n);
    if (at >= ms(range.until)) break;
    const next = midnight(n + 1).at;
    const name = weekday(wall);
    days.push({
      from: at,
      until: next,
      label: `${name} ${wall.day}`,
      weekend: name === 'Sat' || name === 'Sun',
      today: dayNumber(wall) === today,
      hours: Math.round((next - at) / HOUR),
    });
  }
  return days;
}
