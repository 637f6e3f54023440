import fc from 'fast-check';
import { DEFAULT_GROUP, Graph, type GraphEdge, type GraphNode, type Redundancy } from '#capabilities/catalog/rules/index.ts';

export type Needed = { readonly consumerId: string; readonly group: string; readonly redundancy: Redundancy };
export type Estate = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; readonly redundancies: readonly Needed[] };
export type Standing = 'reduced' | 'degraded' | 'down';

export const NODES: readonly GraphNode[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id, i) => ({
  id,
  kind: i < 4 ? 'host' : 'service',
  tier: i < 4 ? null : 1 + (i % 4),
  users: i * 10,
  lifecycle: 'live',
}));
export const IDS = NODES.map(({ id }) => id);
export const someIds = fc.subarray(IDS, { minLength: 1, maxLength: 3 });
const nodeId = fc.constantFrom(...IDS);
const group = fc.constantFrom('', 'web', 'db');
const redundancy: fc.Arbitrary<Redundancy> = fc.oneof(
  fc.record({ minUp: fc.integer({ min: 0, max: 4 }), unit: fc.constant('count' as const) }),
  fc.record({ minUp: fc.constantFrom(0, 10, 33.3, 50, 66.7, 75, 100), unit: fc.constant('percent' as const) }),
);
const link = fc.record({ providerId: nodeId, consumerId: nodeId, group, impact: fc.constantFrom('hard', 'hard', 'hard', 'soft', 'none') });

export const estate: fc.Arbitrary<Estate> = fc.record({
  nodes: fc.constant(NODES),
  edges: fc
    .uniqueArray(link, { minLength: 6, maxLength: 30, size: 'max', selector: ({ providerId, consumerId }) => providerId + consumerId })
    .map((links) => links.map((one) => ({ ...one, id: `${one.providerId}→${one.consumerId}` }))),
  redundancies: fc.uniqueArray(fc.record({ consumerId: nodeId, group, redundancy }), { maxLength: 14, size: 'max', selector: (one) => one.consumerId + one.group }),
});

export function built({ nodes, edges, redundancies }: Estate): Graph {
  const graph = new Graph();
  for (const node of nodes) graph.putNode(node);
  for (const edge of edges) graph.putEdge(edge);
  for (const one of redundancies) graph.setRedundancy(one.consumerId, one.group, one.redundancy);
  return graph;
}

/** Providers of one consumer by group, those that pass nothing on left out. */
export function groupsOf({ edges, redundancies }: Estate, consumerId: string) {
  const own = edges.filter((edge) => edge.consumerId === consumerId && edge.impact !== 'none');
  return [...Map.groupBy(own, (edge) => edge.group || DEFAULT_GROUP)].map(([name, members]) => {
    const set = redundancies.find((one) => one.consumerId === consumerId && (one.group || DEFAULT_GROUP) === name)?.redundancy;
    const minUp = set === undefined ? members.length : set.unit === 'count' ? set.minUp : (members.length * set.minUp) / 100;
    return { name, members, most: Math.max(0, members.length - minUp) };
  });
}

/** What a consumer becomes when its providers are what `standing` says, one group after the other. */
export function becomes(given: Estate, consumerId: string, standing: ReadonlyMap<string, Standing>): Standing | null {
  const found = groupsOf(given, consumerId).map(({ members, most }): Standing | null => {
    const down = members.filter((edge) => edge.impact === 'hard' && standing.get(edge.providerId) === 'down').length;
    const lost = members.filter((edge) => ['down', 'degraded'].includes(standing.get(edge.providerId) ?? '')).length;
    return down > most ? 'down' : lost > most ? 'degraded' : lost > 0 ? 'reduced' : null;
  });
  return (['down', 'degraded', 'reduced'] as const).find((state) => found.includes(state)) ?? null;
}

/** The outage recomputed for all nodes at once, again and again until nothing moves; the round in which a node took its state are its hops. */
export function recomputed(given: Estate, failed: readonly string[], spared: readonly string[] = []): ReadonlyMap<string, { readonly state: Standing; readonly hops: number }> {
  const sources = failed.filter((id) => !spared.includes(id));
  const hops = new Map<string, number>();
  let standing = new Map<string, Standing>(sources.map((id) => [id, 'down']));
  for (let round = 1, moved = true; moved; round += 1) {
    const next = new Map<string, Standing>(sources.map((id) => [id, 'down']));
    moved = false;
    for (const { id } of given.nodes) {
      if (spared.includes(id) || sources.includes(id)) continue;
      const state = becomes(given, id, standing);
      if (state) next.set(id, state);
      if (state === (standing.get(id) ?? null)) continue;
      hops.set(id, round);
      moved = true;
    }
    standing = next;
  }
  return new Map([...standing].filter(([id]) => !sources.includes(id)).map(([id, state]) => [id, { state, hops: hops.get(id)! }]));
}
