import { isActive, readRanges, refuseWhen, type When } from '#capabilities/mutes/rules/index.ts';
import { numberOf, required, textOf, type Family } from '../case.ts';

const BEGAN = Date.UTC(2030, 0, 1);

/** Weekdays by name; 0 for a name that is none. */
function weekdaysOf(given: unknown): readonly number[] {
  return ((given ?? []) as readonly string[]).map((name) => {
    const read = readRanges('weekdays', name);
    return 'error' in read ? 0 : (read.ranges[0]?.from ?? 0);
  });
}

export const maintenanceWindows: Family = {
  family: 'maintenance-windows',
  answer({ given }) {
    const weekly = {
      start: textOf(given['start']),
      minutes: numberOf(given['duration_minutes'], 0),
      weekdays: weekdaysOf(given['every']),
      zone: textOf(given['time_zone'], 'UTC'),
    };
    // One that is switched off there is one that has been ended here.
    const when: When = { kind: 'weekly', from: BEGAN, until: given['enabled'] === false ? BEGAN : null, weekly };
    if (given['now'] === undefined) return { valid: refuseWhen(when) === undefined };
    return { in_maintenance: isActive(when, required(given['now'])) };
  },
};
