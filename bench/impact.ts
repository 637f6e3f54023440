import { fork } from 'node:child_process';
import { commonCauses, failingPairs, Graph, outageOf, rankedPoints, singlePoints } from '#capabilities/catalog/rules/index.ts';
import { estate } from './estate.ts';
import { deskFigures, importFigures } from './impact-desk.ts';
import { atMost, quantile, type Outcome } from './figures.ts';

const SIZES = [
  [5000, 20_000],
  [20_000, 80_000],
  [50_000, 200_000],
] as const;
const TIMES = 20;

/** Impact on generated estates of three sizes: the engine in a process of its own so that its memory is seen, then the verb of a desk; and an import. */
export async function run(): Promise<Outcome> {
  const figures: Record<string, number> = {};
  const bySize: Record<string, number>[] = [];
  for (const [nodes, edges] of SIZES) {
    const measured = { ...(await elsewhere(nodes, edges)), ...(await deskFigures(nodes, edges)) };
    bySize.push(measured);
    for (const [name, value] of Object.entries(measured)) figures[`${name}Of${nodes}`] = value;
  }
  Object.assign(figures, await importFigures());
  const [small, large] = [bySize[0]!, bySize.at(-1)!];
  return {
    name: 'impact',
    figures,
    ratios: { impactP99LargestToSmallest: large['impactP99Ms']! / small['impactP99Ms']!, sweepLargestToSmallest: large['sweepSeconds']! / small['sweepSeconds']! },
    targets: [
      atMost('impact of a core node with 50,000 nodes, p99 ms', large['impactP99Ms']!, 50),
      atMost('N-1 sweep of 50,000 nodes, s', large['sweepSeconds']!, 60),
      atMost('answer of the desk with 50,000 nodes, p99 ms', large['answerP99Ms']!, 50),
      atMost('first answer of the desk with 50,000 nodes (loads the graph), s', large['firstAnswerMs']! / 1000, 3),
      atMost('memory with 50,000 nodes above an empty desk, MB', large['deskRssMb']! - figures['emptyDeskRssMb']!, 300),
      atMost('import of 10,000 components, s', figures['importSeconds']!, 20),
    ],
  };
}

function elsewhere(nodes: number, edges: number): Promise<Record<string, number>> {
  const child = fork(import.meta.filename, [String(nodes), String(edges)], { execArgv: ['--expose-gc'] });
  return new Promise((resolve, reject) => {
    child.on('message', (answer) => resolve(answer as Record<string, number>));
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`the measuring process ended with ${code}`));
    });
  });
}

function clocked<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const began = performance.now();
  const value = work();
  return { ms: performance.now() - began, value };
}

/** Bytes that are in use: objects and the buffers of columns. */
function inUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function measure(nodes: number, edges: number): Record<string, number> {
  const rssBefore = process.memoryUsage().rss;
  const usedBefore = inUse();
  const generated = estate(nodes, edges, 7);
  const { core } = generated;
  // What generating left behind is not the graph's.
  globalThis.gc?.();
  const built = clocked(() => {
    const graph = new Graph();
    for (const node of generated.nodes) graph.putNode(node);
    for (const edge of generated.edges) graph.putEdge(edge);
    for (const { consumerId, group, redundancy } of generated.redundancies) graph.setRedundancy(consumerId, group, redundancy);
    return graph;
  });
  const graph = built.value;
  const rssBuilt = process.memoryUsage().rss - rssBefore;
  const outages = Array.from({ length: TIMES }, () => core).flatMap((ids) =>
    ids.map((id) => {
      const { ms, value } = clocked(() => outageOf(graph, [id]));
      return { id, ms, reached: value.size };
    }),
  );
  const widest = outageOf(graph, [outages.toSorted((a, b) => b.reached - a.reached)[0]!.id]);
  const reasons = clocked(() => Array.from(widest.reached(), ({ id }) => widest.why(id)));
  const rssGrowth = process.memoryUsage().rss - rssBefore;
  const change = clocked(() => {
    for (const edge of generated.edges.slice(0, 1000)) graph.putEdge({ ...edge, impact: 'soft' });
    for (const edge of generated.edges.slice(0, 1000)) graph.putEdge(edge);
  });
  const sweep = clocked(() => [...singlePoints(graph)]);
  const causes = clocked(() => [...commonCauses(graph)].reduce((sum, one) => sum + one.causes.length, 0));
  const top = generated.nodes.findLast(({ tier }) => tier === 1)!;
  const pairs = clocked(() => [...failingPairs(graph, top.id)].flat().length);
  const used = inUse() - usedBefore;
  const milliseconds = outages.map(({ ms }) => ms);
  return {
    buildMs: built.ms,
    impactRuns: outages.length,
    impactP50Ms: quantile(milliseconds, 0.5),
    impactP99Ms: quantile(milliseconds, 0.99),
    mostReached: widest.size,
    allReasonsMs: reasons.ms,
    changeUs: change.ms / 2,
    sweepSeconds: sweep.ms / 1000,
    singlePoints: rankedPoints(sweep.value).length,
    commonCausesSeconds: causes.ms / 1000,
    commonCauses: causes.value,
    pairsMs: pairs.ms,
    pairs: pairs.value,
    inUseMb: used / 2 ** 20,
    rssBuiltMb: rssBuilt / 2 ** 20,
    rssGrowthMb: rssGrowth / 2 ** 20,
  };
}

if (import.meta.main) {
  const [nodes, edges] = process.argv.slice(2).map(Number);
  process.send?.(measure(nodes!, edges!), () => process.exit(0));
}
