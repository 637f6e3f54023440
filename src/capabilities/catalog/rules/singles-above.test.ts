import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { built, estate, IDS } from '#testing/estates.ts';
import { Graph } from './graph.ts';
import { outageOf } from './outage.ts';
import { singlesAbove } from './singles-above.ts';

test('what a group survives is no single point, what its members share is one, however far above', () => {
  const graph = new Graph();
  const link = (providerId: string, consumerId: string, group = '') => graph.putEdge({ id: `${providerId}>${consumerId}`, providerId, consumerId, impact: 'hard', group });
  for (const id of ['shop', 'db', 'disk', 'vm1', 'vm2', 'host', 'other']) graph.putNode({ id, kind: 'component', tier: null, users: 0, lifecycle: 'live' });
  link('db', 'shop');
  link('disk', 'db');
  link('vm1', 'shop', 'web');
  link('vm2', 'shop', 'web');
  graph.setRedundancy('shop', 'web', { minUp: 1, unit: 'count' });
  assert.deepEqual(['shop', 'db', 'disk', 'gone'].map(singlesAbove(graph)), [2, 1, 0, 0]);
  link('host', 'vm1');
  link('host', 'vm2');
  assert.equal(singlesAbove(graph)('shop'), 3, 'the shared host');
});

test('the count is that of failing every record alone, circles and redundancy included', () => {
  fc.assert(
    fc.property(estate, (given) => {
      const graph = built(given);
      const fallen = IDS.map((failed) => new Set([...outageOf(graph, [failed]).reached()].flatMap(({ id, becomes }) => (becomes === 'down' && id !== failed ? [id] : []))));
      const expected = IDS.map((id) => fallen.filter((down) => down.has(id)).length);
      assert.deepEqual(IDS.map(singlesAbove(graph)), expected);
    }),
    { numRuns: 2000 },
  );
});
