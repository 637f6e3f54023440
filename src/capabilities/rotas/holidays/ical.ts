import ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import { refused } from '#kernel/problem.ts';

export interface Holiday {
  readonly day: string;
  readonly name: string;
}

type Dates = { readonly from: string; readonly until: string };

const DAY = 86_400_000;
const LONGEST = 60;
const MOST = 5000;

/** What is read as local dates has no zone: a date is reckoned as its midnight in UTC. */
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const midnightOf = (time: ICAL.Time) => Date.UTC(time.year, time.month - 1, time.day);

/** Days of a calendar of holidays in a window of dates: each event by the local dates it lies on, repeated ones as often as they come. */
export function holidaysIn(text: string, window: Dates): Holiday[] {
  try {
    return read(text, window);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it is no iCalendar text';
    throw refused(`This is not a calendar that can be read: ${why.slice(0, 200)}. Export it anew as an iCalendar file (.ics).`);
  }
}

function read(text: string, window: Dates): Holiday[] {
  const days = new Map<string, string>();
  const events = componentsOf(text);
  const moved = movedOf(events);
  for (const event of events) {
    const start = event.getFirstPropertyValue('dtstart');
    if (!(start instanceof ICAL.Time) || event.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const uid = String(event.getFirstPropertyValue('uid'));
    const own = event.hasProperty('recurrence-id') ? [midnightOf(start)] : beginningsOf(event, start, window).filter((at) => !moved.has(`${uid} ${dateOf(at)}`));
    const name = String(event.getFirstPropertyValue('summary') ?? 'Holiday').slice(0, 200);
    for (const at of own) {
      for (let i = 0; i < lengthOf(event, start); i += 1) {
        const day = dateOf(at + i * DAY);
        if (day >= window.from && day <= window.until && days.size < MOST)
          days.set(day, days.has(day) && days.get(day) !== name ? `${days.get(day)}, ${name}`.slice(0, 200) : name);
      }
    }
  }
  return [...days].map(([day, name]) => ({ day, name })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** A file may hold several calendars one after another. */
function componentsOf(text: string): ICAL.Component[] {
  const parsed: unknown = ICAL.parse(text);
  const roots = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
  return roots.flatMap((root) => new ICAL.Component(root).getAllSubcomponents('vevent'));
}

/** Occurrences that another event of the same calendar stands in for. */
function movedOf(events: readonly ICAL.Component[]): Set<string> {
  return new Set(
    events.flatMap((event) => {
      const at = event.getFirstPropertyValue('recurrence-id');
      return at instanceof ICAL.Time ? [`${String(event.getFirstPropertyValue('uid'))} ${dateOf(midnightOf(at))}`] : [];
    }),
  );
}

function lengthOf(event: ICAL.Component, start: ICAL.Time): number {
  const end = event.getFirstPropertyValue('dtend');
  const duration = event.getFirstPropertyValue('duration');
  let last = midnightOf(start);
  if (end instanceof ICAL.Time) last = midnightOf(end) - (end.isDate || (end.hour === 0 && end.minute === 0) ? DAY : 0);
  else if (duration instanceof ICAL.Duration) last = midnightOf(start) + Math.max(0, Math.ceil((duration.toSeconds() * 1000) / DAY) - 1) * DAY;
  return Math.min(LONGEST, Math.max(1, Math.round((last - midnightOf(start)) / DAY) + 1));
}

/** Midnights of the days on which an event begins. */
function beginningsOf(event: ICAL.Component, start: ICAL.Time, window: Dates): number[] {
  const rule = event.getFirstPropertyValue('rrule');
  const timesOf = (name: 'exdate' | 'rdate') =>
    event
      .getAllProperties(name)
      .flatMap((property) =>
        property.getValues().flatMap((value) => (value instanceof ICAL.Time ? [midnightOf(value)] : value instanceof ICAL.Period ? [midnightOf(value.start)] : [])),
      );
  const first = midnightOf(start);
  const repeated = rule instanceof ICAL.Recur ? occurrences(rule, first, window) : [first];
  const out = new Set(timesOf('exdate'));
  return [...new Set([...repeated, ...timesOf('rdate')])].filter((at) => !out.has(at));
}

function occurrences(rule: ICAL.Recur, first: number, { from, until }: Dates): number[] {
  // What comes several times a day is no holiday.
  if (/^(SECONDLY|MINUTELY|HOURLY)$/.test(rule.freq)) return [];
  // Only the date counts, and it counts to the end of the last day.
  const text = rule
    .toString()
    .replace(/;?BY(HOUR|MINUTE|SECOND)=[^;]*/g, '')
    .replace(/UNTIL=(\d{4})-?(\d{2})-?(\d{2})[^;]*/, 'UNTIL=$1$2$3T235959Z');
  const stamp = `${dateOf(first).replaceAll('-', '')}T000000Z`;
  const series = new RRuleTemporal({ rruleString: `DTSTART:${stamp}\nRRULE:${text}` });
  const begin = new Date(Date.parse(from) - LONGEST * DAY);
  return series.between(begin, new Date(Date.parse(until) + DAY), true).map((each) => each.epochMilliseconds);
}
