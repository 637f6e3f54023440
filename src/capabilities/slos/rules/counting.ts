import { clip, covered, merge, subtract, together, type Span, type Window } from '#kernel/spans.ts';
import type { Count } from './budget.ts';

export type Known = 'up' | 'down' | 'none';

/** What is known of one check: what it counted as, and the stretches that count neither way: silence and maintenance. */
export interface Watched {
  readonly spans: readonly Span<Known>[];
  readonly holes: readonly Window[];
}

/**
 * Good and bad time of a window for checks that must all be up: bad while any is known to be down, good while all are known to
 * be up; the rest is unknown and counts neither way.
 */
export function goodAndBad(checks: readonly Watched[], window: Window): { readonly good: readonly Window[]; readonly bad: readonly Window[] } {
  const known = checks.map(({ spans, holes }) => subtract(clip(spans, window), holes));
  const all = together(known.flat().filter(({ value }) => value !== 'none'));
  const bad = covered(all.filter(({ value }) => value.includes('down')));
  const good = covered(all.filter(({ value }) => value.length === checks.length && !value.includes('down')));
  return { good, bad };
}

/** Windows cut at multiples of a step (epoch), summed up by the start of each step. */
export function bucketed({ good, bad }: { readonly good: readonly Window[]; readonly bad: readonly Window[] }, step: number): Map<number, Count> {
  const buckets = new Map<number, { good: number; bad: number }>();
  const add = (windows: readonly Window[], what: 'good' | 'bad') => {
    for (const { from, until } of windows)
      for (let at = Math.floor(from / step) * step; at < until; at += step) {
        const bucket = buckets.get(at) ?? { good: 0, bad: 0 };
        bucket[what] += Math.min(until, at + step) - Math.max(from, at);
        buckets.set(at, bucket);
      }
  };
  add(good, 'good');
  add(bad, 'bad');
  return buckets;
}

/** A count at an instant: the results of a minute, the requests of five. */
export interface Counted extends Count {
  readonly at: number;
}

/** The same counts in steps of another length. */
export function inSteps(counts: Iterable<Counted>, step: number): Map<number, Count> {
  const steps = new Map<number, { good: number; bad: number }>();
  for (const { at, good, bad } of counts) {
    const start = Math.floor(at / step) * step;
    const there = steps.get(start);
    if (there) {
      there.good += good;
      there.bad += bad;
    } else steps.set(start, { good, bad });
  }
  return steps;
}

/** A stretch in which the budget was spent, and how much of it. */
export interface Outage extends Window {
  readonly bad: number;
}

/** Steps with something bad in them, joined where they follow each other; those that cost most first. */
export function costliest(steps: ReadonlyMap<number, Count>, step: number, most: number): Outage[] {
  const hit = [...steps].filter(([, { bad }]) => bad > 0).map(([at]): Span<true> => ({ from: at, until: at + step, value: true }));
  return merge(hit)
    .map(({ from, until }) => {
      let bad = 0;
      for (let at = from; at < until; at += step) bad += steps.get(at)?.bad ?? 0;
      return { from, until, bad };
    })
    .toSorted((a, b) => b.bad - a.bad || b.from - a.from)
    .slice(0, most);
}

/** What is left of the budget at the end of each step of the window, when the whole window's budget is there at its start. */
export function burnDown(steps: ReadonlyMap<number, Count>, objective: number, { from, until, step }: Window & { readonly step: number }): { at: number; left: number }[] {
  let all = 0;
  for (const { good, bad } of steps.values()) all += good + bad;
  const allowed = (1 - objective) * all;
  if (allowed === 0) return [];
  const points = [{ at: from, left: 1 }];
  let spent = 0;
  for (let at = Math.floor(from / step) * step; at < until; at += step) {
    spent += steps.get(at)?.bad ?? 0;
    points.push({ at: Math.min(at + step, until), left: 1 - spent / allowed });
  }
  return points;
}
