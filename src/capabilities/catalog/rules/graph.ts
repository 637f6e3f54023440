import type { Dependency, Impact } from './dependency.ts';
import type { Lifecycle } from './refusals.ts';

/** `tier` is null for what is no service; sites and vendors are nodes as well. */
export type GraphNode = { readonly id: string; readonly kind: string; readonly tier: number | null; readonly users: number; readonly lifecycle: Lifecycle };
export type GraphEdge = Dependency & { readonly id: string; readonly group: string };
/** How many of a group's providers a consumer needs. */
export type Redundancy = { readonly minUp: number; readonly unit: 'count' | 'percent' };

export const DEFAULT_GROUP = 'default';
export const SOFT = 1;
export const HARD = 2;
const IMPACTS = ['none', 'soft', 'hard'] as const;
const CODE: Readonly<Record<Impact, number>> = { none: 0, soft: SOFT, hard: HARD };

type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
const FEW = 256;

/** The column with room for the slot. */
export function roomFor<T extends Column>(column: T, slot: number): T {
  if (slot < column.length) return column;
  const wider = new (column.constructor as new (length: number) => T)(Math.max(slot + 1, column.length * 2));
  wider.set(column);
  return wider;
}

/** Numbers from 1, those given back first; 0 stands for none, so that a new column needs no filling. */
class Slots {
  end = 1;
  readonly #free: number[] = [];
  take(): number {
    return this.#free.pop() ?? this.end++;
  }
  give(slot: number): void {
    this.#free.push(slot);
  }
}

/**
 * What we run, in memory: columns by slot, and per node two doubly linked lists of its edges, so that every change costs as much as the node has neighbours at most.
 * The columns are for the rules of this folder; others use the functions and ids.
 */
export class Graph {
  /** Raised by every change: an answer given before speaks for the graph no more. */
  version = 0;
  readonly nodeAt = new Map<string, number>();
  readonly nodes: (GraphNode | undefined)[] = [undefined];
  readonly ids: string[] = [''];
  readonly #nodeSlots = new Slots();
  firstOut = new Int32Array(FEW);
  firstIn = new Int32Array(FEW);
  #outs = new Int32Array(FEW);
  #ins = new Int32Array(FEW);
  firstGroup = new Int32Array(FEW);

  readonly #edgeAt = new Map<string, number>();
  readonly #edgeIds: string[] = [''];
  readonly #edgeSlots = new Slots();
  provider = new Int32Array(FEW);
  consumer = new Int32Array(FEW);
  impact = new Uint8Array(FEW);
  groupOf = new Int32Array(FEW);
  nextOut = new Int32Array(FEW);
  #beforeOut = new Int32Array(FEW);
  nextIn = new Int32Array(FEW);
  #beforeIn = new Int32Array(FEW);

  readonly groupNames: string[] = [''];
  readonly redundancies: (Redundancy | undefined)[] = [undefined];
  readonly #groupSlots = new Slots();
  nextGroup = new Int32Array(FEW);
  /** Edges of the group, and those of them that pass anything on. */
  #inGroup = new Int32Array(FEW);
  members = new Int32Array(FEW);
  /** More lost providers than this break the group; not rounded. */
  threshold = new Float64Array(FEW);

  get nodeCount(): number {
    return this.nodeAt.size;
  }
  get edgeCount(): number {
    return this.#edgeAt.size;
  }
  /** One more than the highest slot in use. */
  get nodeEnd(): number {
    return this.#nodeSlots.end;
  }
  get groupEnd(): number {
    return this.#groupSlots.end;
  }

  putNode(node: GraphNode): void {
    this.version += 1;
    const slot = this.nodeAt.get(node.id) ?? this.#newNode(node.id);
    this.nodes[slot] = node;
  }

  /** Its edges and its redundancies go with it. */
  dropNode(id: string): void {
    const slot = this.nodeAt.get(id);
    if (slot === undefined) return;
    this.version += 1;
    while (this.firstOut[slot]! > 0) this.#remove(this.firstOut[slot]!);
    while (this.firstIn[slot]! > 0) this.#remove(this.firstIn[slot]!);
    for (let group = this.firstGroup[slot]!; group > 0; group = this.firstGroup[slot]!) {
      this.redundancies[group] = undefined;
      this.#settle(group, slot);
    }
    this.nodeAt.delete(id);
    this.nodes[slot] = undefined;
    this.#nodeSlots.give(slot);
  }

  /** Puts the edge in, or changes it; one with another id between the same two gives way. */
  putEdge(edge: GraphEdge): void {
    const [provider, consumer] = [this.#slotOf(edge.providerId), this.#slotOf(edge.consumerId)];
    this.version += 1;
    for (const old of [this.#edgeAt.get(edge.id), this.#between(provider, consumer)]) if (old !== undefined && this.provider[old]! > 0) this.#remove(old);
    const slot = this.#newEdge(edge.id);
    const group = this.#groupNamed(consumer, edge.group);
    this.provider[slot] = provider;
    this.consumer[slot] = consumer;
    this.impact[slot] = CODE[edge.impact];
    this.groupOf[slot] = group;
    const [out, into] = [this.firstOut[provider]!, this.firstIn[consumer]!];
    this.nextOut[slot] = out;
    this.nextIn[slot] = into;
    this.#beforeOut[slot] = 0;
    this.#beforeIn[slot] = 0;
    if (out > 0) this.#beforeOut[out] = slot;
    if (into > 0) this.#beforeIn[into] = slot;
    this.firstOut[provider] = slot;
    this.firstIn[consumer] = slot;
    this.#outs[provider]! += 1;
    this.#ins[consumer]! += 1;
    this.#inGroup[group]! += 1;
    if (this.impact[slot] > 0) this.members[group]! += 1;
    this.#settle(group, consumer);
  }

  dropEdge(id: string): void {
    const slot = this.#edgeAt.get(id);
    if (slot === undefined) return;
    this.version += 1;
    this.#remove(slot);
  }

  /** Null: every provider of the group is needed. */
  setRedundancy(consumerId: string, group: string, redundancy: Redundancy | null): void {
    const consumer = this.#slotOf(consumerId);
    this.version += 1;
    const slot = this.#groupNamed(consumer, group);
    this.redundancies[slot] = redundancy ?? undefined;
    this.#settle(slot, consumer);
  }

  /** Ids one edge away; with `HARD` only along hard edges, with `SOFT` along all that pass anything on. */
  *near(id: string, towards: 'providers' | 'consumers', least = 0): Generator<string> {
    const slot = this.nodeAt.get(id) ?? 0;
    const [first, next, far] = towards === 'providers' ? [this.firstIn, this.nextIn, this.provider] : [this.firstOut, this.nextOut, this.consumer];
    for (let edge = first[slot]!; edge > 0; edge = next[edge]!) if (this.impact[edge]! >= least) yield this.ids[far[edge]!]!;
  }

  /** Every edge, made anew for whoever asks: the graph itself keeps columns. */
  *edges(): Generator<GraphEdge> {
    for (const slot of this.#edgeAt.values()) {
      const name = this.groupNames[this.groupOf[slot]!]!;
      yield {
        id: this.#edgeIds[slot]!,
        providerId: this.ids[this.provider[slot]!]!,
        consumerId: this.ids[this.consumer[slot]!]!,
        impact: IMPACTS[this.impact[slot]!]!,
        group: name === DEFAULT_GROUP ? '' : name,
      };
    }
  }

  /** The slot of a consumer's group; 0 when it has none of that name. */
  groupAt(consumer: number, name: string): number {
    const wanted = name || DEFAULT_GROUP;
    for (let group = this.firstGroup[consumer]!; group > 0; group = this.nextGroup[group]!) if (this.groupNames[group] === wanted) return group;
    return 0;
  }

  #slotOf(id: string): number {
    const slot = this.nodeAt.get(id);
    if (slot === undefined) throw new Error(`${id} is not in the graph: put the node in before its edges.`);
    return slot;
  }

  #newNode(id: string): number {
    const slot = this.#nodeSlots.take();
    this.nodeAt.set(id, slot);
    this.ids[slot] = id;
    this.firstOut = roomFor(this.firstOut, slot);
    this.firstIn = roomFor(this.firstIn, slot);
    this.#outs = roomFor(this.#outs, slot);
    this.#ins = roomFor(this.#ins, slot);
    this.firstGroup = roomFor(this.firstGroup, slot);
    return slot;
  }

  #newEdge(id: string): number {
    const slot = this.#edgeSlots.take();
    this.#edgeAt.set(id, slot);
    this.#edgeIds[slot] = id;
    this.provider = roomFor(this.provider, slot);
    this.consumer = roomFor(this.consumer, slot);
    this.impact = roomFor(this.impact, slot);
    this.groupOf = roomFor(this.groupOf, slot);
    this.nextOut = roomFor(this.nextOut, slot);
    this.#beforeOut = roomFor(this.#beforeOut, slot);
    this.nextIn = roomFor(this.nextIn, slot);
    this.#beforeIn = roomFor(this.#beforeIn, slot);
    return slot;
  }

  #groupNamed(consumer: number, name: string): number {
    const found = this.groupAt(consumer, name);
    if (found > 0) return found;
    const slot = this.#groupSlots.take();
    this.groupNames[slot] = name || DEFAULT_GROUP;
    this.redundancies[slot] = undefined;
    this.nextGroup = roomFor(this.nextGroup, slot);
    this.#inGroup = roomFor(this.#inGroup, slot);
    this.members = roomFor(this.members, slot);
    this.threshold = roomFor(this.threshold, slot);
    this.nextGroup[slot] = this.firstGroup[consumer]!;
    this.firstGroup[consumer] = slot;
    return slot;
  }

  /** The edge between two nodes, looked for at the one with fewer. */
  #between(provider: number, consumer: number): number | undefined {
    if (this.#outs[provider]! < this.#ins[consumer]!) {
      for (let edge = this.firstOut[provider]!; edge > 0; edge = this.nextOut[edge]!) if (this.consumer[edge] === consumer) return edge;
    } else {
      for (let edge = this.firstIn[consumer]!; edge > 0; edge = this.nextIn[edge]!) if (this.provider[edge] === provider) return edge;
    }
    return undefined;
  }

  #remove(edge: number): void {
    const [provider, consumer, group] = [this.provider[edge]!, this.consumer[edge]!, this.groupOf[edge]!];
    const [beforeOut, nextOut, beforeIn, nextIn] = [this.#beforeOut[edge]!, this.nextOut[edge]!, this.#beforeIn[edge]!, this.nextIn[edge]!];
    if (beforeOut > 0) this.nextOut[beforeOut] = nextOut;
    else this.firstOut[provider] = nextOut;
    if (nextOut > 0) this.#beforeOut[nextOut] = beforeOut;
    if (beforeIn > 0) this.nextIn[beforeIn] = nextIn;
    else this.firstIn[consumer] = nextIn;
    if (nextIn > 0) this.#beforeIn[nextIn] = beforeIn;
    this.#outs[provider]! -= 1;
    this.#ins[consumer]! -= 1;
    this.#inGroup[group]! -= 1;
    if (this.impact[edge]! > 0) this.members[group]! -= 1;
    this.#settle(group, consumer);
    this.provider[edge] = 0;
    this.#edgeAt.delete(this.#edgeIds[edge]!);
    this.#edgeIds[edge] = '';
    this.#edgeSlots.give(edge);
  }

  /** Brings the threshold up to date; a group without edges and redundancy goes. */
  #settle(group: number, consumer: number): void {
    const redundancy = this.redundancies[group];
    const of = this.members[group]!;
    const minUp = redundancy?.unit === 'percent' ? (of * redundancy.minUp) / 100 : redundancy?.minUp;
    this.threshold[group] = minUp === undefined ? 0 : Math.max(0, of - minUp);
    if (redundancy || this.#inGroup[group]! > 0) return;
    let before = 0;
    for (let at = this.firstGroup[consumer]!; at !== group; at = this.nextGroup[at]!) before = at;
    if (before > 0) this.nextGroup[before] = this.nextGroup[group]!;
    else this.firstGroup[consumer] = this.nextGroup[group]!;
    this.#groupSlots.give(group);
  }
}
