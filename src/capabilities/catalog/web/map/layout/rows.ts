/** A node, or a place where a line passes a column; what passes takes part in the order like a node, so that lines keep clear of nodes. */
export interface Cell {
  readonly lane: number;
  readonly column: number;
  readonly height: number;
  readonly isNode: boolean;
  /** Neighbouring cells, by their number. */
  readonly left: number[];
  readonly right: number[];
  /** Centre, from the top of its lane. */
  y: number;
}

const ROW_GAP = 10;
const PASS_GAP = 4;
const ORDER_SWEEPS = 14;
const PLACE_SWEEPS = 8;
// More than any lane is high.
const FAR = 1e6;

const gap = (above: Cell, below: Cell) => (above.height + below.height) / 2 + (above.isNode && below.isNode ? ROW_GAP : PASS_GAP + (above.isNode || below.isNode ? 2 : 0));

/** Orders each lane's cells in each column by the mean of their neighbours, then gives them heights as near to those as order allows. Answers the height of each lane. */
export function placeRows(cells: readonly Cell[], laneCount: number, columns: number): number[] {
  const stacks = stacksOf(cells, laneCount, columns);
  for (const stack of stacks.flat()) spreadOut(cells, stack);
  for (let sweep = 0; sweep < ORDER_SWEEPS; sweep += 1) {
    const side = sweep % 2 === 0 ? 'left' : 'right';
    for (let step = 0; step < columns; step += 1) {
      for (const stack of stacks[side === 'left' ? step : columns - 1 - step]!) {
        const wish = new Map(stack.map((cell) => [cell, wishOf(cells, cell, side)]));
        stack.sort((a, b) => wish.get(a)! - wish.get(b)!);
        spreadOut(cells, stack);
      }
    }
  }
  return settle(cells, stacks, laneCount);
}

/** Column by column, the cells of each lane. */
function stacksOf(cells: readonly Cell[], laneCount: number, columns: number): number[][][] {
  const stacks: number[][][] = Array.from({ length: columns }, () => Array.from({ length: laneCount }, () => []));
  cells.forEach((cell, at) => stacks[cell.column]![cell.lane]!.push(at));
  return stacks;
}

/** Where the neighbours on one side are; a cell without any stays, one without a neighbour at all goes last. */
function wishOf(cells: readonly Cell[], at: number, side: 'left' | 'right'): number {
  const cell = cells[at]!;
  const near = cell[side];
  if (near.length === 0) return cell.left.length + cell.right.length === 0 ? FAR : cell.y;
  let sum = 0;
  for (const other of near) sum += cells[other]!.y + (cells[other]!.lane - cell.lane) * FAR;
  return sum / near.length;
}

/** One below the other, around the middle, so that columns of different height can be compared. */
function spreadOut(cells: readonly Cell[], stack: readonly number[]): void {
  const offsets = offsetsOf(cells, stack);
  const middle = (offsets.at(-1) ?? 0) / 2;
  stack.forEach((at, i) => {
    cells[at]!.y = offsets[i]! - middle;
  });
}

/** Least distance of each cell's centre from that of the first. */
function offsetsOf(cells: readonly Cell[], stack: readonly number[]): number[] {
  const offsets: number[] = [];
  stack.forEach((at, i) => offsets.push(i === 0 ? 0 : offsets[i - 1]! + gap(cells[stack[i - 1]!]!, cells[at]!)));
  return offsets;
}

function settle(cells: readonly Cell[], stacks: readonly (readonly (readonly number[])[])[], laneCount: number): number[] {
  const ends = (stack: readonly number[]) => (cells[stack[0]!]!.height + cells[stack.at(-1)!]!.height) / 2;
  const tall = (stack: readonly number[]) => (stack.length === 0 ? 0 : offsetsOf(cells, stack).at(-1)! + ends(stack));
  const heights = Array.from({ length: laneCount }, (_, lane) => Math.max(...stacks.map((column) => tall(column[lane]!)), 0));
  for (const cell of cells) cell.y += heights[cell.lane]! / 2;
  for (let sweep = 0; sweep < PLACE_SWEEPS; sweep += 1) {
    const side = sweep % 2 === 0 ? 'left' : 'right';
    const inOrder = side === 'left' ? stacks : stacks.toReversed();
    for (const column of inOrder) column.forEach((stack, lane) => align(cells, stack, { side, height: heights[lane]! }));
  }
  return heights;
}

/** As near to the neighbours as the order and the lane allow, by least squares: neighbours that would overlap form a block and share one wish. */
function align(cells: readonly Cell[], stack: readonly number[], { side, height }: { readonly side: 'left' | 'right'; readonly height: number }): void {
  if (stack.length === 0) return;
  const offsets = offsetsOf(cells, stack);
  const blocks: { sum: number; weight: number; size: number }[] = [];
  stack.forEach((at, i) => {
    const cell = cells[at]!;
    const near = cell[side].filter((other) => cells[other]!.lane === cell.lane);
    const wish = near.length === 0 ? cell.y : near.reduce((sum, other) => sum + cells[other]!.y, 0) / near.length;
    const weight = cell.isNode ? 1 : 3;
    let block = { sum: (wish - offsets[i]!) * weight, weight, size: 1 };
    for (let above = blocks.at(-1); above && above.sum / above.weight > block.sum / block.weight; above = blocks.at(-1)) {
      blocks.pop();
      block = { sum: above.sum + block.sum, weight: above.weight + block.weight, size: above.size + block.size };
    }
    blocks.push(block);
  });
  const [top, bottom] = [cells[stack[0]!]!.height / 2, height - cells[stack.at(-1)!]!.height / 2 - offsets.at(-1)!];
  let i = 0;
  for (const { sum, weight, size } of blocks) {
    const start = Math.min(Math.max(sum / weight, top), bottom);
    for (const end = i + size; i < end; i += 1) cells[stack[i]!]!.y = start + offsets[i]!;
  }
}
