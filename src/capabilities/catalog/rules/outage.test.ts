import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { becomes, built, estate, groupsOf, IDS, NODES, recomputed, someIds, type Estate, type Needed, type Standing } from '#testing/estates.ts';
import { outageOf, reasonSentence, type Graph, type GraphEdge } from './index.ts';

const RANK: Readonly<Record<Standing, number>> = { reduced: 1, degraded: 2, down: 3 };
const runs = { numRuns: 3000 };

function found(graph: Graph, failed: readonly string[], spared: readonly string[] = []) {
  return new Map([...outageOf(graph, failed, spared).reached()].map((one) => [one.id, { state: one.reduced ? ('reduced' as const) : one.becomes, hops: one.hops }]));
}
const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Every node no better off than before; the failed ones count as down. */
function noBetter(given: Estate, failed: readonly string[], worse: Estate, alsoFailed: readonly string[]): void {
  const rank = (map: ReturnType<typeof found>, sources: readonly string[], id: string) => (sources.includes(id) ? 3 : RANK[map.get(id)?.state ?? ('' as Standing)] || 0);
  const [before, after] = [found(built(given), failed), found(built(worse), alsoFailed)];
  for (const id of IDS) assert.ok(rank(after, alsoFailed, id) >= rank(before, failed, id), id);
}

test('states and hops equal recomputing every node until nothing moves; spared nodes and circles included', () => {
  fc.assert(
    fc.property(estate, someIds, someIds, (given, failed, spared) => {
      assert.deepEqual(sorted(found(built(given), failed, spared)), sorted(recomputed(given, failed, spared)));
    }),
    { numRuns: 20_000 },
  );
});

test('the order in which the estate was put together does not matter', () => {
  fc.assert(
    fc.property(estate, someIds, fc.infiniteStream(fc.nat()), (given, failed, random) => {
      const shuffled = <T>(list: readonly T[]): T[] =>
        list
          .map((one) => ({ one, key: random.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
      const other = { nodes: shuffled(given.nodes), edges: shuffled(given.edges), redundancies: shuffled(given.redundancies) };
      const [graph, again] = [built(given), built(other)];
      assert.deepEqual(sorted(found(graph, failed)), sorted(found(again, shuffled(failed))));
      const [here, there] = [outageOf(graph, failed), outageOf(again, failed)];
      for (const { id } of here.reached()) assert.deepEqual([here.why(id), here.path(id)], [there.why(id), there.path(id)]);
    }),
    runs,
  );
});

test('one more failure, or one more provider needed, never makes anything better; one spared never makes anything worse', () => {
  fc.assert(
    fc.property(estate, someIds, fc.constantFrom(...IDS), (given, failed, one) => {
      noBetter(given, failed, given, [...failed, one]);
      const stricter = given.redundancies.map((set) => ({ ...set, redundancy: { ...set.redundancy, minUp: set.redundancy.minUp + 1 } }));
      noBetter(given, failed, { ...given, redundancies: stricter }, failed);
      const spared = found(built(given), failed, [one]);
      const whole = found(built(given), failed);
      assert.ok(!spared.has(one));
      for (const [id, { state }] of spared) assert.ok(failed.includes(one) || RANK[state] <= RANK[whole.get(id)!.state]);
    }),
    runs,
  );
});

test('nothing is left to fall: failing all that is down as well changes no other state', () => {
  fc.assert(
    fc.property(estate, someIds, (given, failed) => {
      const graph = built(given);
      const first = found(graph, failed);
      const down = [...first].filter(([, { state }]) => state === 'down').map(([id]) => id);
      const states = (map: typeof first) => sorted(map).flatMap(([id, { state }]) => (down.includes(id) ? [] : [[id, state]]));
      assert.deepEqual(states(found(graph, [...failed, ...down])), states(first));
    }),
    runs,
  );
});

test('a reason suffices, and one provider less does not', () => {
  fc.assert(
    fc.property(estate, someIds, someIds, (given, failed, spared) => {
      const outage = outageOf(built(given), failed, spared);
      const all = recomputed(given, failed, spared);
      const standing = new Map<string, Standing>([
        ...failed.filter((id) => !spared.includes(id)).map((id) => [id, 'down'] as const),
        ...[...all].map(([id, { state }]) => [id, state] as const),
      ]);
      for (const { id } of outage.reached()) {
        const why = outage.why(id)!;
        const { state } = all.get(id)!;
        const only = (lost: readonly string[]) => becomes(given, id, new Map(lost.map((one) => [one, standing.get(one)!])));
        assert.equal(only(why.lost), state);
        assert.equal(why.kind === 'reduced', state === 'reduced');
        const { members, most } = groupsOf(given, id).find(({ name }) => name === why.group)!;
        assert.equal(why.of, members.length);
        assert.ok(why.lost.every((one) => members.some(({ providerId }) => providerId === one)));
        if (why.kind === 'reduced') assert.ok(why.lost.length <= most);
        else for (const one of why.lost) assert.ok(RANK[only(why.lost.filter((other) => other !== one)) ?? ('' as Standing)] !== RANK[state]);
        assert.match(
          reasonSentence(why, (one) => `«${one}»`),
          /^(It needs|It uses|\d+ of \d+ in group \w+ (is|are)) .*«\w».*\.$/,
        );
      }
    }),
    runs,
  );
});

test('the way back leads edge by edge to a failed node, in as many steps as there are hops, past no spared one', () => {
  fc.assert(
    fc.property(estate, someIds, someIds, (given, failed, spared) => {
      const outage = outageOf(built(given), failed, spared);
      for (const { id, hops } of outage.reached()) {
        const path = outage.path(id);
        assert.equal(path.length, hops + 1);
        assert.ok(failed.includes(path[0]!) && path.at(-1) === id);
        assert.ok(path.every((one) => !spared.includes(one)));
        for (let i = 1; i < path.length; i += 1) assert.ok(given.edges.some((edge) => edge.providerId === path[i - 1] && edge.consumerId === path[i] && edge.impact !== 'none'));
      }
      for (const id of failed) assert.deepEqual(outage.path(id), []);
    }),
    runs,
  );
});

test('headroom is how many more providers may be lost', () => {
  fc.assert(
    fc.property(estate, someIds, (given, failed) => {
      const outage = outageOf(built(given), failed);
      const lost = new Set([...failed, ...[...outage.reached()].filter((one) => !one.reduced).map(({ id }) => id)]);
      for (const id of IDS) {
        for (const { name, members, most } of groupsOf(given, id)) {
          const gone = members.filter(({ providerId }) => lost.has(providerId)).length;
          let more = 0;
          while (gone + more + 1 <= most) more += 1;
          assert.equal(outage.headroom(id, name), gone > most ? 'broken' : more);
        }
      }
    }),
    runs,
  );
});

type Change = { readonly node: string; readonly drop: boolean } | { readonly edge: GraphEdge; readonly drop: boolean } | { readonly needed: Needed; readonly drop: boolean };
const change: fc.Arbitrary<Change> = estate.chain(({ edges, redundancies }) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ node: fc.constantFrom(...IDS), drop: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: edges.length > 0 ? fc.record({ edge: fc.constantFrom(...edges), drop: fc.boolean() }) : fc.record({ node: fc.constant('a'), drop: fc.constant(false) }),
    },
    {
      weight: 2,
      arbitrary:
        redundancies.length > 0 ? fc.record({ needed: fc.constantFrom(...redundancies), drop: fc.boolean() }) : fc.record({ node: fc.constant('a'), drop: fc.constant(false) }),
    },
  ),
);

test('a graph changed step by step equals one built afresh', () => {
  fc.assert(
    fc.property(estate, fc.array(change, { maxLength: 30 }), fc.boolean(), someIds, (given, changes, renamed, failed) => {
      const graph = built(given);
      const nodes = new Set(IDS);
      let edges = [...given.edges];
      let needed = [...given.redundancies];
      for (const one of changes) {
        if ('node' in one) {
          nodes[one.drop ? 'delete' : 'add'](one.node);
          if (one.drop) graph.dropNode(one.node);
          else graph.putNode(NODES.find(({ id }) => id === one.node)!);
          edges = edges.filter((edge) => nodes.has(edge.providerId) && nodes.has(edge.consumerId));
          needed = needed.filter(({ consumerId }) => nodes.has(consumerId));
        } else if ('edge' in one) {
          const { providerId, consumerId } = one.edge;
          if (!nodes.has(providerId) || !nodes.has(consumerId)) continue;
          // A new id between the same two takes the place of the edge that was there.
          const edge =
            renamed && !one.drop
              ? { ...one.edge, id: `new ${one.edge.id}` }
              : { ...one.edge, id: edges.find((old) => old.providerId === providerId && old.consumerId === consumerId)?.id ?? one.edge.id };
          edges = edges.filter((old) => old.providerId !== providerId || old.consumerId !== consumerId);
          if (one.drop) graph.dropEdge(edge.id);
          else graph.putEdge(edge);
          if (!one.drop) edges.push(edge);
        } else {
          const { consumerId, group, redundancy } = one.needed;
          if (!nodes.has(consumerId)) continue;
          needed = needed.filter((old) => old.consumerId !== consumerId || old.group !== group);
          graph.setRedundancy(consumerId, group, one.drop ? null : redundancy);
          if (!one.drop) needed.push(one.needed);
        }
      }
      const now = { nodes: NODES.filter(({ id }) => nodes.has(id)), edges, redundancies: needed };
      assert.deepEqual([graph.nodeCount, graph.edgeCount], [now.nodes.length, edges.length]);
      const sources = failed.filter((id) => nodes.has(id));
      assert.deepEqual(sorted(found(graph, sources)), sorted(recomputed(now, sources)));
      const [here, there] = [outageOf(graph, sources), outageOf(built(now), sources)];
      for (const { id } of here.reached()) assert.deepEqual([here.why(id), here.path(id)], [there.why(id), there.path(id)]);
      for (const id of nodes) for (const { name } of groupsOf(now, id)) assert.equal(here.headroom(id, name), there.headroom(id, name));
    }),
    runs,
  );
});
