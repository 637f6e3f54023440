import { shiftAt } from './handoffs.ts';
import type { Layer } from './shapes.ts';
import { cellsOf } from './turns.ts';

const place = (turn: number, count: number) => ((turn % count) + count) % count;

/** The turn that runs at the instant; outside of the hours the one that comes next. */
function turnAt(layer: Layer, at: number): number {
  const { rotation, turnOf } = cellsOf(layer);
  for (let { turn: cell } = shiftAt(rotation, at); ; cell += 1) {
    const turn = turnOf(cell);
    if (turn !== null) return turn;
  }
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id) => b.includes(id));

/** Where the group stands in the new list: the same people, else one with somebody of it. A group that has several turns keeps the one it is in. */
function foundIn(after: Layer['people'], before: Layer['people'], at: number): number | undefined {
  const group = before[at]!;
  const matches = after.flatMap((each, i) => (same(each, group) ? [i] : []));
  const ordinal = before.slice(0, at).filter((each) => same(each, group)).length;
  if (matches.length > 0) return matches[Math.min(ordinal, matches.length - 1)];
  const shared = after.findIndex((each) => each.some((id) => group.includes(id)));
  return shared < 0 ? undefined : shared;
}

/**
 * The first turn of a layer that takes the place of another at the instant, so that whoever is on call stays on call (if they still
 * take part; else whoever came next), and later dates stay for everybody who stays. Another day of start counts from there.
 */
export function firstTurnAfter(before: Layer, after: Layer, now: number, startMoved: boolean): number {
  const [was, count] = [before.people.length, after.people.length];
  if (startMoved || was === 0 || count === 0) return 0;
  const running = place(turnAt(before, now) + (before.firstTurn ?? 0), was);
  for (let step = 0; step < was; step += 1) {
    const index = foundIn(after.people, before.people, (running + step) % was);
    if (index !== undefined) return place(index - turnAt(after, now), count);
  }
  return 0;
}
