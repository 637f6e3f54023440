import { SOFT, type Graph } from './graph.ts';

export type Impact = 'hard' | 'soft' | 'none';
/** One dependency by ids: the consumer needs the provider. */
export type Dependency = { readonly providerId: string; readonly consumerId: string; readonly impact: Impact };
export type Becomes = 'down' | 'degraded';

/** The circle that a new edge between the two closes, as ids from its provider round to its provider; null when it closes none. */
export function circleOf(graph: Graph, { providerId, consumerId, impact }: Dependency): readonly string[] | null {
  if (impact === 'none') return null;
  const cameFrom = new Map<string, string>([[consumerId, providerId]]);
  const queue = [consumerId];
  for (let next = 0; next < queue.length; next += 1) {
    for (const id of graph.near(queue[next]!, 'consumers', SOFT)) {
      if (id === providerId) return walkBack(cameFrom, queue[next]!, providerId);
      if (cameFrom.has(id)) continue;
      cameFrom.set(id, queue[next]!);
      queue.push(id);
    }
  }
  return null;
}

function walkBack(cameFrom: ReadonlyMap<string, string>, last: string, start: string): readonly string[] {
  const path = [start];
  for (let at = last; at !== start; at = cameFrom.get(at)!) path.push(at);
  return [...path, start].toReversed();
}

/** Distance of each node from the start: negative towards providers, positive towards consumers; the nearer one where both lead to it. */
export function signedHops(start: string, upward: ReadonlyMap<string, number>, downward: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const [id, hops] of downward) all.set(id, hops);
  for (const [id, hops] of upward) if (hops <= (all.get(id) ?? Infinity)) all.set(id, -hops);
  all.set(start, 0);
  return all;
}

export function impactSentence(failed: string, { down, degraded }: { readonly down: number; readonly degraded: number }): string {
  if (down + degraded === 0) return `Nothing in the catalog falls when ${failed} fails.`;
  const parts = [down > 0 ? `${down} would be down` : '', degraded > 0 ? `${degraded} ${down > 0 ? '' : 'would be '}degraded` : ''].filter(Boolean);
  return `When ${failed} fails, ${parts.join(' and ')}.`;
}
