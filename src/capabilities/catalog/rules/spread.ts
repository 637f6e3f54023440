import { roomFor, HARD, type Graph } from './graph.ts';

/** States by rising harm. `REDUCED`: spare capacity is lost, nothing is passed on. The last two are given, not computed. */
export const REDUCED = 1;
export const DEGRADED = 2;
export const DOWN = 3;
export const FAILED = 4;
export const SPARED = 5;

/** What one run writes; a cell counts only when its stamp is that of the run, so nothing is cleared or allocated between runs. */
export class Scratch {
  run = 0;
  stamp = new Int32Array(0);
  state = new Uint8Array(0);
  /** What the node has passed on already. */
  sent = new Uint8Array(0);
  /** The wave in which the node took its state, and that in which it first passed something on. */
  wave = new Int32Array(0);
  since = new Int32Array(0);
  queue = new Int32Array(0);
  reached = new Int32Array(0);
  groupStamp = new Int32Array(0);
  lost = new Int32Array(0);
  lostDown = new Int32Array(0);
  scope = 0;
  scopeStamp = new Int32Array(0);

  /** A new run on this graph. */
  begin(graph: Graph): void {
    this.run += 1;
    const [node, group] = [graph.nodeEnd, graph.groupEnd];
    this.stamp = roomFor(this.stamp, node);
    this.state = roomFor(this.state, node);
    this.sent = roomFor(this.sent, node);
    this.wave = roomFor(this.wave, node);
    this.since = roomFor(this.since, node);
    this.reached = roomFor(this.reached, node);
    // A node passes on twice at most: degraded, then down.
    this.queue = roomFor(this.queue, node * 2);
    this.groupStamp = roomFor(this.groupStamp, group);
    this.lost = roomFor(this.lost, group);
    this.lostDown = roomFor(this.lostDown, group);
  }

  stateOf(slot: number): number {
    return this.stamp[slot] === this.run ? this.state[slot]! : 0;
  }

  /** Runs that are told so stay inside these nodes; exact for what is down when all that they need by hard edges is among them. */
  within(graph: Graph, slots: readonly number[]): void {
    this.scope += 1;
    this.scopeStamp = roomFor(this.scopeStamp, graph.nodeEnd);
    for (const slot of slots) this.scopeStamp[slot] = this.scope;
  }
}

/**
 * Lets the failure run over the graph wave by wave and leaves states and waves in the scratch; answers how many nodes it reached.
 * A wave sees only what the waves before it passed on, so hops are those of the shortest arrival.
 */
export function spread(graph: Graph, scratch: Scratch, failed: readonly number[], spared: readonly number[], scoped = false): number {
  scratch.begin(graph);
  const { run, stamp, state, sent, wave, since, queue, reached, groupStamp, lost, lostDown, scope, scopeStamp } = scratch;
  const { firstOut, nextOut, consumer, impact, groupOf, threshold } = graph;
  let [end, count] = [0, 0];
  const give = (slot: number, given: number) => {
    stamp[slot] = run;
    state[slot] = given;
    sent[slot] = 0;
    wave[slot] = 0;
    since[slot] = 0;
  };
  // A spared node never falls, not even one that is marked failed too.
  for (const slot of spared) give(slot, SPARED);
  for (const slot of failed) {
    if (stamp[slot] === run) continue;
    give(slot, FAILED);
    queue[end++] = slot;
  }
  for (let [next, now] = [0, 1]; next < end; now += 1) {
    for (const waveEnd = end; next < waveEnd; next += 1) {
      const from = queue[next]!;
      // Raised to down within this very wave: that is passed on in the next one.
      const level = state[from] === DEGRADED || wave[from]! >= now ? DEGRADED : DOWN;
      const before = sent[from]!;
      sent[from] = level;
      for (let edge = firstOut[from]!; edge > 0; edge = nextOut[edge]!) {
        const how = impact[edge]!;
        if (how === 0) continue;
        const to = consumer[edge]!;
        if (scoped && scopeStamp[to] !== scope) continue;
        if (stamp[to] !== run) give(to, 0);
        else if (state[to]! >= DOWN) continue;
        const group = groupOf[edge]!;
        if (groupStamp[group] !== run) {
          groupStamp[group] = run;
          lost[group] = 0;
          lostDown[group] = 0;
        }
        if (before === 0) lost[group]! += 1;
        if (level === DOWN && how === HARD) lostDown[group]! += 1;
        const most = threshold[group]!;
        const becomes = lostDown[group]! > most ? DOWN : lost[group]! > most ? DEGRADED : REDUCED;
        const was = state[to]!;
        if (becomes <= was) continue;
        if (was === 0) reached[count++] = to;
        state[to] = becomes;
        wave[to] = now;
        if (becomes === REDUCED || since[to] === now) continue;
        if (since[to] === 0) since[to] = now;
        queue[end++] = to;
      }
    }
  }
  return count;
}

/** The nodes that the given ones rest on, themselves included and nearest first; a closure of more than `most` nodes is cut off there. */
export function upstreamOf(graph: Graph, from: readonly number[], least: number, most: number): { readonly slots: number[]; readonly cut: boolean } {
  const seen = new Set(from);
  const slots = [...seen];
  for (let next = 0; next < slots.length; next += 1) {
    for (let edge = graph.firstIn[slots[next]!]!; edge > 0; edge = graph.nextIn[edge]!) {
      const provider = graph.provider[edge]!;
      if (graph.impact[edge]! < least || seen.has(provider)) continue;
      if (slots.length >= most) return { slots, cut: true };
      seen.add(provider);
      slots.push(provider);
    }
  }
  return { slots, cut: false };
}
