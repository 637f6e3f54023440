import type { Becomes } from './dependency.ts';
import { HARD, type Graph, type GraphNode, type Redundancy } from './graph.ts';
import { DEGRADED, DOWN, FAILED, REDUCED, Scratch, SPARED, spread } from './spread.ts';

/** `reduced`: only spare capacity is lost, it works in full and passes nothing on. `hops`: the wave in which it came to what it becomes. */
export type Fallen = { readonly id: string; readonly node: GraphNode; readonly becomes: Becomes; readonly reduced: boolean; readonly hops: number };

type Lost = { readonly group: string; readonly of: number; readonly lost: readonly string[]; readonly are: 'down' | 'degraded' | 'down or degraded' };
/**
 * Why a node falls. `lost` is as few providers as suffice, in the order in which they fell: one that it `needs`, or of which it uses a part (`soft`), as many as break
 * its redundant `group`; for `reduced` all that are lost. `are` is what became of them, `of` how many providers the group has.
 */
export type Reason = Lost & ({ readonly kind: 'needs' | 'soft'; readonly redundancy: null } | { readonly kind: 'group' | 'reduced'; readonly redundancy: Redundancy });

type Arrival = { readonly provider: number; readonly edge: number; readonly at: number };
type Broken = { readonly group: number; readonly lost: readonly Arrival[]; readonly at: number };

/** One for each graph: to allocate it anew for every outage costs more than the outage. What an outage keeps is copied out of it. */
const scratches = new WeakMap<Graph, Scratch>();

/** What falls with the failed nodes. Reasons are read from the graph, so they are asked for before it changes. */
class Outage {
  readonly #reached: Int32Array;
  readonly #graph: Graph;
  readonly #version: number;
  readonly #state: Uint8Array;
  readonly #wave: Int32Array;
  readonly #since: Int32Array;

  constructor(graph: Graph, failed: readonly string[], spared: readonly string[]) {
    this.#graph = graph;
    this.#version = graph.version;
    const slots = (ids: readonly string[]) => ids.flatMap((id) => graph.nodeAt.get(id) ?? []);
    const scratch = scratches.get(graph) ?? new Scratch();
    scratches.set(graph, scratch);
    const count = spread(graph, scratch, slots(failed), slots(spared));
    const { run, stamp, state, wave, since, reached } = scratch;
    this.#state = state.map((one, slot) => (stamp[slot] === run ? one : 0));
    this.#wave = wave.slice();
    this.#since = since.slice();
    this.#reached = reached.slice(0, count);
  }

  /** How many nodes it reaches. */
  get size(): number {
    return this.#reached.length;
  }

  /** Every node that it reaches, one after the other: an outage of half of everything is not to be held twice. */
  *reached(): Generator<Fallen> {
    for (const slot of this.#reached)
      yield {
        id: this.#graph.ids[slot]!,
        node: this.#graph.nodes[slot]!,
        becomes: this.#state[slot] === DOWN ? 'down' : 'degraded',
        reduced: this.#state[slot] === REDUCED,
        hops: this.#wave[slot]!,
      };
  }

  /** The wave in which a node came to what it becomes; 0 for what is not reached. */
  hopsTo(id: string): number {
    return this.#wave[this.#slotOf(id)]!;
  }

  /** Null for what is not reached. */
  why(id: string): Reason | null {
    const slot = this.#slotOf(id);
    const state = this.#state[slot]!;
    if (state < REDUCED || state > DOWN) return null;
    const { group, lost } = this.#broken(slot, state);
    const down = lost.filter(({ provider }) => this.#state[provider]! >= DOWN).length;
    const facts: Lost = {
      group: this.#graph.groupNames[group]!,
      of: this.#graph.members[group]!,
      lost: lost.map(({ provider }) => this.#graph.ids[provider]!),
      are: down === lost.length ? 'down' : down === 0 ? 'degraded' : 'down or degraded',
    };
    const redundancy = this.#graph.redundancies[group];
    if (redundancy) return { ...facts, kind: state === REDUCED ? 'reduced' : 'group', redundancy };
    return { ...facts, kind: this.#graph.impact[lost[0]!.edge] === HARD ? 'needs' : 'soft', redundancy: null };
  }

  /** The way by which the failure arrived, from a failed node to this one; `hops` + 1 ids. Empty for what is not reached. */
  path(id: string): readonly string[] {
    let slot = this.#slotOf(id);
    let level = this.#state[slot]!;
    if (level < REDUCED || level > DOWN) return [];
    const back = [slot];
    while (this.#state[slot] !== FAILED) {
      const { lost } = this.#broken(slot, level);
      // The last one tipped the group; spare capacity went with the first.
      slot = (level === REDUCED ? lost[0]! : lost.at(-1)!).provider;
      level = level === DOWN || (this.#state[slot]! >= DOWN && this.#since[slot] === this.#wave[slot]) ? DOWN : DEGRADED;
      back.push(slot);
    }
    return back.map((one) => this.#graph.ids[one]!).toReversed();
  }

  /** How many more providers the group may lose before its consumer suffers. */
  headroom(consumerId: string, group: string): number | 'broken' {
    const consumer = this.#slotOf(consumerId);
    const slot = this.#graph.groupAt(consumer, group);
    if (slot === 0) throw new Error(`${consumerId} has no group ${group}.`);
    const left = this.#graph.threshold[slot]! - this.#arrivals(consumer, DEGRADED).filter(({ edge }) => this.#graph.groupOf[edge] === slot).length;
    return left < 0 ? 'broken' : Math.floor(left);
  }

  #slotOf(id: string): number {
    if (this.#graph.version !== this.#version) throw new Error('The graph has changed since this outage was computed: compute it again.');
    const slot = this.#graph.nodeAt.get(id);
    if (slot === undefined) throw new Error(`${id} is not in the graph.`);
    return slot;
  }

  /** What the node's providers pass on to it of at least this level, with the wave in which each began to. */
  #arrivals(consumer: number, level: number): readonly Arrival[] {
    const { firstIn, nextIn, provider, impact } = this.#graph;
    const found: Arrival[] = [];
    for (let edge = firstIn[consumer]!; edge > 0; edge = nextIn[edge]!) {
      const from = provider[edge]!;
      const state = this.#state[from]!;
      if (state === SPARED || impact[edge] === 0 || state < level || (level === DOWN && impact[edge] !== HARD)) continue;
      found.push({ provider: from, edge, at: level === DOWN ? this.#wave[from]! : this.#since[from]! });
    }
    return found;
  }

  /** The group that first brought the node to this level, the one with fewer lost where two did, with as few lost providers as suffice. */
  #broken(consumer: number, level: number): Broken {
    const { groupOf, groupNames, threshold } = this.#graph;
    const arrivals = this.#arrivals(consumer, Math.max(level, DEGRADED));
    let best: Broken | undefined;
    for (const [group, all] of Map.groupBy(arrivals, ({ edge }) => groupOf[edge]!)) {
      const enough = level === REDUCED ? 1 : Math.floor(threshold[group]!) + 1;
      if (all.length < enough) continue;
      const ordered = all.length === 1 ? all : all.toSorted((a, b) => a.at - b.at || (this.#graph.ids[a.provider]! < this.#graph.ids[b.provider]! ? -1 : 1));
      const at = ordered[enough - 1]!.at;
      const lost = level === REDUCED ? ordered : ordered.slice(0, enough);
      const order = best ? at - best.at || lost.length - best.lost.length || (groupNames[group]! < groupNames[best.group]! ? -1 : 1) : -1;
      if (order < 0) best = { group, lost, at };
    }
    return best!;
  }
}

/** What falls with the failed nodes, and why. Ids that the graph does not have are left out; spared nodes never fall and pass nothing on. */
export function outageOf(graph: Graph, failed: readonly string[], spared: readonly string[] = []): Outage {
  return new Outage(graph, failed, spared);
}
