import { windowAt } from '#capabilities/rotas/rules/index.ts';
import { required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { daysOf } from './rota-cases.ts';

export const weeklyCoverageRules: Family = {
  family: 'weekly-coverage-rules',
  answer({ given }) {
    const at = required(given['at']);
    const hours = [{ days: daysOf(given['days']), from: textOf(given['start']), until: textOf(given['end']) }];
    const window = windowAt(hours, textOf(given['time_zone'], 'UTC'), at);
    return { active: window !== null && window.from <= at, window_start: window?.from ?? null, window_end: window?.until ?? null };
  },
};
