import { timeOfChecks, type KnownCheck } from '#capabilities/checks/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { clip, subtract, type Window } from '#kernel/spans.ts';
import { achieved, budgetLeft, burnDown, costliest, inSteps, sum, type Count } from './rules/index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_OUTAGES = 20;
/** Points of the chart, about. */
const POINTS = 180;

interface Counted {
  readonly hours: ReadonlyMap<number, Count>;
  readonly objective: number;
  readonly window: Window;
  /** Checks whose own outages are told to the second; else hours with something bad in them. */
  readonly timed: readonly KnownCheck[] | null;
}

/** How a window turned out: share, budget, its course, its days, and what ate it. */
export async function outcomeOf(ctx: { readonly db: Db; readonly now: number }, { hours, objective, window, timed }: Counted) {
  const all = sum(hours.values());
  const allowed = (1 - objective) * (all.good + all.bad);
  const listed = [...hours].map(([at, count]) => ({ at, ...count })).toSorted((a, b) => a.at - b.at);
  const step = Math.max(1, Math.ceil((window.until - window.from) / HOUR / POINTS)) * HOUR;
  // The course begins with the first thing that is known: a line over what is not would look as if it had been good.
  const course = { from: Math.max(window.from, listed[0]?.at ?? window.from), until: window.until };
  const days = inSteps(listed, DAY);
  return {
    achieved: achieved(all),
    budgetLeft: budgetLeft(all, objective),
    points: burnDown(inSteps(listed, step), objective, { ...course, step }).map(({ at, left }) => ({ at: iso(at), left })),
    days: daysOf(window).map((at) => {
      const count = days.get(at) ?? { good: 0, bad: 0 };
      return { day: iso(at).slice(0, 10), achieved: achieved(count), spent: allowed === 0 ? 0 : count.bad / allowed };
    }),
    outages: allowed === 0 ? [] : timed ? await outagesOf(ctx, timed, { window, allowed }) : hoursOf(hours, allowed),
  };
}

function daysOf({ from, until }: Window): number[] {
  const days: number[] = [];
  for (let at = Math.floor(from / DAY) * DAY; at < until; at += DAY) days.push(at);
  return days;
}

function hoursOf(hours: ReadonlyMap<number, Count>, allowed: number) {
  return costliest(hours, HOUR, MOST_OUTAGES).map(({ from, until, bad }) => ({ from: iso(from), until: iso(until), check: null, reason: '', spent: bad / allowed }));
}

async function outagesOf(
  ctx: { readonly db: Db; readonly now: number },
  checks: readonly KnownCheck[],
  { window, allowed }: { readonly window: Window; readonly allowed: number },
) {
  const times = await timeOfChecks(ctx, checks, window);
  return times
    .flatMap(({ check: { id, number, name }, spans, reasons, holes }) =>
      spans
        .filter(({ value }) => value === 'down')
        .map((span) => {
          const bad = subtract(clip([span], window), holes).reduce((total, { from, until }) => total + until - from, 0);
          const [from, until] = [Math.max(span.from, window.from), Math.min(span.until, window.until)];
          return { from: iso(from), until: iso(until), check: { id, kind: 'check', number, title: name }, reason: reasons.get(span.from) ?? '', spent: bad / allowed };
        }),
    )
    .filter(({ spent }) => spent > 0)
    .toSorted((a, b) => b.spent - a.spent || (a.from < b.from ? 1 : -1))
    .slice(0, MOST_OUTAGES);
}
