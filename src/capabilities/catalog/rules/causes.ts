import { HARD, type Graph } from './graph.ts';
import { DOWN, Scratch, spread, upstreamOf } from './spread.ts';

/** One node whose failure takes down at least two members of a redundancy group; `hops` to the second of them; `breaks`: those down are more than the group can spare. */
export type CommonCause = { readonly id: string; readonly members: readonly string[]; readonly breaks: boolean; readonly hops: number };
/** Nearest first. `cut`: what lies further up than we look may be missing. */
export type SharedCauses = { readonly consumerId: string; readonly group: string; readonly causes: readonly CommonCause[]; readonly cut: boolean };

const MOST_UPSTREAM = 5000;
const MOST_CAUSES = 50;

/** One answer for each redundancy group of at least two providers, without causes too, so that a caller may pause; of one consumer, or of all. */
export function* commonCauses(graph: Graph, consumerId?: string): Generator<SharedCauses> {
  const scratch = new Scratch();
  for (const id of consumerId === undefined ? graph.nodeAt.keys() : [consumerId]) {
    const consumer = graph.nodeAt.get(id);
    if (consumer === undefined) continue;
    // All of a consumer before the first is given away: the caller may change the graph meanwhile.
    yield* groupsOf(graph, consumer).map((group) => causesOf(graph, scratch, consumer, group));
  }
}

function groupsOf(graph: Graph, consumer: number): readonly number[] {
  const found: number[] = [];
  for (let group = graph.firstGroup[consumer]!; group > 0; group = graph.nextGroup[group]!) if (graph.redundancies[group] && graph.members[group]! >= 2) found.push(group);
  return found;
}

function causesOf(graph: Graph, scratch: Scratch, consumer: number, group: number): SharedCauses {
  const edges: number[] = [];
  for (let edge = graph.firstIn[consumer]!; edge > 0; edge = graph.nextIn[edge]!) if (graph.groupOf[edge] === group && graph.impact[edge]! > 0) edges.push(edge);
  const members = edges.map((edge) => graph.provider[edge]!);
  const upstream = upstreamOf(graph, members, HARD, MOST_UPSTREAM);
  const shared = sharedBy(graph, members, upstream.slots).filter((slot) => slot !== consumer);
  scratch.within(graph, upstream.slots);
  const causes = shared.slice(0, MOST_CAUSES).flatMap((slot) => {
    spread(graph, scratch, [slot], [], true);
    const down = members.filter((member) => scratch.stateOf(member) >= DOWN);
    if (down.length < 2) return [];
    const hops = down.map((member) => scratch.wave[member]!).toSorted((a, b) => a - b)[1]!;
    return [{ id: graph.ids[slot]!, members: down.map((member) => graph.ids[member]!).toSorted(), breaks: down.length > graph.threshold[group]!, hops }];
  });
  return {
    consumerId: graph.ids[consumer]!,
    group: graph.groupNames[group]!,
    causes: causes.toSorted((a, b) => a.hops - b.hops || (a.id < b.id ? -1 : 1)),
    cut: upstream.cut || shared.length > MOST_CAUSES,
  };
}

/** What at least two of the members rest on by hard edges, in the order of `among`; no member itself. */
function sharedBy(graph: Graph, members: readonly number[], among: readonly number[]): readonly number[] {
  const own = new Set(members);
  const known = new Set(among);
  const count = new Map<number, number>();
  for (const member of own)
    for (const slot of upstreamOf(graph, [member], HARD, MOST_UPSTREAM).slots) if (known.has(slot) && !own.has(slot)) count.set(slot, (count.get(slot) ?? 0) + 1);
  return among.filter((slot) => (count.get(slot) ?? 0) >= 2);
}
