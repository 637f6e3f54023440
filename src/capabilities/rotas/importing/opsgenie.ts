import { fields, list, number, text } from '#kernel/foreign.ts';
import { DAYS, NoCounterpart, hoursOf, instantIn, layersOf, localAt, zoneIn, type Found, type FoundLayer, type FoundOverride, type FoundPerson, type FoundRota } from './found.ts';

type Fields = ReturnType<typeof fields>;
const [DAY_MINUTES, WEEK_MINUTES] = [24 * 60, 7 * 24 * 60];
const KINDS = { hourly: 'hourly', daily: 'daily', weekly: 'weekly' } as const;

/** Schedules as Opsgenie's API v2 answers them with `expand=rotation`: `data`, one or a list. Its rotations are on call together. */
export function readOpsgenie(document: Fields, now: number): Found {
  const schedules = (Array.isArray(document['data']) ? list(document['data']) : [document['data']]).map(fields);
  const named = schedules.flatMap((one) => [
    ...list(one['rotations']).flatMap((rotation) => list(fields(rotation)['participants'])),
    ...list(one['overrides']).map((override) => fields(override)['user']),
  ]);
  return { format: 'opsgenie', rotas: schedules.map((one) => rotaOf(one, now)), people: peopleIn(named.map(fields)) };
}

const keyOf = (user: Fields) => text(user['id']) || text(user['username']);

/** The user name there is the address. */
function peopleIn(users: readonly Fields[]): readonly FoundPerson[] {
  const people = new Map<string, FoundPerson>();
  for (const user of users) {
    const [key, name] = [keyOf(user), text(user['username'])];
    if (key !== '' && (text(user['type']) || 'user') === 'user') people.set(key, { key, name: name || key, email: name.includes('@') ? name.toLowerCase() : null });
  }
  return [...people.values()];
}

function rotaOf(schedule: Fields, now: number): FoundRota {
  const zone = zoneIn(text(schedule['timezone']), text(schedule['name']));
  const all = list(schedule['rotations']).map(fields);
  const running = all.filter((rotation) => rotation['enabled'] !== false && (instantIn(text(rotation['endDate'])) ?? Infinity) > now);
  const { layers, notes } = layersOf(
    running,
    (rotation) => text(rotation['name']) || 'A rotation',
    (rotation) => layerOf(rotation, zone),
  );
  return {
    name: text(schedule['name']),
    zone,
    about: text(schedule['description']),
    layers,
    overrides: list(schedule['overrides']).flatMap((override) => overrideOf(fields(override), zone, now)),
    notes: [
      ...(running.length < all.length ? [`Rotations that have ended or are switched off are left out: ${all.length - running.length}.`] : []),
      ...(schedule['enabled'] === false ? ['The schedule is switched off there; here it is on.'] : []),
      ...notes,
    ],
  };
}

function layerOf(rotation: Fields, zone: string): FoundLayer {
  const start = instantIn(text(rotation['startDate']));
  const end = instantIn(text(rotation['endDate']));
  if (start === undefined) throw new NoCounterpart('It does not say when it begins.');
  const kind = Object.entries(KINDS).find(([name]) => name === text(rotation['type']).toLowerCase())?.[1];
  if (!kind) throw new NoCounterpart(`Its type is ${text(rotation['type']) || 'not given'}. Here turns pass by the hour, day, week or month.`);
  const participants = list(rotation['participants']).map(fields);
  const other = participants.map((one) => text(one['type']) || 'user').find((type) => type !== 'user' && type !== 'none');
  if (other) throw new NoCounterpart(`A ${other} takes turns in it. Here people do.`);
  if (!participants.some((one) => one['type'] !== 'none')) throw new NoCounterpart('Nobody is in it.');
  return {
    name: text(rotation['name']) || 'Rotation',
    priority: 1,
    kind,
    length: number(rotation['length']) ?? 1,
    start: localAt(zone, start),
    zone: null,
    // There a turn may be nobody's.
    people: participants.map((one) => (one['type'] === 'none' ? [] : [keyOf(one)])),
    hours: hoursOf(spansOf(fields(rotation['timeRestriction']))),
    turns: 'calendar',
    from: localAt(zone, start),
    until: end === undefined ? null : localAt(zone, end),
  };
}

const clock = (of: Fields, edge: 'start' | 'end') => (number(of[`${edge}Hour`]) ?? 0) * 60 + (number(of[`${edge}Min`]) ?? 0);

function spansOf(restriction: Fields): { from: number; minutes: number }[] {
  const daily = fields(restriction['restriction']);
  if (text(restriction['type']) === 'time-of-day') {
    const minutes = lengthOf(clock(daily, 'start'), clock(daily, 'end'), DAY_MINUTES);
    return Array.from({ length: 7 }, (_, day) => ({ from: day * DAY_MINUTES + clock(daily, 'start'), minutes }));
  }
  return list(restriction['restrictions']).map((one) => {
    const each = fields(one);
    const at = (edge: 'start' | 'end') => DAYS.findIndex((day) => text(each[`${edge}Day`]).toLowerCase().startsWith(day)) * DAY_MINUTES + clock(each, edge);
    return { from: at('start'), minutes: lengthOf(at('start'), at('end'), WEEK_MINUTES) };
  });
}

/** From one clock reading to the next other one, round the day or the week; the same reading is the whole of it. */
function lengthOf(from: number, until: number, round: number): number {
  return (((until - from) % round) + round) % round || round;
}

function overrideOf(override: Fields, zone: string, now: number): FoundOverride[] {
  const [from, until] = [instantIn(text(override['startDate'])), instantIn(text(override['endDate']))];
  const person = keyOf(fields(override['user']));
  return from === undefined || until === undefined || until <= now || person === '' ? [] : [{ person, from: localAt(zone, from), until: localAt(zone, until) }];
}
