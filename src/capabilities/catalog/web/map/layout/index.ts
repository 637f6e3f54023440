import type { Pair } from './cycles.ts';
import { ranksOf } from './ranks.ts';
import { placeRows, type Cell } from './rows.ts';

export interface Plan {
  /** Bands from top to bottom; `sorted` orders all but the first `fixed` of them, what provides most above. */
  readonly lanes: readonly string[];
  readonly fixed: number;
  readonly sorted: boolean;
  readonly items: readonly { readonly id: string; readonly lane: string; readonly height: number }[];
  /** Width to height of the space there is: columns move apart as far as that makes nothing smaller. */
  readonly aspect: number;
  /** Provider to consumer. */
  readonly lines: readonly { readonly from: string; readonly to: string }[];
}

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Route {
  /** x and y by turns; between two columns a line bends, beside a column it runs straight. */
  readonly points: readonly number[];
  /** It leads back inside a circle of dependencies. */
  readonly isBack: boolean;
}

export interface Laid {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lanes: readonly { readonly key: string; readonly y: number; readonly height: number }[];
  /** In the order of the plan's lines. */
  readonly routes: readonly Route[];
}

export const BOX_WIDTH = 172;
const COLUMN_GAP = { least: 60, most: 190 };
const LANE_PAD = 12;
const LANE_LEAST = 44;
const PASS = 3;

/**
 * Providers to the left, consumers to the right: a failure then runs in the direction of reading, as on the page of a service. Lanes are the groups.
 * Written out here, because layered layouts that can be had know no lanes and take seconds at 500 nodes.
 */
export function layoutOf({ lanes, fixed, sorted, items, aspect, lines }: Plan): Laid {
  const [laneAt, itemAt] = [new Map(lanes.map((key, at) => [key, at])), new Map(items.map(({ id }, at) => [id, at]))];
  const itemLanes = Int32Array.from(items, ({ lane }) => laneAt.get(lane)!);
  const pairs = lines.map(({ from, to }): Pair => [itemAt.get(from)!, itemAt.get(to)!]);
  const { ranks, columns, back } = ranksOf(itemLanes, lanes.length, pairs);
  const stands = standing({ lanes, fixed, sorted }, itemLanes, ranks);
  const cells: Cell[] = items.map(({ height }, at) => ({ lane: stands[itemLanes[at]!]!, column: ranks[at]!, height, isNode: true, left: [], right: [], y: 0 }));
  const passes = passesOf(cells, pairs, { ranks, back });
  const heights = placeRows(cells, lanes.length, columns);
  const tops: number[] = [];
  let height = 0;
  for (const own of heights) {
    tops.push(height + LANE_PAD);
    height += Math.max(own, LANE_LEAST) + 2 * LANE_PAD;
  }
  const pitch = Math.round(BOX_WIDTH + Math.min(COLUMN_GAP.most, Math.max(COLUMN_GAP.least, (height * aspect - columns * BOX_WIDTH) / Math.max(1, columns - 1))));
  const middleOf = (cell: Cell) => tops[cell.lane]! + cell.y + Math.max(0, LANE_LEAST - heights[cell.lane]!) / 2;
  const ordered = lanes.map((key, at) => ({ key, at: stands[at]! })).toSorted((a, b) => a.at - b.at);
  return {
    width: (columns - 1) * pitch + BOX_WIDTH,
    height,
    boxes: items.map(({ id, height: own }, at) => ({ id, x: ranks[at]! * pitch, y: Math.round(middleOf(cells[at]!) - own / 2), height: own })),
    lanes: ordered.map(({ key, at }) => ({ key, y: tops[at]! - LANE_PAD, height: Math.max(heights[at]!, LANE_LEAST) + 2 * LANE_PAD })),
    routes: pairs.map(([from, to], line) => {
      if (back.has(line)) {
        // Out to the left, or round the right of its own column.
        const x = ranks[from]! * pitch + (ranks[from] === ranks[to] ? BOX_WIDTH : 0);
        return { points: [x, middleOf(cells[from]!), ranks[to]! * pitch + BOX_WIDTH, middleOf(cells[to]!)].map(Math.round), isBack: true };
      }
      const way = passes.slice(from, ranks[to]!);
      const points = [ranks[from]! * pitch + BOX_WIDTH, middleOf(cells[from]!)];
      for (const pass of way) {
        const [x, y] = [cells[pass]!.column * pitch, middleOf(cells[pass]!)];
        points.push(x, y, x + BOX_WIDTH, y);
      }
      return { points: [...points, ranks[to]! * pitch, middleOf(cells[to]!)].map(Math.round), isBack: false };
    }),
  };
}

/** The place of each lane from the top: by the mean column of what it holds, so that failures run downwards too. */
function standing({ lanes, fixed, sorted }: Pick<Plan, 'lanes' | 'fixed' | 'sorted'>, itemLanes: Int32Array, ranks: Int32Array): number[] {
  const [sums, counts] = [lanes.map(() => 0), lanes.map(() => 0)];
  itemLanes.forEach((lane, at) => {
    sums[lane]! += ranks[at]!;
    counts[lane]! += 1;
  });
  const mean = (lane: number) => (sorted && lane >= fixed ? sums[lane]! / Math.max(1, counts[lane]!) : -1);
  const order = lanes.map((_, at) => at).toSorted((a, b) => mean(a) - mean(b) || a - b);
  const stands: number[] = [];
  order.forEach((lane, at) => {
    stands[lane] = at;
  });
  return stands;
}

/** One way per provider through the columns on which all its lines run together, as far as the last of them needs it. */
function passesOf(cells: Cell[], pairs: readonly Pair[], { ranks, back }: { readonly ranks: Int32Array; readonly back: ReadonlySet<number> }) {
  const ways = new Map<number, number[]>();
  const onward = pairs.filter((_, line) => !back.has(line));
  for (const [from, to] of onward) {
    const way = ways.get(from) ?? [];
    ways.set(from, way);
    for (let column = ranks[from]! + way.length + 1; column < ranks[to]!; column += 1) {
      const before = way.at(-1) ?? from;
      way.push(cells.length);
      cells[before]!.right.push(cells.length);
      cells.push({ lane: cells[from]!.lane, column, height: PASS, isNode: false, left: [before], right: [], y: 0 });
    }
  }
  const slice = (from: number, until: number) => (ways.get(from) ?? []).slice(0, Math.max(0, until - ranks[from]! - 1));
  for (const [from, to] of onward) {
    const last = slice(from, ranks[to]!).at(-1) ?? from;
    cells[last]!.right.push(to);
    cells[to]!.left.push(last);
  }
  return { slice };
}
