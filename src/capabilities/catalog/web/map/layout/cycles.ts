export type Pair = readonly [from: number, to: number];

/**
 * The nodes in the order of their lines: sets that depend on each other in a circle (Tarjan) stand together, providers first, and inside of one
 * as few lines as possible lead back (the greedy order of Eades, Lin and Smyth). What lies on no circle is a set of its own.
 */
export function circlesInOrder(count: number, lines: readonly Pair[]): readonly (readonly number[])[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of lines) out[from]!.push(to);
  const circleOf = new Int32Array(count).fill(-1);
  const circles = circlesOf(count, out);
  circles.forEach((members, circle) => {
    for (const node of members) circleOf[node] = circle;
  });
  const inner = Map.groupBy(
    lines.filter(([from, to]) => circleOf[from] === circleOf[to]),
    ([from]) => circleOf[from]!,
  );
  // Tarjan ends with the first providers.
  return circles.toReversed().map((members) => (members.length === 1 ? members : greedy(members, inner.get(circleOf[members[0]!]!) ?? [])));
}

/** The strongly connected sets, consumers before their providers. */
function circlesOf(count: number, out: readonly (readonly number[])[]): number[][] {
  const [found, low] = [new Int32Array(count), new Int32Array(count)];
  const onStack = new Uint8Array(count);
  const [stack, circles]: [number[], number[][]] = [[], []];
  let clock = 0;
  const enter = (node: number) => {
    found[node] = low[node] = ++clock;
    stack.push(node);
    onStack[node] = 1;
  };
  for (let root = 0; root < count; root += 1) {
    if (found[root]) continue;
    const trail = [{ node: root, next: 0 }];
    enter(root);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const { node } = top;
      const to = out[node]![top.next];
      if (to !== undefined) {
        top.next += 1;
        if (!found[to]) {
          enter(to);
          trail.push({ node: to, next: 0 });
        } else if (onStack[to]) low[node] = Math.min(low[node]!, found[to]!);
        continue;
      }
      trail.pop();
      const before = trail.at(-1);
      if (before) low[before.node] = Math.min(low[before.node]!, low[node]!);
      if (low[node] === found[node]) circles.push(takeCircle(stack, onStack, node));
    }
  }
  return circles;
}

function takeCircle(stack: number[], onStack: Uint8Array, last: number): number[] {
  const members = stack.splice(stack.lastIndexOf(last));
  for (const node of members) onStack[node] = 0;
  return members.toSorted((a, b) => a - b);
}

/** Ends are taken first; where there is none, the node that provides most more than it consumes. */
function greedy(members: readonly number[], lines: readonly Pair[]): number[] {
  const degree = new Map(members.map((node) => [node, { out: 0, in: 0 }]));
  for (const [from, to] of lines) {
    degree.get(from)!.out += 1;
    degree.get(to)!.in += 1;
  }
  const near = Map.groupBy(
    lines.flatMap(([from, to]) => [
      { node: from, other: to, side: 'in' as const },
      { node: to, other: from, side: 'out' as const },
    ]),
    ({ node }) => node,
  );
  const [head, tail]: [number[], number[]] = [[], []];
  const left = new Set(members);
  while (left.size > 0) {
    let best = -1;
    let most = -Infinity;
    for (const node of left) {
      const { out, in: into } = degree.get(node)!;
      const worth = out === 0 ? 2e9 : into === 0 ? 1e9 : out - into;
      if (worth <= most) continue;
      [best, most] = [node, worth];
    }
    (most === 2e9 ? tail : head).push(best);
    left.delete(best);
    for (const { other, side } of near.get(best) ?? []) if (left.has(other)) degree.get(other)![side] -= 1;
  }
  return [...head, ...tail.toReversed()];
}
