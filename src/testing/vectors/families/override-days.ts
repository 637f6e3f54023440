import { clockOfDay, localDate } from '#kernel/zoned.ts';
import { onCallAt } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { DAY, overrideOf, rotaOf } from './rota-cases.ts';

const CLOCKS = ['00:00', '09:00', '21:00'] as const;

export const overrideDays: Family = {
  family: 'override-days',
  answer({ given }) {
    const zone = textOf(given['time_zone'], 'UTC');
    const now = given['now'] === undefined ? Date.UTC(2024, 0, 1) : required(given['now']);
    const time = (days: number) => new Date(now + days * DAY).toISOString();
    const rota = { ...rotaOf(given), overrides: [overrideOf({ start: time(2), end: time(6), ...fieldsOf(given['override']) }, 'override')] };
    const on = (at: number) =>
      Object.fromEntries(CLOCKS.map((clock) => [clock, (onCallAt(rota, clockOfDay(zone, localDate(zone, at), { clock, which: 'first' }))?.people ?? []).toSorted()]));
    return { before: on(now + DAY), during: on(now + 4 * DAY), after: on(now + 8 * DAY) };
  },
};
