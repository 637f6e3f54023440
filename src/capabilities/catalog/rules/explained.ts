import type { Graph } from './graph.ts';
import { outageOf } from './outage.ts';

/** Something said that this node failed, at an instant (epoch ms). */
export interface Failure {
  readonly id: string;
  readonly at: number;
}

/** `root` failed on its own account; the node fell with it (and with others, where it needed several), by this way. */
export interface Fell {
  readonly root: string;
  readonly path: readonly string[];
}

function order(a: Failure, b: Failure): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/**
 * Which failures follow from others: as few as possible are roots, and every other one falls with the roots alone, so
 * that none is explained by something that is itself explained away. In a circle the one seen first is the root. What
 * failed more than `slackMs` before another does not follow from it: what watches closely sees a failure first, but not by hours.
 * The answer does not depend on the order in which the failures are given.
 */
export function explained(graph: Graph, failures: readonly Failure[], slackMs: number): ReadonlyMap<string, Fell> {
  const first = new Map<string, Failure>();
  for (const failure of failures.toSorted(order)) if (graph.nodeAt.has(failure.id) && !first.has(failure.id)) first.set(failure.id, failure);
  const roots = new Map(first);
  const before = (failure: Failure) => [...roots.values()].filter(({ id, at }) => id !== failure.id && at <= failure.at + slackMs).map(({ id }) => id);
  const fallsWith = (failure: Failure, failed: readonly string[]) => {
    if (failed.length === 0) return null;
    const outage = outageOf(graph, failed);
    const why = outage.why(failure.id);
    return why === null || why.kind === 'reduced' ? null : outage.path(failure.id);
  };
  for (const failure of [...first.values()].toReversed()) if (fallsWith(failure, before(failure))) roots.delete(failure.id);
  const fell = new Map<string, Fell>();
  for (const failure of first.values()) {
    const path = roots.has(failure.id) ? null : fallsWith(failure, before(failure));
    if (path) fell.set(failure.id, { root: path[0]!, path });
  }
  return fell;
}

/** The services nearest above a node: those that use it without another service between. Itself when it is one. */
export function servicesAbove(graph: Graph, id: string): readonly string[] {
  const found: string[] = [];
  const seen = new Set([id]);
  let wave = [id];
  while (wave.length > 0) {
    const next: string[] = [];
    for (const one of wave) {
      if (graph.nodes[graph.nodeAt.get(one) ?? 0]?.kind === 'service') found.push(one);
      else
        for (const above of graph.near(one, 'consumers', 1)) {
          if (seen.has(above)) continue;
          seen.add(above);
          next.push(above);
        }
    }
    wave = next;
  }
  return found;
}
