import { instantOf, wallOf } from '#kernel/zoned.ts';

/** One field of a calendar expression: whether it allows a value. */
type Field = (value: number) => boolean;
export type Calendar = {
  readonly weekday: Field;
  readonly year: Field;
  readonly month: Field;
  readonly day: Field;
  readonly lastDays: Field | null;
  readonly times: readonly number[];
};

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const LAST_YEAR = 2199;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const words: Readonly<Record<string, string>> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
};

type Range = { readonly least: number; readonly most: number };

function numberIn(text: string, { least, most }: Range): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new RangeError(`${text || 'nothing'} is not between ${least} and ${most}`);
  return value;
}

/** `*`, `5`, `1..5`, `1..5/2`, `0/15` and lists of them (systemd.time, "Calendar Events"). */
function fieldOf(text: string, range: Range): Field {
  const parts = text.split(',').map((part): Field => {
    const [base = '', stepText] = part.split('/');
    const step = stepText === undefined ? null : numberIn(stepText, { least: 1, most: range.most });
    const [low, high] = base.split('..');
    const from = low === '*' ? range.least : numberIn(low ?? '', range);
    const until = high !== undefined ? numberIn(high, range) : low === '*' || step !== null ? range.most : from;
    if (until < from) throw new RangeError(`${base} runs backwards`);
    return (value) => value >= from && value <= until && (value - from) % (step ?? 1) === 0;
  });
  return (value) => parts.some((allows) => allows(value));
}

function weekdayField(text: string): Field {
  const index = (name: string) => {
    const found = weekdays.indexOf(name.slice(0, 3).toLowerCase());
    if (found === -1) throw new RangeError(`${name} is not a day of the week`);
    return found;
  };
  const allowed = new Set<number>();
  for (const part of text.replace(/,$/, '').split(',')) {
    const [low = '', high = low] = part.split('..');
    for (let day = index(low); ; day = (day + 1) % 7) {
      allowed.add(day);
      if (day === index(high)) break;
    }
  }
  return (value) => allowed.has(value);
}

function timesOf(text: string): number[] {
  const [hours = '', minutes = '', seconds = '0', more] = text.split(':');
  if (more !== undefined) throw new RangeError(`${text} is not a time of day`);
  const every = (field: Field, count: number) => Array.from({ length: count }, (_, i) => i).filter(field);
  const [h, m, s] = [every(fieldOf(hours, { least: 0, most: 23 }), 24), every(fieldOf(minutes, { least: 0, most: 59 }), 60), every(fieldOf(seconds, { least: 0, most: 59 }), 60)];
  return h.flatMap((hour) => m.flatMap((minute) => s.map((second) => ((hour * 60 + minute) * 60 + second) * SECOND)));
}

/** Reads `[Mon..Fri] [*-*-01] [08:30[:00]]` or a word like `daily`; throws a RangeError that says what is wrong. No zone suffix, no fractions of a second. */
export function readCalendar(text: string): Calendar {
  const parts = (words[text.trim().toLowerCase()] ?? text.trim()).split(/\s+/);
  const weekday = /^[a-z]/i.test(parts[0] ?? '') ? weekdayField(parts.shift()!) : () => true;
  const time = parts.at(-1)?.includes(':') ? parts.pop()! : '00:00:00';
  const date = parts.shift() ?? '*-*-*';
  const [, year = '*', month, separator, day] = /^(?:([^-~]+)-)?([^-~]+)([-~])([^-~]+)$/.exec(date) ?? [];
  if (parts.length > 0 || month === undefined || day === undefined || text.trim() === '') throw new RangeError(`${text || 'nothing'} is not a calendar expression`);
  const days = fieldOf(day, { least: 1, most: 31 });
  return {
    weekday,
    year: fieldOf(year, { least: 1970, most: LAST_YEAR }),
    month: fieldOf(month, { least: 1, most: 12 }),
    day: days,
    lastDays: separator === '~' ? days : null,
    times: timesOf(time),
  };
}

function allowsDay({ weekday, year, month, day, lastDays }: Calendar, wall: number): boolean {
  const date = new Date(wall);
  const inMonth = date.getUTCDate();
  if (!year(date.getUTCFullYear()) || !month(date.getUTCMonth() + 1) || !weekday((date.getUTCDay() + 6) % 7)) return false;
  if (lastDays === null) return day(inMonth);
  return lastDays(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - inMonth + 1);
}

/** The first instant after `after` that the expression names on the zone's clock; null when there is none any more. */
export function nextCalendarTime(calendar: Calendar, zone: string, after: number): number | null {
  const today = Math.floor(wallOf(zone, after) / DAY) * DAY;
  for (let day = today - DAY; ; day += DAY) {
    const year = new Date(day).getUTCFullYear();
    if (year > LAST_YEAR) return null;
    if (!calendar.year(year)) {
      day = Date.UTC(year + 1, 0, 1) - DAY;
      continue;
    }
    if (!allowsDay(calendar, day)) continue;
    for (const time of calendar.times) {
      const instant = instantOf(zone, day + time, 'first');
      if (instant > after) return instant;
    }
  }
}
