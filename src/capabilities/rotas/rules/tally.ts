import { clip, covered, merge, total, type Span, type Window } from '#kernel/spans.ts';
import { addDays, clockOfDay } from '#kernel/zoned.ts';
import { openIn, type Hours } from '#kernel/weekly.ts';
import type { OnCall } from './shapes.ts';

const HOUR = 3_600_000;
const BURST = 60_000;
const NIGHT: readonly Hours[] = [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '22:00', until: '06:00' }];
const WEEKEND: readonly Hours[] = [{ days: ['sa', 'su'], from: '00:00', until: '00:00' }];

/** Hours on call: all of them, at night (22 to 6), at weekends, on holidays. */
export interface Load {
  readonly hours: number;
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
}

/** Tenths of an hour are enough for people. */
const hours = (ms: number) => Math.round((ms / HOUR) * 10) / 10;

/** What both cover; both in order and without overlaps of their own. */
function overlap(a: readonly Window[], b: readonly Window[]): number {
  let sum = 0;
  let first = 0;
  for (const one of a) {
    while (first < b.length && b[first]!.until <= one.from) first += 1;
    for (let i = first; i < b.length && b[i]!.from < one.until; i += 1) sum += Math.min(one.until, b[i]!.until) - Math.max(one.from, b[i]!.from);
  }
  return sum;
}

/** When each person is on call, in order; their own overlaps joined. */
export function dutyOf(spans: readonly Span<Pick<OnCall, 'people'>>[]): Map<string, Window[]> {
  const found = new Map<string, Window[]>();
  for (const { from, until, value } of spans) for (const id of value.people) found.set(id, [...(found.get(id) ?? []), { from, until }]);
  return new Map([...found].map(([id, windows]) => [id, covered(windows)]));
}

export interface Counting {
  readonly zone: string;
  /** Local dates. */
  readonly holidays: readonly string[];
}

/** How much each person carries in these spans, on the clock of the zone. */
export function loadsOf(spans: readonly Span<Pick<OnCall, 'people'>>[], { zone, holidays }: Counting): Map<string, Load> {
  const window = { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) };
  if (spans.length === 0) return new Map();
  const midnight = { clock: '00:00', which: 'first' } as const;
  const days = covered(holidays.map((date) => ({ from: clockOfDay(zone, date, midnight), until: clockOfDay(zone, addDays(date, 1), midnight) })));
  const [nights, weekends] = [openIn(NIGHT, zone, window), openIn(WEEKEND, zone, window)];
  return new Map(
    [...dutyOf(spans)].map(([id, duty]) => [
      id,
      { hours: hours(total(duty)), nights: hours(overlap(duty, nights)), weekends: hours(overlap(duty, weekends)), holidays: hours(overlap(duty, days)) },
    ]),
  );
}

/** Times at which somebody was called; those within a minute of one that counts are the same interruption. */
export function interruptions(instants: readonly number[]): number {
  let last = -Infinity;
  let count = 0;
  for (const at of instants.toSorted((a, b) => a - b)) {
    if (at - last < BURST) continue;
    last = at;
    count += 1;
  }
  return count;
}

export interface Quality {
  readonly score: number;
  readonly gapsPercent: number;
  /** Percent above the mean. */
  readonly overloaded: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

const ENOUGH = 95;

/** 0 to 100 from coverage and fairness (rule: Grafana OnCall `quality_score`); nothing planned is 0. */
export function qualityOf(hoursOf: ReadonlyMap<string, number>, coveredPercent: number): Quality {
  const loads = [...hoursOf.values()];
  const good = Math.round(Math.min(100, coveredPercent));
  if (loads.length === 0) return { score: 0, gapsPercent: 100 - good, overloaded: new Map(), warnings: ['Schedule is empty'] };
  const pairs = loads.flatMap((one, i) => loads.slice(i + 1).map((other) => (Math.max(one, other) === 0 ? 1 : Math.min(one, other) / Math.max(one, other))));
  const even = pairs.length === 0 ? 100 : Math.round((100 * pairs.reduce((sum, pair) => sum + pair, 0)) / pairs.length);
  const balance = even >= ENOUGH ? 100 : even;
  const mean = loads.reduce((sum, one) => sum + one, 0) / loads.length;
  const over = balance === 100 ? [] : [...hoursOf].filter(([, one]) => one > mean).map(([id, one]) => [id, Math.round((100 * (one - mean)) / mean)] as const);
  return {
    score: Math.round((good + balance) / 2),
    gapsPercent: 100 - good,
    overloaded: new Map(over),
    warnings: [...(good < 100 ? ['Schedule has gaps'] : []), ...(balance < 100 ? ['Schedule has balance issues'] : [])],
  };
}

/** The spans in which a person is on call, as one list of whole shifts, joined where they touch. */
export function shiftsOf(spans: readonly Span<OnCall>[], personId: string, window: Window): Window[] {
  return merge(
    clip(spans, window)
      .filter(({ value }) => value.people.includes(personId))
      .map(({ from, until }) => ({ from, until, value: personId })),
  ).map(({ from, until }) => ({ from, until }));
}
