import { windowAt } from '#kernel/weekly.ts';
import { required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { daysOf } from './rota-cases.ts';

/** What is always open has neither. */
const finite = (at: number | undefined) => (at !== undefined && Number.isFinite(at) ? at : null);

export const weeklyCoverageRules: Family = {
  family: 'weekly-coverage-rules',
  answer({ given }) {
    const at = required(given['at']);
    const hours = [{ days: daysOf(given['days']), from: textOf(given['start']), until: textOf(given['end']) }];
    const window = windowAt(hours, textOf(given['time_zone'], 'UTC'), at);
    return { active: window !== null && window.from <= at, window_start: finite(window?.from), window_end: finite(window?.until) };
  },
};
