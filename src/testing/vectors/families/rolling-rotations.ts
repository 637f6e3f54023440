import { wallOf } from '#kernel/zoned.ts';
import { WEEKDAYS, type Hours } from '#kernel/weekly.ts';
import { onCallAt, type Layer } from '#capabilities/rotas/rules/index.ts';
import { instant, numberOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { clockOf, DAY, dayOf, daysOf, HOUR } from './rota-cases.ts';

type Given = Readonly<Record<string, unknown>>;

/** Every second occurrence and so on: the turns between are turns of nobody. */
const spread = (groups: readonly string[][], every: number): string[][] => groups.flatMap((group) => [group, ...Array.from({ length: every - 1 }, (): string[] => [])]);

/** When a shift runs within its day (or hour), on the days named. */
function hoursOf(given: Given, wall: number): readonly Hours[] {
  const length = numberOf(given['hours'], 24) * 60;
  const minutes = Math.floor((wall % DAY) / 60_000);
  const named = daysOf(given['by_day']);
  if (given['frequency'] === 'hourly') {
    const days = named.length > 0 ? named : WEEKDAYS;
    if (length >= 60) return named.length > 0 ? [{ days, from: '00:00', until: '00:00' }] : [];
    return Array.from({ length: 24 }, (_, hour) => ({ days, from: clockOf(hour * 60 + (minutes % 60)), until: clockOf(hour * 60 + (minutes % 60) + length) }));
  }
  if (length > 1440) return [];
  const onlyDay = given['frequency'] === 'weekly' ? [WEEKDAYS[(new Date(wall).getUTCDay() + 6) % 7]!] : WEEKDAYS;
  return [{ days: named.length > 0 ? named : onlyDay, from: clockOf(minutes), until: clockOf(minutes + length) }];
}

/** Weeks begin on their first day, months on the 1st: a rotation that starts within one has used up no turn of it. */
function anchorOf(given: Given, wall: number): number {
  if (given['frequency'] === 'monthly') return Date.UTC(new Date(wall).getUTCFullYear(), new Date(wall).getUTCMonth(), 1);
  if (given['frequency'] !== 'weekly') return wall;
  const midnight = wall - (wall % DAY);
  const back = (new Date(wall).getUTCDay() + 6 - WEEKDAYS.indexOf(dayOf(textOf(given['week_start'], 'MO'))) + 7) % 7;
  return midnight - back * DAY;
}

function layerOf(given: Given): Layer {
  const zone = textOf(given['time_zone'], 'UTC');
  const wall = wallOf(zone, required(given['start']));
  const every = numberOf(given['interval'], 1);
  const groups = given['groups'] as string[][];
  const type = textOf(given['frequency']) as Layer['rotation']['type'];
  const byDays = type === 'daily' && daysOf(given['by_day']).length > 0;
  return {
    id: 'rolling',
    name: 'rolling',
    priority: 0,
    people: byDays ? groups : spread(groups, every),
    hours: hoursOf(given, wall),
    rotation: { type, length: byDays ? every : 1, zone, start: required(given['start']) + anchorOf(given, wall) - wall },
    from: instant(given['rotation_start']) ?? required(given['start']),
    until: instant(given['until']),
  };
}

export const rollingRotations: Family = {
  family: 'rolling-rotations',
  answer({ given, expect }) {
    const layer = layerOf(given);
    const at = (moment: number) => [...(onCallAt({ layers: [layer], overrides: [] }, moment)?.people ?? [])];
    if (Array.isArray(expect['at'])) return { at: expect['at'].map(([moment]: [string]) => [moment, at(required(moment))]) };
    const start = required(given['start']);
    const dates = Array.from({ length: numberOf(given['until_days'], 0) }, (_, day) => start + day * DAY);
    const found = dates.map((day) => [new Date(day).toISOString().slice(0, 10), at(day + HOUR)] as const).filter(([, people]) => people.length > 0);
    // A date too many is a mistake as much as one too few.
    const expected = expect['by_date'] as Readonly<Record<string, unknown>>;
    const extra = found.find(([date]) => !(date in expected));
    if (extra) throw new Error(`nobody should be on call on ${extra[0]}, but ${extra[1].join()} is`);
    return { by_date: Object.fromEntries(found) };
  },
};
