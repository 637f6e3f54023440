import { fields, list, number, text } from '#kernel/foreign.ts';
import {
  NoCounterpart,
  hoursOf,
  instantIn,
  layersOf,
  localAt,
  minutesOf,
  rhythmOf,
  zoneIn,
  type Found,
  type FoundLayer,
  type FoundOverride,
  type FoundPerson,
  type FoundRota,
} from './found.ts';

type Fields = ReturnType<typeof fields>;
const DAY_MINUTES = 24 * 60;

/** Schedules as PagerDuty's REST API v2 answers them: one (`schedule`), a list (`schedules`), with `users` and `overrides` beside. */
export function readPagerDuty(document: Fields, now: number): Found {
  const single = fields(document['schedule']);
  const schedules = 'schedule' in document ? [{ ...single, overrides: single['overrides'] ?? document['overrides'] }] : list(document['schedules']).map(fields);
  const named = [...list(document['users']), ...schedules.flatMap((one) => [...list(one['users']), ...usersIn(one)])].map(fields);
  return { format: 'pagerduty', rotas: schedules.map((one) => rotaOf(one, now)), people: peopleIn(named) };
}

function usersIn(schedule: Fields): readonly unknown[] {
  const ofLayers = list(schedule['schedule_layers']).flatMap((layer) => list(fields(layer)['users']).map((user) => fields(user)['user']));
  return [...ofLayers, ...overridesOf(schedule).map((override) => override['user'])];
}

const overridesOf = (schedule: Fields) => [...list(schedule['overrides']), ...list(fields(schedule['overrides_subschedule'])['rendered_schedule_entries'])].map(fields);

/** The fullest naming of each person counts: a reference may lack the address. */
function peopleIn(users: readonly Fields[]): readonly FoundPerson[] {
  const people = new Map<string, FoundPerson>();
  for (const user of users) {
    const key = text(user['id']);
    if (key === '') continue;
    const known = people.get(key);
    people.set(key, { key, name: known?.name || text(user['name']) || text(user['summary']) || key, email: known?.email ?? (text(user['email']).toLowerCase() || null) });
  }
  return [...people.values()];
}

function rotaOf(schedule: Fields, now: number): FoundRota {
  const zone = zoneIn(text(schedule['time_zone']), text(schedule['name']));
  const all = list(schedule['schedule_layers']).map(fields);
  const running = all.filter(({ end }) => !(text(end) !== '' && (instantIn(text(end)) ?? Infinity) <= now));
  // The API lists the layer that wins first.
  const { layers, notes } = layersOf(
    running,
    (layer) => text(layer['name']) || 'A layer',
    (layer, place) => layerOf(layer, { zone, priority: running.length - place }),
  );
  return {
    name: text(schedule['name']) || text(schedule['summary']),
    zone,
    about: text(schedule['description']),
    layers,
    overrides: overridesOf(schedule).flatMap((override) => overrideOf(override, zone, now)),
    notes: [...(running.length < all.length ? [`Layers that have ended are left out: ${all.length - running.length}.`] : []), ...notes],
  };
}

function layerOf(layer: Fields, { zone, priority }: { readonly zone: string; readonly priority: number }): FoundLayer {
  const [virtual, start, end] = ['rotation_virtual_start', 'start', 'end'].map((name) => instantIn(text(layer[name])));
  if (virtual === undefined) throw new NoCounterpart('It does not say when its first turn begins.');
  const people = list(layer['users'])
    .map((user) => text(fields(fields(user)['user'])['id']))
    .filter((key) => key !== '');
  if (people.length === 0) throw new NoCounterpart('Nobody is in it.');
  return {
    name: text(layer['name']) || `Layer ${priority}`,
    priority,
    ...rhythmOf(number(layer['rotation_turn_length_seconds']) ?? 0),
    start: localAt(zone, virtual),
    zone: null,
    people: people.map((key) => [key]),
    hours: hoursOf(list(layer['restrictions']).map(fields).flatMap(spansOf)),
    // There turns go on while a restriction holds.
    turns: 'calendar',
    from: start !== undefined && start > virtual ? localAt(zone, start) : null,
    until: end === undefined ? null : localAt(zone, end),
  };
}

function spansOf(restriction: Fields): { from: number; minutes: number }[] {
  const clock = minutesOf(text(restriction['start_time_of_day']));
  const minutes = Math.round((number(restriction['duration_seconds']) ?? 0) / 60);
  if (text(restriction['type']).startsWith('weekly')) return [{ from: ((number(restriction['start_day_of_week']) ?? 1) - 1) * DAY_MINUTES + clock, minutes }];
  return Array.from({ length: 7 }, (_, day) => ({ from: day * DAY_MINUTES + clock, minutes }));
}

function overrideOf(override: Fields, zone: string, now: number): FoundOverride[] {
  const [from, until] = [instantIn(text(override['start'])), instantIn(text(override['end']))];
  const person = text(fields(override['user'])['id']);
  return from === undefined || until === undefined || until <= now || person === '' ? [] : [{ person, from: localAt(zone, from), until: localAt(zone, until) }];
}
