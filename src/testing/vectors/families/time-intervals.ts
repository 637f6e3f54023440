import { clockMinutes, contains, readRanges, refuseInterval, type Range, type RangeField, type TimeInterval } from '#capabilities/mutes/rules/index.ts';
import { fieldsOf, required, textOf, type Family } from '../case.ts';

const FIELDS: Readonly<Record<string, RangeField>> = { weekdays: 'weekdays', days_of_month: 'daysOfMonth', months: 'months', years: 'years' };

function rangesOf(given: unknown): readonly Range[] {
  return ((given ?? []) as readonly (readonly [number, number])[]).map(([from, until]) => ({ from, until }));
}

/** Sunday is 0 there and 7 here, so a range that begins with it is two. */
function weekdaysOf(given: unknown): readonly Range[] {
  return rangesOf(given).flatMap(({ from, until }) => (from > 0 ? [{ from, until }] : [{ from: 7, until: 7 }, ...(until > 0 ? [{ from: 1, until }] : [])]));
}

function intervalOf(given: unknown): TimeInterval {
  const fields = fieldsOf(given);
  const interval = {
    times: ((fields['times'] ?? []) as readonly (readonly [string, string])[]).map(([from, until]) => ({ from, until })),
    weekdays: weekdaysOf(fields['weekdays']),
    daysOfMonth: rangesOf(fields['days_of_month']),
    months: rangesOf(fields['months']),
    years: rangesOf(fields['years']),
    zone: textOf(fields['location'], 'UTC'),
  };
  const refusal = refuseInterval(interval);
  if (refusal) throw new Error(refusal);
  return interval;
}

export const timeIntervals: Family = {
  family: 'time-intervals',
  answer({ given }) {
    if (given['interval'] !== undefined) return { contains: contains(intervalOf(given['interval']), required(given['at'])) };
    if (given['named_intervals'] !== undefined) {
      const at = required(given['at']);
      return { muted_by: Object.entries(fieldsOf(given['named_intervals'])).flatMap(([name, interval]) => (contains(intervalOf(interval), at) ? [name] : [])) };
    }
    if (given['field'] !== undefined) return { error: 'error' in readRanges(FIELDS[textOf(given['field'])]!, textOf(given['text'])) };
    const minutes = clockMinutes({ from: textOf(given['start']), until: textOf(given['end']) });
    return typeof minutes === 'string' ? { error: true, sentence: minutes } : { minutes };
  },
};
