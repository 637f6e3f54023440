import { qualityOf } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, numberOf } from '../case.ts';
import type { Family } from '../case.ts';

export const scheduleQuality: Family = {
  family: 'schedule-quality',
  answer({ given }) {
    const hours = new Map(Object.entries(fieldsOf(given['hours_per_week'])).map(([user, each]) => [user, numberOf(each, 0)]));
    const { score, gapsPercent, overloaded, warnings } = qualityOf(hours, numberOf(given['covered_percent'], 0));
    return { score, gaps_percent: gapsPercent, overloaded: Object.fromEntries(overloaded), warnings: [...warnings] };
  },
};
