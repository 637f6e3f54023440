import { monthsOf, type Counted } from '#capabilities/checks/rules/index.ts';
import { fieldsOf, numberOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';

const counted = (status: unknown): Counted => (status === 'up' || status === 'down' ? status : 'none');

export const downtimeReport: Family = {
  family: 'downtime-report',
  answer({ given }) {
    const flips = (given['flips'] as readonly unknown[]).map(fieldsOf);
    const madeAt = required(given['created']);
    const turns = [
      { at: madeAt, countsAs: counted(flips[0]?.['from'] ?? given['status_now']), reason: '' },
      ...flips.map((flip) => ({ at: required(flip['at']), countsAs: counted(flip['to']), reason: '' })),
    ];
    const how = { now: required(given['now']), months: numberOf(given['months'], 1), zone: textOf(given['time_zone'], 'UTC') };
    return {
      months: monthsOf({ turns, holes: [], madeAt }, how).map(({ month, from, until, downMs, outages, existed }) => ({
        month,
        down_seconds: downMs / 1000,
        count: outages,
        no_data: !existed,
        // The cases take the rest of the month for good; ours is the share of what is known.
        uptime: (until - from - downMs) / (until - from),
      })),
    };
  },
};
