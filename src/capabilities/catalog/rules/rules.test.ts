import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { circleOf, Graph, refuseTier, signedHops, slugOf, worstOf, type Dependency } from './index.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const name = fc.constantFrom(...NAMES);
const edge: fc.Arbitrary<Dependency> = fc.record({ providerId: name, consumerId: name, impact: fc.constantFrom('hard', 'soft', 'none') });
const graph = fc.array(edge, { maxLength: 14 });

function reaches(edges: readonly Dependency[], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (let moved = true; moved;) {
    const next = edges.filter(({ impact, providerId, consumerId }) => impact !== 'none' && seen.has(providerId) && !seen.has(consumerId));
    for (const { consumerId } of next) seen.add(consumerId);
    moved = next.length > 0;
  }
  return seen.has(to);
}

test('a new edge closes a circle exactly when its consumer already leads to its provider', () => {
  fc.assert(
    fc.property(
      graph,
      edge.filter((one) => one.providerId !== one.consumerId),
      (given, added) => {
        // One edge between two: the last one said counts.
        const edges = [...new Map(given.filter((one) => one.providerId !== one.consumerId).map((one) => [`${one.providerId} ${one.consumerId}`, one])).values()];
        const leads = reaches(edges, added.consumerId, added.providerId);
        const whole = new Graph();
        for (const id of NAMES) whole.putNode({ id, kind: 'service', tier: null, users: 0, lifecycle: 'live' });
        for (const [i, one] of edges.entries()) if (one.providerId !== one.consumerId) whole.putEdge({ ...one, id: String(i), group: '' });
        const circle = circleOf(whole, added);
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
