import type { Span, Window } from '#kernel/spans.ts';
import { candidatesFor, type Able } from './cover.ts';
import type { OnCall } from './shapes.ts';
import { shiftsOf } from './tally.ts';

const HOUR = 3_600_000;

/** One step towards even loads: an override that can be accepted as it stands. */
export interface Evening extends Window {
  readonly fromId: string;
  readonly toId: string;
  readonly hours: number;
  /** Hours of both, before and after. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/**
 * Gives shifts ahead of whoever carries most to whoever carries least and can, one by one, as long as each step brings the two closer.
 * Load is what was carried plus what is planned.
 */
export function eveningOut(ahead: readonly Span<OnCall>[], people: readonly Able[], window: Window, most = 5): Evening[] {
  const load = new Map(people.map((one) => [one.personId, one.hoursLately]));
  const plan = new Map(people.map((one) => [one.personId, shiftsOf(ahead, one.personId, window)]));
  for (const [id, shifts] of plan) load.set(id, (load.get(id) ?? 0) + shifts.reduce((sum, shift) => sum + shift.until - shift.from, 0) / HOUR);
  const steps: Evening[] = [];
  while (steps.length < most) {
    const step = nextStep({ load, plan, people });
    if (!step) return steps;
    steps.push(step);
    load.set(step.fromId, step.after[0]).set(step.toId, step.after[1]);
    plan.set(
      step.fromId,
      (plan.get(step.fromId) ?? []).filter((shift) => shift.from !== step.from),
    );
    plan.set(step.toId, [...(plan.get(step.toId) ?? []), { from: step.from, until: step.until }]);
  }
  return steps;
}

interface State {
  readonly load: ReadonlyMap<string, number>;
  readonly plan: ReadonlyMap<string, readonly Window[]>;
  readonly people: readonly Able[];
}

function nextStep({ load, plan, people }: State): Evening | undefined {
  const ranked = [...load].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [fromId, much] of ranked) {
    for (const [toId, little] of ranked.toReversed()) {
      const taker = people.find((one) => one.personId === toId);
      if (!taker || much <= little || toId === fromId) continue;
      for (const shift of (plan.get(fromId) ?? []).toSorted((a, b) => b.until - b.from - (a.until - a.from) || a.from - b.from)) {
        const hours = (shift.until - shift.from) / HOUR;
        if (hours >= much - little) continue;
        const [candidate] = candidatesFor(shift, [{ ...taker, duties: [...taker.duties, ...(plan.get(toId) ?? [])] }]);
        if (candidate?.able) return { ...shift, fromId, toId, hours, before: [much, little], after: [much - hours, little + hours] };
      }
    }
  }
  return undefined;
}
