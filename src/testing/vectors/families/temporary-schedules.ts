import { merged, without, type Stand } from '#capabilities/rotas/rules/temporary.ts';
import { fieldsOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { listOf } from './rota-cases.ts';

const shown = (stands: readonly Stand[]) =>
  stands.map(({ from, until, shifts }) => ({ start: from, end: until, shifts: shifts.map((shift) => ({ user: shift.personId, start: shift.from, end: shift.until })) }));

export const temporarySchedules: Family = {
  family: 'temporary-schedules',
  answer({ given }) {
    const stands = listOf(given['temporary_schedules']).map((one): Stand => ({
      from: required(one['start']),
      until: required(one['end']),
      shifts: listOf(one['shifts']).map((shift) => ({ personId: textOf(shift['user']), from: required(shift['start']), until: required(shift['end']) })),
    }));
    const range = fieldsOf(given['range']);
    const holes = {
      trim_end: () => ({ from: required(given['at']), until: Infinity }),
      trim_start: () => ({ from: -Infinity, until: required(given['at']) }),
      delete_range: () => ({ from: required(range['from']), until: required(range['to']) }),
    };
    const op = textOf(given['op']);
    const hole = op === 'trim_end' || op === 'trim_start' || op === 'delete_range' ? holes[op]() : undefined;
    return { temporary_schedules: shown(hole ? without(stands, hole) : merged(stands)) };
  },
};
