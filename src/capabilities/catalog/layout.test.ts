import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BOX_WIDTH, layoutOf, type Laid, type Plan } from './web/map/layout/index.ts';

const plan = fc
  .record({ size: fc.integer({ min: 1, max: 40 }), lanes: fc.integer({ min: 1, max: 5 }), sorted: fc.boolean() })
  .chain(({ size, lanes, sorted }) =>
    fc.record({
      sorted: fc.constant(sorted),
      lanes: fc.constant(Array.from({ length: lanes }, (_, i) => `lane ${i}`)),
      held: fc.array(fc.integer({ min: 0, max: lanes - 1 }), { minLength: size, maxLength: size }),
      pairs: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size - 1 })), { maxLength: 90, selector: String }),
    }),
  )
  .map(({ sorted, lanes, held, pairs }): Plan => ({
    lanes,
    fixed: 0,
    aspect: 1.6,
    sorted,
    items: held.map((lane, i) => ({ id: String(i), lane: `lane ${lane}`, height: i % 3 === 0 ? 52 : 40 })),
    lines: pairs.filter(([from, to]) => from !== to).map(([from, to]) => ({ from: String(from), to: String(to) })),
  }));

/** Whether `to` leads to `from` again, by a walk of its own. */
function onCircle({ lines }: Plan, { from, to }: Plan['lines'][number]): boolean {
  const seen = new Set([to]);
  for (const at of seen) for (const line of lines) if (line.from === at) seen.add(line.to);
  return seen.has(from);
}

const boxOf = (laid: Laid, id: string) => laid.boxes.find((box) => box.id === id)!;

describe('layout of the graph', () => {
  test('no two boxes overlap, and each stands in its own lane', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const laid = layoutOf(given);
        const overlap = laid.boxes.some((a, i) =>
          laid.boxes.some((b, j) => i < j && a.x < b.x + BOX_WIDTH && b.x < a.x + BOX_WIDTH && a.y < b.y + b.height && b.y < a.y + a.height),
        );
        assert.equal(overlap, false);
        for (const { id, lane } of given.items) {
          const [box, band] = [boxOf(laid, id), laid.lanes.find(({ key }) => key === lane)!];
          assert.ok(box.y >= band.y && box.y + box.height <= band.y + band.height && box.x >= 0 && box.x + BOX_WIDTH <= laid.width, `${id} is outside of ${lane}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('every line leads to the right, except some inside circles', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const laid = layoutOf(given);
        given.lines.forEach((line, at) => {
          if (laid.routes[at]!.isBack) assert.ok(onCircle(given, line), `${line.from} → ${line.to} is on no circle`);
          else assert.ok(boxOf(laid, line.from).x < boxOf(laid, line.to).x);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a line begins at its provider, ends at its consumer and passes no box on its way', () => {
    fc.assert(
      fc.property(plan, (given) => {
        const laid = layoutOf(given);
        given.lines.forEach(({ from, to }, at) => {
          const { points, isBack } = laid.routes[at]!;
          const [start, end] = [boxOf(laid, from), boxOf(laid, to)];
          const sides = !isBack ? [start.x + BOX_WIDTH, end.x] : [start.x + (start.x === end.x ? BOX_WIDTH : 0), end.x + BOX_WIDTH];
          assert.deepEqual([points[0], points.at(-2)], sides);
          assert.ok(Math.abs(points[1]! - start.y - start.height / 2) <= 1 && Math.abs(points.at(-1)! - end.y - end.height / 2) <= 1);
          for (let i = 2; !isBack && i < points.length - 2; i += 4) {
            const [x, y] = [points[i]!, points[i + 1]!];
            const hit = laid.boxes.find((box) => box.x === x && y > box.y && y < box.y + box.height);
            assert.equal(hit, undefined, `${from} → ${to} crosses ${hit?.id}`);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a circle of many stands in a block, not in a row', () => {
    const ring = Array.from({ length: 12 }, (_, i) => String(i));
    const lines = ring.flatMap((from) => ring.filter((to) => to !== from).map((to) => ({ from, to })));
    const { boxes } = layoutOf({ lanes: ['all'], fixed: 0, aspect: 1.6, sorted: false, items: ring.map((id) => ({ id, lane: 'all', height: 50 })), lines });
    assert.equal(new Set(boxes.map(({ x }) => x)).size, 4);
    assert.equal(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size, 12);
  });

  test('the same plan gives the same picture', () => {
    fc.assert(
      fc.property(plan, (given) => assert.deepEqual(layoutOf(structuredClone(given)), layoutOf(given))),
      { numRuns: 40 },
    );
  });

  test('500 nodes with 1,500 lines take less than 1.5 s and stay near the form of a screen', () => {
    for (const laneCount of [1, 12]) {
      const large = estate(500, 1500, laneCount);
      const began = performance.now();
      const { width, height, boxes } = layoutOf(large);
      assert.ok(performance.now() - began < 1500, `${performance.now() - began} ms`);
      assert.equal(boxes.length, 500);
      assert.ok(width / height > 0.4 && width / height < 4, `${width} × ${height}`);
    }
  });

  test('nodes without lines fill a grid instead of one column', () => {
    const { width, height } = layoutOf({ ...estate(60, 0, 1), lines: [] });
    assert.ok(width / height > 0.8 && width / height < 4, `${width} × ${height}`);
  });
});

/** A few providers are used by very many, as in life. */
function estate(nodes: number, lines: number, laneCount: number): Plan {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const found = new Map<string, { from: string; to: string }>();
  while (found.size < lines) {
    const to = 1 + next(nodes - 1);
    const from = next(3) === 0 ? next(Math.min(to, 30)) : next(to);
    found.set(`${from} ${to}`, { from: String(from), to: String(to) });
  }
  return {
    lanes: Array.from({ length: laneCount }, (_, i) => `lane ${i}`),
    fixed: 0,
    aspect: 1.6,
    sorted: true,
    items: Array.from({ length: nodes }, (_, i) => ({ id: String(i), lane: `lane ${next(laneCount)}`, height: 40 })),
    lines: [...found.values()],
  };
}
