import { circlesInOrder, type Pair } from './cycles.ts';

export interface Ranked {
  /** Column of each node. */
  readonly ranks: Int32Array;
  readonly columns: number;
  /** Lines that do not lead onwards, inside a circle, by their place in the list. */
  readonly back: ReadonlySet<number>;
}

// A single lane as wide as it is high to 16 : 9, with columns of 240 and rows of 50.
const SQUARE = 2.7;
const FEWEST = 4;

/** Columns so that every line leads to the right; no lane gets more in a column than it has room for, so that the picture stays near the form of a screen. */
export function ranksOf(lanes: Int32Array, laneCount: number, lines: readonly Pair[]): Ranked {
  const count = lanes.length;
  const circles = circlesInOrder(count, lines);
  const order = circles.flat();
  const [circleOf, step] = [new Int32Array(count), new Int32Array(count)];
  circles.forEach((members, circle) => {
    // Members of a circle have no first one: they stand in a block.
    const across = Math.ceil(Math.sqrt(members.length));
    members.forEach((node, at) => {
      circleOf[node] = circle;
      step[node] = Math.floor((at * across) / members.length);
    });
  });
  const isInner = ([from, to]: Pair) => circleOf[from] === circleOf[to];
  const back = new Set(lines.flatMap((pair, line) => (isInner(pair) && step[pair[0]]! >= step[pair[1]]! ? [line] : [])));
  const onward = lines.filter((_, line) => !back.has(line));
  const outer = lines.filter((pair) => !isInner(pair));
  const providers = Map.groupBy(outer, ([, to]) => circleOf[to]!);
  const consumers = Map.groupBy(outer, ([from]) => from);
  const base = new Int32Array(circles.length);
  const after = (circle: number, rankOf: (node: number) => number) => (providers.get(circle) ?? []).reduce((most, [from]) => Math.max(most, rankOf(from) + 1), 0);
  circles.forEach((_, circle) => {
    base[circle] = after(circle, (node) => base[circleOf[node]!]! + step[node]!);
  });
  const room = roomOf(lanes, laneCount, base.reduce((most, rank) => Math.max(most, rank), 0) + 1);
  const linked = new Set(onward.flat());
  for (const line of back) for (const node of lines[line]!) linked.add(node);
  const filled: Int32Array[] = Array.from({ length: laneCount }, () => new Int32Array(2 * count + 1));
  const ranks = new Int32Array(count);
  let columns = 1;
  const put = (node: number, rank: number) => {
    ranks[node] = rank;
    filled[lanes[node]!]![rank]! += 1;
    columns = Math.max(columns, rank + 1);
  };
  const inTurn = circles.map((_, circle) => circle).toSorted((a, b) => base[a]! - base[b]! || a - b);
  for (const circle of inTurn) {
    const members = circles[circle]!.filter((node) => linked.has(node));
    let rank = after(circle, (node) => ranks[node]!);
    while (members.length === 1 && filled[lanes[members[0]!]!]![rank]! >= room[lanes[members[0]!]!]!) rank += 1;
    for (const node of members) put(node, rank + step[node]!);
  }
  // What needs nothing itself moves next to what needs it.
  for (const [node] of inTurn.toReversed().map((circle) => circles[circle]!)) {
    if (node === undefined || !consumers.has(node) || providers.has(circleOf[node]!) || circles[circleOf[node]!]!.length > 1) continue;
    const [lane, nearest] = [lanes[node]!, Math.min(...consumers.get(node)!.map(([, to]) => ranks[to]!)) - 1];
    for (let rank = nearest; rank > ranks[node]!; rank -= 1) {
      if (filled[lane]![rank]! >= room[lane]!) continue;
      filled[lane]![ranks[node]!]! -= 1;
      put(node, rank);
    }
  }
  for (const node of order) {
    if (linked.has(node)) continue;
    const [lane, full] = [lanes[node]!, room[lanes[node]!]!];
    let emptiest = 0;
    for (let rank = 0; rank < columns; rank += 1) if (filled[lane]![rank]! < filled[lane]![emptiest]!) emptiest = rank;
    put(node, filled[lane]![emptiest]! < full ? emptiest : columns);
  }
  return { ranks, columns, back };
}

/** How many nodes of each lane may stand in one column. */
function roomOf(lanes: Int32Array, laneCount: number, depth: number): Int32Array {
  const room = new Int32Array(laneCount);
  for (const lane of lanes) room[lane]! += 1;
  return room.map((size) => Math.max(FEWEST, Math.ceil(laneCount === 1 ? Math.sqrt(SQUARE * size) : (1.8 * size) / depth)));
}
