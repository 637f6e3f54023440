import type { Desk } from '#kernel/desk.ts';
import { rankedPoints, singlePoints, type Graph, type SinglePoint } from './rules/index.ts';

interface Swept {
  readonly points: readonly SinglePoint[];
  /** Epoch ms at which the sweep ended; null before the first one. */
  readonly sweptAt: number | null;
  readonly version: number;
}

const NONE: Swept = { points: [], sweptAt: null, version: -1 };
/** A slice of the sweep; other requests are answered between two of them. */
const SLICE_MS = 8;
/** A first answer is worth this wait; a later one says how old it is. */
const WAIT_MS = 1500;

const last = new WeakMap<Graph, Swept>();
const running = new WeakMap<Graph, Promise<Swept>>();

/** What brings most down alone, worst first: the last sweep of the graph, swept anew in the background when the graph has changed since. */
export async function sweptPoints(desk: Desk, graph: Graph): Promise<Swept> {
  const known = last.get(graph) ?? NONE;
  if (known.version === graph.version) return known;
  const sweep = running.get(graph) ?? start(desk, graph);
  return Promise.race([sweep, new Promise<Swept>((resolve) => setTimeout(() => resolve(last.get(graph) ?? NONE), WAIT_MS).unref())]);
}

function start(desk: Desk, graph: Graph): Promise<Swept> {
  const sweep = run(desk, graph).finally(() => running.delete(graph));
  running.set(graph, sweep);
  return sweep;
}

async function run(desk: Desk, graph: Graph): Promise<Swept> {
  const { version } = graph;
  const found: SinglePoint[] = [];
  let began = performance.now();
  for (const point of singlePoints(graph)) {
    if (point.down + point.degraded > 0) found.push(point);
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  const swept = { points: rankedPoints(found), sweptAt: desk.clock.now(), version };
  last.set(graph, swept);
  return swept;
}
