import { HARD, type Graph } from './graph.ts';
import { DEGRADED, DOWN, Scratch, spread, upstreamOf } from './spread.ts';

/** What the failure of one node alone does to services; `reduced` are those that only lose spare capacity. */
export type SinglePoint = { readonly id: string; readonly down: number; readonly degraded: number; readonly reduced: number; readonly score: number };

/** The N-1 sweep: one answer for each node that is there when it begins, so that a caller may pause after any. Score: over the services down, (5 − tier) × users, at least one user each. */
export function* singlePoints(graph: Graph): Generator<SinglePoint> {
  const [scratch, ids] = [new Scratch(), [...graph.nodeAt.keys()]];
  for (const id of ids) {
    const slot = graph.nodeAt.get(id);
    if (slot === undefined) continue;
    const count = spread(graph, scratch, [slot], []);
    const { reached, state } = scratch;
    let [down, degraded, reduced, score] = [0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const { tier, users } = graph.nodes[reached[i]!]!;
      if (tier === null) continue;
      const becomes = state[reached[i]!]!;
      if (becomes === DOWN) {
        down += 1;
        score += (5 - tier) * Math.max(users, 1);
      } else if (becomes === DEGRADED) degraded += 1;
      else reduced += 1;
    }
    yield { id, down, degraded, reduced, score };
  }
}

/** Those that take something down or degrade it, worst first. */
export function rankedPoints(points: readonly SinglePoint[]): readonly SinglePoint[] {
  return points.filter((one) => one.down + one.degraded > 0).toSorted((a, b) => b.score - a.score || b.down - a.down || b.degraded - a.degraded || (a.id < b.id ? -1 : 1));
}

/** Nodes that bring the service down alone, and in how many hops each. `considered` nodes were tried; `cut`: it rests on more than that, so pairs may be missing. */
export type PairSweep = { readonly singles: readonly string[]; readonly hops: readonly number[]; readonly considered: number; readonly cut: boolean };

/** The N-2 sweep of one service: pairs that bring it down together though neither does alone. One list for each first node, so that a caller may pause after any. */
export function* failingPairs(graph: Graph, serviceId: string, most = 300): Generator<readonly (readonly [string, string])[], PairSweep> {
  const [scratch, version] = [new Scratch(), graph.version];
  const service = graph.nodeAt.get(serviceId);
  if (service === undefined) return { singles: [], hops: [], considered: 0, cut: false };
  const { slots, cut } = upstreamOf(graph, [service], HARD, most + 1);
  const falls = (failed: readonly number[]) => {
    spread(graph, scratch, failed, [], true);
    return scratch.stateOf(service) === DOWN;
  };
  scratch.within(graph, slots);
  const tried = slots.slice(1);
  const singles = tried.flatMap((slot) => (falls([slot]) ? [{ slot, hops: scratch.wave[service]! }] : []));
  const alone = new Set(singles.map(({ slot }) => slot));
  const rest = tried.filter((slot) => !alone.has(slot));
  for (const [i, first] of rest.entries()) {
    if (graph.version !== version) throw new Error('The graph has changed during the sweep: start it again.');
    yield rest.slice(i + 1).flatMap((second) => (falls([first, second]) ? [[graph.ids[first]!, graph.ids[second]!] as const] : []));
  }
  return { singles: singles.map(({ slot }) => graph.ids[slot]!), hops: singles.map(({ hops }) => hops), considered: tried.length, cut };
}
