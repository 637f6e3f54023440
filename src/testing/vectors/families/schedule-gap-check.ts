import { emptyShifts, lookAhead } from '#capabilities/rotas/rules/lookahead.ts';
import type { Layer } from '#capabilities/rotas/rules/index.ts';
import { numberOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { DAY, listOf } from './rota-cases.ts';

const NOW = Date.UTC(2030, 0, 7);
const MINUTE = 60_000;

/** A start lies a minute before the days given; one ahead, and an end, a minute after. */
const momentOf = (days: number, end = false) => NOW + days * DAY + (days > 0 || end ? MINUTE : -MINUTE);

export const scheduleGapCheck: Family = {
  family: 'schedule-gap-check',
  answer({ given }) {
    const shifts = listOf(given['shifts']);
    const layers = shifts.map((one, i): Layer => {
      const start = momentOf(numberOf(one['starts_in_days'], 0));
      const idle = Array.from({ length: numberOf(one['every_days'], 1) - 1 }, (): string[] => []);
      return {
        id: `shift ${i}`,
        name: `shift ${i}`,
        priority: 0,
        people: [[textOf(one['user'])], ...idle],
        rotation: { type: 'hourly', length: numberOf(one['hours'], 24), zone: 'UTC', start },
        from: start,
        until: typeof one['until_in_days'] === 'number' ? momentOf(one['until_in_days'], true) : null,
      };
    });
    const window = { from: NOW, until: NOW + numberOf(given['look_ahead_days'], 60) * DAY };
    const active = (user: string) => shifts.every((one) => one['user'] !== user || one['may_be_paged'] !== false);
    const found = lookAhead({ layers, overrides: [] }, window, { active, reachable: () => true });
    return { gaps: found.some(({ kind }) => kind === 'gap'), empty_shifts: emptyShifts({ layers, overrides: [] }, window, active).length > 0 };
  },
};
