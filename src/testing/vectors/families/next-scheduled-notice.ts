import { nextOpening, WEEKDAYS } from '#kernel/weekly.ts';
import { required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { clockOf, daysOf } from './rota-cases.ts';

/** A clock time on weekdays is the beginning of a window of one minute. */
export const nextScheduledNotice: Family = {
  family: 'next-scheduled-notice',
  answer({ given }) {
    const clock = textOf(given['clock']);
    if (!clock) return { next: null };
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    const days = given['days'] === null ? WEEKDAYS : daysOf(given['days']);
    return { next: nextOpening([{ days, from: clock, until: clockOf(hour * 60 + minute + 1) }], textOf(given['time_zone'], 'UTC'), required(given['now'])) };
  },
};
