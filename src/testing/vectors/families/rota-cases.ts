import { WEEKDAYS, type Hours, type Weekday } from '#kernel/weekly.ts';
import { type Layer, type Rota } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, numberOf, required, textOf } from '../case.ts';

/** What the rota families have in common: how their cases write days, layers and changes. */
type Fields = Readonly<Record<string, unknown>>;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** `mon`, `MO` … as the product writes it. */
export function dayOf(name: unknown): Weekday {
  const short = textOf(name).slice(0, 2).toLowerCase();
  const day = WEEKDAYS.find((one) => one === short);
  if (!day) throw new Error(`the case names no weekday: ${String(name)}`);
  return day;
}

export const daysOf = (value: unknown): readonly Weekday[] => (Array.isArray(value) ? value.map(dayOf) : []);

/** `HH:MM` of minutes since midnight; a day later is the same clock. */
export function clockOf(minutes: number): string {
  const whole = ((Math.round(minutes) % 1440) + 1440) % 1440;
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** A layer in which the same person is always on call, inside of hours if there are any. */
export function steady(id: string, user: string, given: { readonly zone: string; readonly hours?: readonly Hours[]; readonly priority?: number }): Layer {
  return {
    id,
    name: id,
    priority: given.priority ?? 0,
    people: [[user]],
    hours: given.hours ?? [],
    rotation: { type: 'weekly', length: 1, zone: given.zone, start: Date.UTC(2024, 0, 1) },
  };
}

/** Rules, overrides and temporary schedules of one schedule: rules are together, so all are layers of one priority. */
export function rotaOf(given: Fields): Rota {
  const zone = textOf(given['time_zone'], 'UTC');
  return {
    layers: listOf(given['rules']).map((rule, i) => {
      const hours = [{ days: daysOf(rule['days']), from: textOf(rule['start']), until: textOf(rule['end']) }];
      const rotation = fieldsOf(rule['rotation']);
      if (rule['rotation'] === undefined) return steady(`rule ${i}`, textOf(rule['user']), { zone, hours });
      return {
        id: `rule ${i}`,
        name: `rule ${i}`,
        priority: 0,
        hours,
        turns: 'calendar',
        people: (Array.isArray(rotation['users']) ? rotation['users'] : []).map((user) => [textOf(user)]),
        rotation: {
          type: textOf(rotation['type']) as Layer['rotation']['type'],
          length: numberOf(rotation['shift_length'], 1),
          zone: textOf(rotation['time_zone'], zone),
          start: required(rotation['start']),
        },
      };
    }),
    overrides: listOf(given['overrides']).map((one, i) => overrideOf(one, `override ${i}`)),
    temporaries: listOf(given['temporary_schedules']).map((one, i) => ({
      id: `temporary ${i}`,
      from: required(one['start']),
      until: required(one['end']),
      shifts: listOf(one['shifts']).map((shift) => ({ personId: textOf(shift['user']), from: required(shift['start']), until: required(shift['end']) })),
      // Whatever else is planned, a temporary schedule stands in for it.
      madeAt: 1,
    })),
  };
}

/** `add` alone adds, `remove` alone removes, both replace. */
export function overrideOf(one: Fields, id: string): Rota['overrides'][number] {
  const [add, remove] = [textOf(one['add']), textOf(one['remove'])];
  return {
    id,
    kind: add && remove ? 'replace' : add ? 'add' : 'remove',
    personId: add || null,
    insteadId: remove || null,
    from: required(one['start']),
    until: required(one['end']),
  };
}
