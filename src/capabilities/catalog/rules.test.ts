import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cycleOf, impactOf, passes, refuseTier, signedHops, slugOf, worstOf, type Becomes, type Dependency } from './rules.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const name = fc.constantFrom(...NAMES);
const edge: fc.Arbitrary<Dependency> = fc.record({ providerId: name, consumerId: name, impact: fc.constantFrom('hard', 'soft', 'none') });
const graph = fc.array(edge, { maxLength: 14 });
const some = fc.subarray(NAMES, { minLength: 1 });
const RANK = { none: 0, degraded: 1, down: 2 };

/** Raises states edge by edge until nothing moves any more. */
function bruteForce(edges: readonly Dependency[], failed: readonly string[]): Map<string, Becomes> {
  const state = new Map<string, Becomes>(failed.map((id) => [id, 'down']));
  for (let moved = true; moved;) {
    moved = false;
    for (const { providerId, consumerId, impact } of edges) {
      const from = state.get(providerId);
      const to = from ? passes(from, impact) : null;
      if (to === null || RANK[to] <= RANK[state.get(consumerId) ?? 'none']) continue;
      state.set(consumerId, to);
      moved = true;
    }
  }
  for (const id of failed) state.delete(id);
  return state;
}

test('impact equals raising states edge by edge until nothing moves, circles included', () => {
  fc.assert(
    fc.property(graph, some, (edges, failed) => {
      const found = new Map([...impactOf(edges, failed)].map(([id, { becomes }]) => [id, becomes]));
      assert.deepEqual(Object.fromEntries(found), Object.fromEntries(bruteForce(edges, failed)));
    }),
    { numRuns: 1000 },
  );
});

test('one more failure or one more edge never makes anything better', () => {
  fc.assert(
    fc.property(graph, some, name, edge, (edges, failed, another, extra) => {
      const rank = (found: ReturnType<typeof impactOf>, alsoFailed: readonly string[], id: string) => (alsoFailed.includes(id) ? 2 : RANK[found.get(id)?.becomes ?? 'none']);
      const before = impactOf(edges, failed);
      const moreFailed = impactOf(edges, [...failed, another]);
      const moreEdges = impactOf([...edges, extra], failed);
      for (const id of NAMES) {
        assert.ok(rank(moreFailed, [...failed, another], id) >= rank(before, failed, id));
        assert.ok(rank(moreEdges, failed, id) >= rank(before, failed, id));
      }
    }),
  );
});

test('a failure arrives through a provider that is one hop nearer', () => {
  fc.assert(
    fc.property(graph, some, (edges, failed) => {
      for (const [id, { hops, through }] of impactOf(edges, failed)) {
        assert.ok(edges.some((one) => one.providerId === through && one.consumerId === id && one.impact !== 'none'));
        assert.ok(hops === 1 ? failed.includes(through) : !failed.includes(through));
      }
    }),
  );
});

test('a new edge closes a circle exactly when its consumer already leads to its provider', () => {
  fc.assert(
    fc.property(
      graph,
      edge.filter((one) => one.providerId !== one.consumerId),
      (edges, added) => {
        const leads = impactOf(
          edges.map((one) => (one.impact === 'none' ? one : { ...one, impact: 'hard' as const })),
          [added.consumerId],
        ).has(added.providerId);
        const circle = cycleOf(edges, added);
        assert.equal(circle !== null, leads && added.impact !== 'none');
        if (!circle) return;
        assert.deepEqual([circle[0], circle[1], circle.at(-1)], [added.providerId, added.consumerId, added.providerId]);
        for (let i = 1; i < circle.length - 1; i += 1) assert.ok(edges.some((one) => one.providerId === circle[i] && one.consumerId === circle[i + 1]));
      },
    ),
  );
});

test('a record on both sides stands on the nearer one', () => {
  const hops = signedHops(
    'me',
    new Map([
      ['me', 0],
      ['x', 2],
      ['y', 1],
    ]),
    new Map([
      ['me', 0],
      ['x', 1],
      ['z', 2],
    ]),
  );
  assert.deepEqual(Object.fromEntries(hops), { me: 0, x: 1, y: -1, z: 2 });
});

test('the worst fact speaks for a service, and what is unknown only when nothing else is known', () => {
  assert.equal(worstOf([{ state: 'good' }, { state: 'critical' }, { state: 'unknown' }])?.state, 'critical');
  assert.equal(worstOf([{ state: 'unknown' }, { state: 'good' }])?.state, 'good');
  assert.equal(worstOf([]), undefined);
});

test('any name gives a slug that is valid, or none', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => assert.match(slugOf(text), /^([a-z0-9]+(-[a-z0-9]+)*)?$/)));
  assert.equal(slugOf('Zahlungs-Übersicht (EU)'), 'zahlungs-ubersicht-eu');
});

test('only a lead, or a lead of its team, gives or takes tier 1', () => {
  const responder = { role: 'responder' as const, kind: 'person' as const, leads: ['team'] };
  assert.equal(refuseTier(responder, { tier: 2, teamId: null }, 3), undefined);
  assert.match(refuseTier(responder, { tier: 2, teamId: null }, 1) ?? '', /needs the role lead/);
  assert.equal(refuseTier(responder, { tier: 1, teamId: 'team' }, 2), undefined);
});
