export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Placed {
  readonly id: string;
  /** −2 and −1 provide, 0 is the middle, 1 and 2 use. */
  readonly column: number;
  readonly row: number;
}

/** Columns by distance from `middle`: providers to the left, users to the right, two steps at most. The nearer place wins. */
function columnsOf(middle: string, edges: readonly Edge[]): Map<string, number> {
  const column = new Map([[middle, 0]]);
  for (const step of [1, 2]) {
    for (const { from, to } of edges) {
      if (column.get(to) === 1 - step && !column.has(from)) column.set(from, -step);
      if (column.get(from) === step - 1 && !column.has(to)) column.set(to, step);
    }
  }
  return column;
}

/** Places nodes in columns and orders each column by the mean row of its neighbours, which keeps crossings few. */
export function layered(middle: string, ids: readonly string[], edges: readonly Edge[]): readonly Placed[] {
  const column = columnsOf(middle, edges);
  const rows = new Map<number, string[]>();
  for (const id of ids) {
    const at = column.get(id);
    if (at === undefined) continue;
    rows.set(at, [...(rows.get(at) ?? []), id]);
  }
  const rowOf = (id: string) => {
    const list = rows.get(column.get(id) ?? 99) ?? [];
    return list.indexOf(id) - (list.length - 1) / 2;
  };
  const order = (at: number, towards: number) => {
    const weight = (id: string) => {
      const near = edges.flatMap((edge) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : [])).filter((other) => column.get(other) === towards);
      return near.length ? near.reduce((sum, other) => sum + rowOf(other), 0) / near.length : rowOf(id);
    };
    const list = rows.get(at);
    if (!list) return;
    const weights = new Map(list.map((id) => [id, weight(id)]));
    rows.set(
      at,
      list.toSorted((one, other) => (weights.get(one) ?? 0) - (weights.get(other) ?? 0)),
    );
  };
  for (let sweep = 0; sweep < 3; sweep++) {
    for (const [at, towards] of [
      [-1, 0],
      [-2, -1],
      [1, 0],
      [2, 1],
      [1, 2],
      [-1, -2],
    ] as const)
      order(at, towards);
  }
  return [...rows].flatMap(([at, list]) => list.map((id, row) => ({ id, column: at, row: row - (list.length - 1) / 2 })));
}
