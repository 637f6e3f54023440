import type { In } from '#kernel/contract.ts';
import type { ShownProblem } from '#web/ui/problem.ts';
import { instantOf, wallOf } from '#web/ui/time.ts';
import { fieldText } from '#web/record/field-text.ts';
import type { mutes, ShownWhen } from '../contract.ts';
import { readRanges, writeRanges, type ClockRange, type Range, type RangeField } from '../rules/index.ts';
import { words } from './words.ts';

export type WhenInput = In<(typeof mutes)['verbs']['create']>['when'];
export type Shape = WhenInput['kind'];

const two = (n: number) => String(n).padStart(2, '0');

/** An instant as the wall clock of the zone, for an input: 2026-11-21T09:00. */
export function localOf(at: number | string, zone: string): string {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The instant of what an input for local time holds; nothing when it is empty. */
export function instantFrom(local: string, zone: string): string | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local) ?? [];
  if (year === undefined) return undefined;
  return new Date(instantOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: 0 }, zone)).toISOString();
}

/** The midnight after a day of the zone, at which a recurrence that has it as its last day ends. */
function endOfDay(day: string, zone: string): string | undefined {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? undefined : instantFrom(`${new Date(start + 86_400_000).toISOString().slice(0, 10)}T00:00`, zone);
}

/** The last day of a recurrence that ends at an instant. */
export function lastDayOf(until: string | null, zone: string): string {
  return until === null ? '' : localOf(Date.parse(until) - 1, zone).slice(0, 10);
}

export const RANGE_INPUTS = ['weekdays', 'daysOfMonth', 'months', 'years'] as const satisfies readonly RangeField[];

function timesFrom(text: string): ClockRange[] | string {
  const times: ClockRange[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, from, until] = /^(\d{2}:\d{2})\s*[-–]\s*(\d{2}:\d{2})$/.exec(part) ?? [];
    if (from === undefined || until === undefined) return words.form.badTimes(part);
    times.push({ from, until });
  }
  return times;
}

export const timesText = (times: readonly ClockRange[]) => times.map(({ from, until }) => `${from}-${until}`).join(', ');

export type ReadWhen = { readonly when: WhenInput } | { readonly field: string; readonly sentence: string };

/** What the fields say about when; or the field that cannot be read, and why. */
export function whenFrom(values: FormData, { shape, zone, from }: { readonly shape: Shape; readonly zone: string; readonly from?: string | undefined }): ReadWhen {
  if (shape === 'window') {
    const [begin, until] = [instantFrom(fieldText(values, 'from'), zone), instantFrom(fieldText(values, 'until'), zone)];
    if (!until) return { field: 'until', sentence: words.form.noTimes };
    // The input shows minutes; what has begun keeps the second at which it began.
    const kept = from && fieldText(values, 'from') === localOf(from, zone) ? from : begin;
    return { when: { kind: 'window', until, ...(kept && { from: kept }) } };
  }
  const own = fieldText(values, 'zone') || 'UTC';
  const last = fieldText(values, 'last');
  const bounds = { until: last ? (endOfDay(last, zone) ?? null) : null, ...(from && { from }) };
  if (shape === 'weekly') {
    const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => values.get(`weekday${day}`));
    return { when: { kind: 'weekly', ...bounds, weekly: { start: fieldText(values, 'start'), minutes: Number(fieldText(values, 'minutes')) || 0, weekdays, zone: own } } };
  }
  const times = timesFrom(fieldText(values, 'times'));
  if (typeof times === 'string') return { field: 'times', sentence: times };
  const read: Record<string, Range[]> = {};
  for (const field of RANGE_INPUTS) {
    const ranges = readRanges(field, fieldText(values, field));
    if ('error' in ranges) return { field, sentence: ranges.error };
    read[field] = [...ranges.ranges];
  }
  return { when: { kind: 'intervals', ...bounds, intervals: [{ times, ...read, zone: own }] } };
}

/** The text in each field of a mute that is changed. */
export function rangeText(when: ShownWhen | undefined, field: RangeField): string {
  return when?.kind === 'intervals' ? writeRanges(field, when.intervals[0]?.[field] ?? []) : '';
}

export const unreadable = ({ field, sentence }: { readonly field: string; readonly sentence: string }): ShownProblem => ({
  title: 'Not sent.',
  sentence,
  kind: 'invalid',
  fields: [{ field, sentence }],
});
