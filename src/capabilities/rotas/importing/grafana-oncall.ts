import { fields, list, number, text } from '#kernel/foreign.ts';
import {
  DAYS,
  NoCounterpart,
  clockOf,
  hoursOf,
  instantIn,
  layersOf,
  minutesOf,
  zoneIn,
  type Day,
  type Found,
  type FoundLayer,
  type FoundOverride,
  type FoundPerson,
  type FoundRota,
} from './found.ts';

type Fields = ReturnType<typeof fields>;
const [DAY_MINUTES, WEEK_MINUTES] = [24 * 60, 7 * 24 * 60];
const KINDS = { hourly: 'hourly', daily: 'daily', weekly: 'weekly', monthly: 'monthly' } as const;

/**
 * Grafana OnCall has no export: its API's three answers stand side by side in one document, `schedules`, `on_call_shifts` and `users`,
 * each a list or a page with `results`.
 */
export function readGrafanaOnCall(document: Fields): Found {
  const shifts = new Map(pageOf(document['on_call_shifts']).map((shift) => [text(shift['id']), shift]));
  return { format: 'grafana-oncall', rotas: pageOf(document['schedules']).map((one) => rotaOf(one, shifts)), people: pageOf(document['users']).map(personOf) };
}

const pageOf = (value: unknown): Fields[] => (Array.isArray(value) ? list(value) : list(fields(value)['results'])).map(fields);

function personOf(user: Fields): FoundPerson {
  const key = text(user['id']);
  return { key, name: text(user['name']) || text(user['username']) || key, email: text(user['email']).toLowerCase() || null };
}

function rotaOf(schedule: Fields, known: ReadonlyMap<string, Fields>): FoundRota {
  const zone = zoneIn(text(schedule['time_zone']), text(schedule['name']));
  const named = list(schedule['shifts']).map((id) => text(id));
  const shifts = named.map((id) => known.get(id)).filter((shift): shift is Fields => shift !== undefined);
  const fixed = shifts.filter((shift) => ['single_event', 'override'].includes(text(shift['type'])));
  const { layers, notes } = layersOf(
    shifts.filter((shift) => !fixed.includes(shift)),
    (shift) => text(shift['name']) || 'A shift',
    (shift) => layerOf(shift, zone),
  );
  const lost = named.length - shifts.length;
  return {
    name: text(schedule['name']),
    zone,
    about: '',
    layers,
    overrides: fixed.flatMap((shift) => overridesOf(shift)),
    notes: [
      ...(text(schedule['type']) === 'ical' ? ['It is read from a calendar there. Make a rota here and bring the shifts in from that calendar.'] : []),
      ...(lost > 0 ? [`Shifts that are not in the file: ${lost}.`] : []),
      ...notes,
    ],
  };
}

function groupsOf(shift: Fields): string[][] {
  const groups = text(shift['type']) === 'rolling_users' ? list(shift['rolling_users']).map((group) => list(group).map(text)) : [list(shift['users']).map(text)];
  const first = number(shift['start_rotation_from_user_index']) ?? 0;
  return [...groups.slice(first), ...groups.slice(0, first)].filter((group) => group.length > 0);
}

interface Recurrence {
  readonly interval: number;
  /** Local start, such as 2020-09-10T08:00. */
  readonly start: string;
  /** Minutes. */
  readonly duration: number;
  readonly days: readonly Day[];
  readonly isTurning: boolean;
}

function layerOf(shift: Fields, zone: string): FoundLayer {
  const kind = Object.entries(KINDS).find(([name]) => name === text(shift['frequency']))?.[1];
  const start = text(shift['start']).slice(0, 16);
  if (!kind || instantIn(`${start}:00Z`) === undefined) throw new NoCounterpart('It does not say how it recurs.');
  if (list(shift['by_month']).length + list(shift['by_monthday']).length > 0) throw new NoCounterpart('It recurs on days of the month. Here hours are days of the week.');
  const people = groupsOf(shift);
  if (people.length === 0) throw new NoCounterpart('Nobody is in it.');
  const recurrence: Recurrence = {
    interval: number(shift['interval']) ?? 1,
    start,
    duration: (number(shift['duration']) ?? 0) / 60,
    days: DAYS.filter((day) => list(shift['by_day']).some((each) => text(each).toLowerCase() === day)),
    isTurning: people.length > 1,
  };
  const own = zoneIn(text(shift['time_zone']), text(shift['name']));
  const [from, until] = [text(shift['rotation_start']).slice(0, 16), text(shift['until']).slice(0, 16)];
  return {
    name: text(shift['name']) || 'Shift',
    priority: Math.min(100, Math.max(0, number(shift['level']) ?? 0)),
    ...rhythm(kind, recurrence, text(shift['week_start'])),
    zone: text(shift['time_zone']) !== '' && own !== zone ? own : null,
    people,
    from: from !== '' && from > start ? from : null,
    until: until === '' ? null : until,
  };
}

const UNIT = { hourly: 60, daily: DAY_MINUTES, weekly: WEEK_MINUTES, monthly: 28 * DAY_MINUTES } as const;
type Rhythm = Pick<FoundLayer, 'kind' | 'length' | 'start' | 'hours' | 'turns'>;

/** A shift that fills its whole period needs no hours; a shorter one recurs within each day or week. */
function rhythm(kind: FoundLayer['kind'], recurrence: Recurrence, weekStart: string): Rhythm {
  const { interval, start, duration, days, isTurning } = recurrence;
  if (days.length === 0 && duration >= UNIT[kind] * interval) return { kind, length: interval, start, hours: [], turns: 'calendar' };
  const clock = minutesOf(start.slice(11));
  const onDays = (which: readonly Day[]) => hoursOf(which.map((day) => ({ from: DAYS.indexOf(day) * DAY_MINUTES + clock, minutes: duration })));
  if (kind === 'daily' && days.length > 0) return { kind, length: interval, start, hours: onDays(days), turns: 'kept' };
  if (kind === 'daily' && interval === 1) return { kind, length: 1, start, hours: onDays(DAYS), turns: 'calendar' };
  if (kind === 'weekly' && interval === 1) {
    const begins = isTurning ? weekOf(start, weekStart) : start;
    return { kind, length: 1, start: begins, hours: onDays(days.length > 0 ? days : [dayOf(start)]), turns: 'calendar' };
  }
  throw new NoCounterpart(
    `It lasts ${clockOf(duration)} h of every ${interval} ${kind === 'hourly' ? 'hours' : kind === 'daily' ? 'days' : kind === 'weekly' ? 'weeks' : 'months'}. Here somebody is on call through the whole turn, or in hours of each week.`,
  );
}

const dateOf = (local: string) => new Date(`${local.slice(0, 10)}T00:00:00Z`);
const dayOf = (local: string): Day => DAYS[(dateOf(local).getUTCDay() + 6) % 7]!;

/** The beginning of the calendar week of a day: there groups change with the week, not with the first shift. */
function weekOf(local: string, weekStart: string): string {
  const first = Math.max(0, DAYS.indexOf((DAYS.find((day) => day === weekStart.toLowerCase()) ?? 'mo') satisfies Day));
  const back = (DAYS.indexOf(dayOf(local)) - first + 7) % 7;
  return new Date(dateOf(local).getTime() - back * DAY_MINUTES * 60_000).toISOString().slice(0, 16);
}

function overridesOf(shift: Fields): FoundOverride[] {
  const start = text(shift['start']).slice(0, 16);
  const end = new Date(Date.parse(`${start}:00Z`) + (number(shift['duration']) ?? 0) * 1000);
  if (!(end.getTime() > 0 && end.getTime() < Date.UTC(2200, 0))) return [];
  return list(shift['users']).map((user) => ({ person: text(user), from: start, until: end.toISOString().slice(0, 16) }));
}
