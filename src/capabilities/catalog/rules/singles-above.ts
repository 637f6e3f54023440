import { HARD, type Graph } from './graph.ts';

/**
 * Tells how many records bring one down when they fail alone. A record falls with its provider unless its group survives that, so what fells it is
 * put together from what fells its providers: each record of the graph is looked at once, however many ask. For one version of the graph.
 */
export function singlesAbove(graph: Graph): (id: string) => number {
  /** Slots that fell the node at the slot, without itself. */
  const fells = new Map<number, Int32Array>();
  const [stamp, hits, taken] = [new Int32Array(graph.nodeEnd), new Int32Array(graph.nodeEnd), new Int32Array(graph.nodeEnd)];
  let run = 0;

  function* hardInto(slot: number): Generator<number> {
    for (let edge = graph.firstIn[slot]!; edge > 0; edge = graph.nextIn[edge]!) if (graph.impact[edge] === HARD) yield edge;
  }

  /** From what is known of its providers: in a circle it may still grow. */
  function felling(slot: number): Int32Array {
    const found: number[] = [];
    const whole = (run += 1);
    taken[slot] = whole;
    for (const [group, edges] of Map.groupBy(hardInto(slot), (edge) => graph.groupOf[edge]!)) {
      run += 1;
      const count = (one: number) => {
        hits[one] = stamp[one] === run ? hits[one]! + 1 : 1;
        stamp[one] = run;
        if (hits[one] <= graph.threshold[group]! || taken[one] === whole) return;
        taken[one] = whole;
        found.push(one);
      };
      for (const edge of edges) {
        const provider = graph.provider[edge]!;
        count(provider);
        for (const one of fells.get(provider) ?? []) count(one);
      }
    }
    return Int32Array.from(found);
  }

  /** Everything that it rests on and that is not known yet, providers before consumers; `circle`: some rest on each other. */
  function unknownAbove(start: number): { readonly order: readonly number[]; readonly circle: boolean } {
    const [order, open, done] = [[] as number[], new Set<number>(), new Set<number>()];
    let circle = false;
    const walk = [{ slot: start, rest: hardInto(start) }];
    open.add(start);
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const { value: edge, done: ended } = top.rest.next();
      if (ended) {
        walk.pop();
        open.delete(top.slot);
        done.add(top.slot);
        order.push(top.slot);
        continue;
      }
      const provider = graph.provider[edge]!;
      if (open.has(provider)) circle = true;
      if (open.has(provider) || done.has(provider) || fells.has(provider)) continue;
      open.add(provider);
      walk.push({ slot: provider, rest: hardInto(provider) });
    }
    return { order, circle };
  }

  return (id) => {
    const own = graph.nodeAt.get(id);
    if (own === undefined) return 0;
    if (!fells.has(own)) {
      const { order, circle } = unknownAbove(own);
      for (let grows = true; grows;) {
        grows = false;
        for (const slot of order) {
          const now = felling(slot);
          grows ||= circle && now.length > (fells.get(slot)?.length ?? 0);
          fells.set(slot, now);
        }
      }
    }
    return fells.get(own)!.length;
  };
}
