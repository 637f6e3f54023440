import { shiftAt } from './handoffs.ts';
import type { Layer, Override } from './shapes.ts';
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

/**
 * The layers after an edit at the instant: one added, one that takes the place of another, or one ended. What was before the
 * instant stays as it was, for the preview as for the saved rota.
 */
export function edited(layers: readonly Layer[], edit: { readonly add?: Layer; readonly endId?: string; readonly startMoved?: boolean }, now: number): Layer[] {
  const before = layers.find((layer) => layer.id === edit.endId);
  const begins = edit.add ? Math.max(now, edit.add.from ?? -Infinity) : now;
  const at = before && (before.from ?? -Infinity) > now ? now : begins;
  const kept = layers.map((layer) => (layer === before ? { ...layer, until: Math.min(at, layer.until ?? Infinity) } : layer));
  if (!edit.add) return kept;
  const firstTurn = before ? firstTurnAfter(before, edit.add, at, edit.startMoved ?? false) : 0;
  return [...kept, { ...edit.add, from: begins, firstTurn }];
}

/** Overrides of a layer go on for the one that takes its place; what they did until then stays with the layer that was. */
export function carriedOver(
  overrides: readonly Override[],
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: number },
): { ended: Override[]; begun: Override[] } {
  const running = overrides.filter((one) => one.layerId === from && one.until > at);
  return { ended: running.map((one) => ({ ...one, until: Math.max(at, one.from) })), begun: running.map((one) => ({ ...one, layerId: to, from: Math.max(at, one.from) })) };
}
