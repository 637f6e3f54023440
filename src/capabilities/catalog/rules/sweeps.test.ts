import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { built, estate, groupsOf, IDS, NODES, recomputed, type Estate } from '#testing/estates.ts';
import { commonCauses, failingPairs, Graph, outageOf, rankedPoints, reasonSentence, singlePoints, type Redundancy } from './index.ts';

const runs = { numRuns: 1000 };

/** `db` rests on a disk; `shop` needs what `minUp` says of three web servers, two of which run on one host, and uses mail. */
function shop(redundancy: Redundancy): Graph {
  const graph = new Graph();
  for (const id of ['disk', 'db', 'host', 'web-1', 'web-2', 'web-3', 'mail']) graph.putNode({ id, kind: 'host', tier: null, users: 0, lifecycle: 'live' });
  graph.putNode({ id: 'shop', kind: 'service', tier: 1, users: 200, lifecycle: 'live' });
  graph.putNode({ id: 'blog', kind: 'service', tier: 4, users: 0, lifecycle: 'live' });
  const edge = (providerId: string, consumerId: string, group = '', impact: 'hard' | 'soft' = 'hard') =>
    graph.putEdge({ id: `${providerId}→${consumerId}`, providerId, consumerId, group, impact });
  edge('disk', 'db');
  edge('db', 'shop');
  edge('host', 'web-1');
  edge('host', 'web-2');
  for (const web of ['web-1', 'web-2', 'web-3']) edge(web, 'shop', 'web');
  edge('mail', 'shop', '', 'soft');
  edge('disk', 'blog');
  graph.setRedundancy('shop', 'web', redundancy);
  return graph;
}

test('every kind of reason is said in a sentence', () => {
  const said = (graph: Graph, failed: readonly string[], id = 'shop') => reasonSentence(outageOf(graph, failed).why(id)!, (one) => one);
  const two = shop({ minUp: 2, unit: 'count' });
  assert.equal(said(two, ['disk']), 'It needs db, which is down.');
  assert.equal(said(two, ['mail']), 'It uses mail, which is down; without it, it works in part.');
  assert.equal(said(two, ['host']), '2 of 3 in group web are down and it needs 2: web-1, web-2.');
  assert.equal(said(two, ['web-3']), '1 of 3 in group web is down; it needs 2 and works in full, with less to spare: web-3.');
  assert.equal(said(shop({ minUp: 50, unit: 'percent' }), ['host']), '2 of 3 in group web are down and it needs 50 %: web-1, web-2.');
  assert.deepEqual(outageOf(two, ['disk']).path('shop'), ['disk', 'db', 'shop']);
  const many = Array.from({ length: 9 }, (_, i) => `n${i + 1}`);
  const why = { kind: 'group', redundancy: { minUp: 1, unit: 'count' }, group: 'all', of: 9, lost: many, are: 'down' } as const;
  assert.equal(
    reasonSentence(why, (one) => one),
    '9 of 9 in group all are down and it needs 1: n1, n2, n3, n4, n5 and 4 more.',
  );
});

test('an answer is not read with a graph that has changed since', () => {
  const graph = shop({ minUp: 1, unit: 'count' });
  const outage = outageOf(graph, ['disk']);
  graph.dropEdge('disk→db');
  assert.throws(() => outage.why('shop'), /The graph has changed/);
  assert.throws(() => graph.putEdge({ id: 'e', providerId: 'nobody', consumerId: 'shop', impact: 'hard', group: '' }), /nobody is not in the graph/);
  const pairs = failingPairs(graph, 'shop');
  assert.equal(pairs.next().done, false);
  graph.dropNode('web-1');
  assert.throws(() => pairs.next(), /The graph has changed/);
});

test('redundancy that hangs on one host is a common cause', () => {
  const [found] = commonCauses(shop({ minUp: 2, unit: 'count' }), 'shop');
  assert.deepEqual(found, { consumerId: 'shop', group: 'web', causes: [{ id: 'host', members: ['web-1', 'web-2'], breaks: true, hops: 1 }], cut: false });
  const [spare] = commonCauses(shop({ minUp: 1, unit: 'count' }));
  assert.equal(spare?.causes[0]?.breaks, false);
});

test('single points are ranked by the tier and users of what they take down', () => {
  const ranked = rankedPoints([...singlePoints(shop({ minUp: 2, unit: 'count' }))]);
  assert.deepEqual(ranked.slice(0, 2), [
    { id: 'disk', down: 2, degraded: 0, reduced: 0, score: 4 * 200 + 1 },
    { id: 'db', down: 1, degraded: 0, reduced: 0, score: 800 },
  ]);
  assert.deepEqual(
    ranked.slice(2).map(({ id }) => id),
    ['host', 'mail'],
  );
});

test('common causes equal failing every node that is no member, one after the other', () => {
  const causesOf = (given: Estate, consumerId: string, group: ReturnType<typeof groupsOf>[number]) => {
    const members = group.members.map(({ providerId }) => providerId);
    return IDS.filter((id) => id !== consumerId && !members.includes(id)).flatMap((id) => {
      const fell = recomputed(given, [id]);
      const down = members.filter((member) => fell.get(member)?.state === 'down').toSorted();
      const hops = down.map((member) => fell.get(member)!.hops).toSorted((a, b) => a - b)[1];
      return hops === undefined ? [] : [{ id, members: down, breaks: down.length > group.most, hops }];
    });
  };
  fc.assert(
    fc.property(estate, (given) => {
      const found = [...commonCauses(built(given))];
      const set = (id: string, name: string) => given.redundancies.some((one) => one.consumerId === id && (one.group || 'default') === name);
      const expected = IDS.flatMap((id) =>
        groupsOf(given, id)
          .filter(({ name, members }) => members.length >= 2 && set(id, name))
          .map((group) => ({ consumerId: id, group: group.name, causes: causesOf(given, id, group), cut: false })),
      );
      const byName = <T extends { consumerId: string; group: string }>(list: readonly T[]) => list.toSorted((a, b) => (a.consumerId + a.group < b.consumerId + b.group ? -1 : 1));
      assert.deepEqual(byName(found), byName(expected.map((one) => ({ ...one, causes: one.causes.toSorted((a, b) => a.hops - b.hops || (a.id < b.id ? -1 : 1)) }))));
    }),
    runs,
  );
});

test('the N-1 sweep equals one outage for each node', () => {
  fc.assert(
    fc.property(estate, (given) => {
      const swept = [...singlePoints(built(given))];
      for (const { id, ...counts } of swept) {
        const fell = [...recomputed(given, [id])].flatMap(([one, { state }]) => {
          const { tier, users } = NODES.find((node) => node.id === one)!;
          return tier === null ? [] : [{ state, harm: (5 - tier) * Math.max(users, 1) }];
        });
        const of = (state: string) => fell.filter((one) => one.state === state);
        const score = of('down').reduce((sum, { harm }) => sum + harm, 0);
        assert.deepEqual(counts, { down: of('down').length, degraded: of('degraded').length, reduced: of('reduced').length, score });
      }
      assert.equal(swept.length, IDS.length);
    }),
    runs,
  );
});

test('failing pairs equal trying every pair', () => {
  fc.assert(
    fc.property(estate, fc.constantFrom(...IDS), (given, service) => {
      const down = (...failed: string[]) => recomputed(given, failed).get(service)?.state === 'down';
      const others = IDS.filter((id) => id !== service);
      const singles = others.filter((id) => down(id));
      const rest = others.filter((id) => !singles.includes(id));
      const expected = rest.flatMap((first, i) => rest.slice(i + 1).flatMap((second) => (down(first, second) ? [`${first} ${second}`] : [])));
      const found: string[] = [];
      const sweep = failingPairs(built(given), service);
      let step = sweep.next();
      for (; !step.done; step = sweep.next()) found.push(...step.value.map((pair) => pair.toSorted().join(' ')));
      assert.deepEqual(found.toSorted(), expected.toSorted());
      assert.deepEqual([step.value.singles.toSorted(), step.value.cut], [singles, false]);
      for (const [i, one] of step.value.singles.entries()) assert.equal(step.value.hops[i], outageOf(built(given), [one]).hopsTo(service));
    }),
    runs,
  );
});

test('a service that rests on too much says that pairs may be missing', () => {
  const sweep = failingPairs(shop({ minUp: 2, unit: 'count' }), 'shop', 3);
  let step = sweep.next();
  while (!step.done) step = sweep.next();
  assert.deepEqual([step.value.considered, step.value.cut], [3, true]);
});
