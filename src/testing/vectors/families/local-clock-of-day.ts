import { clockOfDay } from '#kernel/zoned.ts';
import { textOf } from '../case.ts';
import type { Family } from '../case.ts';

export const localClockOfDay: Family = {
  family: 'local-clock-of-day',
  answer({ given }) {
    const which = given['which'] === 'last' ? 'last' : 'first';
    return { instant: clockOfDay(textOf(given['time_zone']), textOf(given['date']), { clock: textOf(given['clock']), which }) };
  },
};
