import { Graph, outageOf } from '#capabilities/catalog/rules/index.ts';
import type { Redundancy } from '#capabilities/catalog/rules/index.ts';
import type { Case, Family } from '../case.ts';

type Written = {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly group?: string }[];
  readonly redundancy?: readonly (Redundancy & { readonly node: string; readonly group: string })[];
  readonly failed: readonly string[];
  readonly expectedImpacted: readonly string[];
};

/** The cases know reached and not reached only: a consumer with less to spare works in full and is not reached. */
export const impact: Family = {
  family: 'service-management/impact',
  cases: (content) =>
    (content['cases'] as readonly Written[]).map(({ id, expectedImpacted, ...given }): Case => ({ id, given, expect: { impacted: expectedImpacted.toSorted() } })),
  answer({ given }) {
    const { nodes, edges, redundancy = [], failed } = given as unknown as Written;
    const graph = new Graph();
    for (const id of nodes) graph.putNode({ id, kind: 'host', tier: null, users: 0, lifecycle: 'live' });
    for (const { from, to, group } of edges) graph.putEdge({ id: `${from}→${to}`, providerId: from, consumerId: to, impact: 'hard', group: group ?? '' });
    for (const { node, group, minUp, unit } of redundancy) graph.setRedundancy(node, group, { minUp, unit });
    const reached = [...outageOf(graph, failed).reached()];
    return { impacted: reached.flatMap((one) => (one.reduced ? [] : [one.id])).toSorted() };
  },
};
