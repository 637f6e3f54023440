import ICAL from 'ical.js';
import { RRuleTemporal } from 'rrule-temporal';
import { Unreadable } from '#kernel/foreign.ts';
import { instantOf, isZone } from '#kernel/zoned.ts';
import type { FoundPerson } from './found.ts';

interface FoundShift {
  readonly from: number;
  readonly until: number;
  /** The key of the person. */
  readonly person: string;
}

export interface FoundShifts {
  readonly shifts: readonly FoundShift[];
  readonly people: readonly FoundPerson[];
  readonly notes: readonly string[];
}

interface Within {
  /** Epoch ms; what lies outside is left out. */
  readonly from: number;
  readonly until: number;
  /** Where clocks stand that name no zone. */
  readonly zone: string;
}

const MOST = 5000;
const LONGEST = 92 * 86_400_000;

/** Shifts out of the events of an iCalendar file (RFC 5545): whoever attends has the shift, else whoever the title names. */
export function readShifts(text: string, within: Within): FoundShifts {
  const events = eventsOf(text);
  const zones = new Map(events.zones.map((each) => [String(each.getFirstPropertyValue('tzid')), new ICAL.Timezone(each)]));
  const instant = (time: ICAL.Time): number => instantIn(time, zones, within.zone);
  const people = new Map<string, FoundPerson>();
  const [shifts, notes]: [FoundShift[], string[]] = [[], []];
  const moved = new Set(events.events.flatMap((event) => nameOfMoved(event, instant)));
  for (const event of events.events) {
    const start = event.getFirstPropertyValue('dtstart');
    const title = String(event.getFirstPropertyValue('summary') ?? '').trim();
    if (!(start instanceof ICAL.Time) || event.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const who = peopleOf(event, title);
    const length = lengthOf(event, start, instant);
    if (who.length === 0 || length <= 0 || length > LONGEST) {
      notes.push(who.length === 0 ? 'An event names nobody.' : `“${title}” has no length that a shift can have.`);
      continue;
    }
    for (const from of beginningsOf(event, start, { within, instant, zones, moved })) {
      if (from + length <= within.from || from >= within.until || shifts.length >= MOST) continue;
      for (const one of who) {
        people.set(one.key, one);
        shifts.push({ from, until: from + length, person: one.key });
      }
    }
  }
  return { shifts: shifts.toSorted((a, b) => a.from - b.from), people: [...people.values()], notes: [...new Set(notes)] };
}

function eventsOf(text: string): { readonly events: readonly ICAL.Component[]; readonly zones: readonly ICAL.Component[] } {
  try {
    const parsed: unknown = ICAL.parse(text);
    const roots = (Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed]).map((root) => new ICAL.Component(root));
    return { events: roots.flatMap((root) => root.getAllSubcomponents('vevent')), zones: roots.flatMap((root) => root.getAllSubcomponents('vtimezone')) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it is no iCalendar text';
    throw new Unreadable(`This is not a calendar that can be read: ${why.slice(0, 200)}. Export it anew as an iCalendar file (.ics).`);
  }
}

type Zones = ReadonlyMap<string, ICAL.Timezone>;

/** A zone by its IANA name; else by the rules the file brings; a time without a zone is on the clock of the rota. */
function instantIn(time: ICAL.Time, zones: Zones, own: string): number {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  const named = time.zone.tzid;
  if (named === 'UTC' || named === 'Z') return wall;
  if (isZone(named)) return instantOf(named, wall, 'first');
  const brought = zones.get(named);
  return brought ? wall - brought.utcOffset(time) * 1000 : instantOf(own, wall, 'first');
}

function peopleOf(event: ICAL.Component, title: string): FoundPerson[] {
  const attending = event.getAllProperties('attendee').flatMap((property): FoundPerson[] => {
    const email = String(property.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .toLowerCase();
    if (!email.includes('@') || property.getFirstParameter('partstat') === 'DECLINED') return [];
    return [{ key: email, name: property.getFirstParameter('cn') || email, email }];
  });
  if (attending.length > 0) return attending;
  // Grafana OnCall writes the level before the names: [L2] ada, bo.
  const names = title
    .replace(/^\[L?\d+\]\s*/i, '')
    .split(/\s*,\s*/)
    .filter(Boolean);
  return names.map((name) => ({ key: name.toLowerCase(), name, email: name.includes('@') ? name.toLowerCase() : null }));
}

function lengthOf(event: ICAL.Component, start: ICAL.Time, instant: (time: ICAL.Time) => number): number {
  const [end, duration] = [event.getFirstPropertyValue('dtend'), event.getFirstPropertyValue('duration')];
  if (end instanceof ICAL.Time) return instant(end) - instant(start);
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000;
  return start.isDate ? 86_400_000 : 0;
}

const occurrenceName = (event: ICAL.Component, at: number) => `${String(event.getFirstPropertyValue('uid'))} ${at}`;

/** The occurrence that another event of the same calendar stands in for. */
function nameOfMoved(event: ICAL.Component, instant: (time: ICAL.Time) => number): string[] {
  const at = event.getFirstPropertyValue('recurrence-id');
  return at instanceof ICAL.Time ? [occurrenceName(event, instant(at))] : [];
}

interface Around {
  readonly within: Within;
  readonly instant: (time: ICAL.Time) => number;
  readonly zones: Zones;
  readonly moved: ReadonlySet<string>;
}

function beginningsOf(event: ICAL.Component, start: ICAL.Time, { within, instant, moved }: Around): number[] {
  if (event.hasProperty('recurrence-id')) return [instant(start)];
  const times = (name: 'exdate' | 'rdate') =>
    event
      .getAllProperties(name)
      .flatMap((property) => property.getValues().flatMap((value) => (value instanceof ICAL.Time ? [instant(value)] : value instanceof ICAL.Period ? [instant(value.start)] : [])));
  const rule = event.getFirstPropertyValue('rrule');
  const repeated = rule instanceof ICAL.Recur ? occurrences(rule, start, { within, instant }) : [instant(start)];
  const out = new Set(times('exdate'));
  return [...new Set([...repeated, ...times('rdate')])].filter((at) => !out.has(at) && !moved.has(occurrenceName(event, at)));
}

/** Occurrences keep their local time when clocks change. */
function occurrences(rule: ICAL.Recur, start: ICAL.Time, { within, instant }: Pick<Around, 'within' | 'instant'>): number[] {
  const named = start.zone.tzid;
  const zone = named === 'UTC' || named === 'Z' ? 'UTC' : isZone(named) ? named : within.zone;
  const two = (value: number) => String(value).padStart(2, '0');
  const stamp = `${start.year}${two(start.month)}${two(start.day)}T${two(start.hour)}${two(start.minute)}${two(start.second)}`;
  const series = new RRuleTemporal({ rruleString: `DTSTART;TZID=${zone}:${stamp}\nRRULE:${rule.toString()}`, maxIterations: 20_000 });
  const found = series.between(new Date(within.from - LONGEST), new Date(within.until), true).slice(0, MOST);
  // Where the file brings a zone of its own, its offset at the start counts.
  const shift =
    isZone(named) || named === 'UTC' || named === 'Z' || named === 'floating'
      ? 0
      : instant(start) - instantOf(zone, Date.UTC(start.year, start.month - 1, start.day, start.hour, start.minute), 'first');
  return found.map((each) => each.epochMilliseconds + shift);
}
