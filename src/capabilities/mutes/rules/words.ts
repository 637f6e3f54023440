import { clockLength } from '#kernel/zoned.ts';
import type { TimeInterval } from './intervals.ts';
import { writeRanges } from './ranges.ts';
import type { Weekly } from './weekly.ts';
import type { When } from './when.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** When it comes again, in words; null for one window. */
export function patternWords(when: When): string | null {
  if (when.kind === 'window') return null;
  return when.kind === 'weekly' ? weeklyWords(when.weekly) : when.intervals.map(intervalWords).join('; or ');
}

const nameOf = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? '';

/** `Monday to Friday`, or each by its name. */
function daysWords(days: readonly number[]): string {
  const isRun = days.length > 2 && days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1);
  return isRun ? `day from ${nameOf(days[0])} to ${nameOf(days.at(-1))}` : listed(days.map(nameOf));
}

function weeklyWords({ start, minutes, weekdays, zone }: Weekly): string {
  const days = weekdays.length === 0 ? 'every day' : `each ${daysWords(weekdays.toSorted((a, b) => a - b))}`;
  const end = clockLength(start) / 60_000 + minutes;
  const clock = end === 1440 ? '24:00' : `${String(Math.floor((end % 1440) / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
  return `${days} ${start}–${clock}${end > 1440 ? ' of the next day' : ''}, ${zone}`;
}

function intervalWords({ times, weekdays, daysOfMonth, months, years, zone }: TimeInterval): string {
  const parts = [
    times.map(({ from, until }) => `${from}–${until}`).join(' and '),
    writeRanges('weekdays', weekdays),
    daysOfMonth.length > 0 ? `days ${writeRanges('daysOfMonth', daysOfMonth)}` : '',
    writeRanges('months', months),
    writeRanges('years', years),
  ].filter((part) => part !== '');
  return `${parts.length === 0 ? 'always' : parts.join(', ')}, ${zone}`;
}
