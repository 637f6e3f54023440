import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { built, estate, IDS, someIds } from '#testing/estates.ts';
import { explained, outageOf, servicesAbove, type Failure } from './index.ts';

const HOUR = 3_600_000;
const failures = fc.array(fc.record({ id: fc.constantFrom(...IDS), at: fc.integer({ min: 0, max: 30 }).map((minutes) => minutes * 60_000) }), { maxLength: 8 });

const fallen = (graph: ReturnType<typeof built>, failed: readonly string[]) => new Set([...outageOf(graph, failed).reached()].filter((one) => !one.reduced).map(({ id }) => id));

test('what is explained falls with the roots alone, and something is always a root', () => {
  fc.assert(
    fc.property(estate, failures, (given, all) => {
      const graph = built(given);
      const fell = explained(graph, all, HOUR);
      const roots = all.map(({ id }) => id).filter((id) => graph.nodeAt.has(id) && !fell.has(id));
      const known = all.some(({ id }) => graph.nodeAt.has(id));
      assert.equal(roots.length > 0, known);
      const falls = fallen(graph, roots);
      for (const [id, { root, path }] of fell) {
        assert.ok(falls.has(id), `${id} falls with ${roots.join()}`);
        assert.ok(roots.includes(root));
        assert.deepEqual([path[0], path.at(-1)], [root, id]);
      }
    }),
    { numRuns: 5000 },
  );
});

test('no root falls with the other roots, whatever the order in which failures are given', () => {
  fc.assert(
    fc.property(estate, failures, (given, all) => {
      const graph = built(given);
      const fell = explained(graph, all, HOUR);
      assert.deepEqual([...explained(graph, all.toReversed(), HOUR)], [...fell]);
      const roots = [...new Set(all.map(({ id }) => id))].filter((id) => graph.nodeAt.has(id) && !fell.has(id));
      for (const root of roots)
        assert.ok(
          !fallen(
            graph,
            roots.filter((id) => id !== root),
          ).has(root),
          root,
        );
    }),
    { numRuns: 5000 },
  );
});

test('what failed long before another does not follow from it', () => {
  fc.assert(
    fc.property(estate, someIds, (given, ids) => {
      const graph = built(given);
      const all: Failure[] = ids.map((id, place) => ({ id, at: place * HOUR }));
      for (const [id, { root }] of explained(graph, all, 60_000)) assert.ok(all.find((one) => one.id === root)!.at <= all.find((one) => one.id === id)!.at + 60_000);
    }),
    { numRuns: 2000 },
  );
});

test('the services above a node are the nearest ones, and a service stands for itself', () => {
  fc.assert(
    fc.property(estate, fc.constantFrom(...IDS), (given, id) => {
      const graph = built(given);
      if (!graph.nodeAt.has(id)) return;
      const found = servicesAbove(graph, id);
      const isService = (one: string) => graph.nodes[graph.nodeAt.get(one)!]?.kind === 'service';
      assert.ok(found.every(isService));
      if (isService(id)) assert.deepEqual(found, [id]);
      assert.equal(new Set(found).size, found.length);
    }),
    { numRuns: 2000 },
  );
});
