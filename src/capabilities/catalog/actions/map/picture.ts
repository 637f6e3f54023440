import type { Parsed, Ref } from '#kernel/contract.ts';
import { invalidField, missing } from '#kernel/problem.ts';
import type { MapEdge, MapFall, MapNode, mapVerbs } from '../../contract/map.ts';
import type { Whole } from '../../graph.ts';
import type { Graph } from '../../rules/index.ts';
import type { WholeRow } from '../../store/whole.ts';
import { around, groupsOf, type Group } from './groups.ts';
import { byWeight, noFalls, outcomeOf, type Outcome } from './outcome.ts';

export type Input = Parsed<(typeof mapVerbs)['map']>;

const NODES_MOST = 500;
const EDGES_MOST = 3000;
const STRENGTH = ['none', 'soft', 'hard'] as const;

export interface Cluster extends Group {
  readonly isOpen: boolean;
  readonly rows: readonly WholeRow[];
  readonly failedCount: number;
  readonly falls: Record<MapFall['becomes'], number>;
}

export interface Picture {
  readonly shown: readonly WholeRow[];
  readonly clusters: readonly Cluster[];
  readonly nodes: readonly { readonly row: WholeRow; readonly group: string; readonly falls: MapNode['falls']; readonly why: string | null }[];
  readonly edges: readonly MapEdge[];
  readonly moreCount: number;
  readonly moreEdges: number;
  readonly total: { readonly services: number; readonly components: number; readonly edges: number };
  readonly hiddenCount: number;
  readonly falls: Pick<Outcome, 'seen' | 'hidden' | 'list' | 'moreCount'>;
  readonly failed: readonly WholeRow[];
  readonly spared: readonly WholeRow[];
}

/** Everything that is asked of the graph, at once: it may be another one later. */
export function pictureOf(whole: Whole, input: Input, teams: ReadonlyMap<string, Ref>): Picture {
  const numbered = new Map([...whole.rows.values()].filter(({ id }) => whole.sees(id)).map((row) => [row.number, row]));
  const named = (number: string): WholeRow => {
    const row = numbered.get(number);
    if (row) return row;
    throw input.at === undefined ? missing(number) : invalidField('at', `${number} was not in the catalog then, or is not open to you.`);
  };
  const [failed, spared] = [[...new Set(input.failed)].map(named), [...new Set(input.spared)].map(named)];
  const [failedIds, sparedIds] = [new Set(failed.map(({ id }) => id)), new Set(spared.map(({ id }) => id))];
  const near = input.focus === undefined ? null : around(whole.graph, named(input.focus).id, input);
  const shown = [...numbered.values()].filter(({ id }) => near === null || near.has(id));
  const groupOf = groupsOf(input.by, whole, teams);
  const groups = new Map(shown.map((row) => [row.id, groupOf(row)]));
  const keyOf = (row: WholeRow) => (groups.get(row.id) ?? groupOf(row)).key;
  const outcome = outcomeOf(whole, { failed: [...failedIds], spared: [...sparedIds] }, keyOf);
  const fateOf = ({ id }: WholeRow): MapNode['falls'] => (sparedIds.has(id) ? 'spared' : failedIds.has(id) ? 'failed' : (outcome.fates.get(id) ?? null));
  const clusters = clustersOf(shown, input, { groups, fateOf });
  const open = new Set(clusters.filter(({ isOpen }) => isOpen).map(({ key }) => key));
  const inside = shown.filter((row) => open.has(keyOf(row))).toSorted((a, b) => urgency(fateOf(b)) - urgency(fateOf(a)) || byWeight(a, b));
  const drawn = inside.slice(0, NODES_MOST);
  const anchors = new Map(drawn.map(({ id, number }) => [id, number]));
  for (const row of shown) if (!open.has(keyOf(row))) anchors.set(row.id, keyOf(row));
  const edges = edgesBetween(whole.graph, anchors);
  const services = shown.filter(({ kind }) => kind === 'service').length;
  return {
    shown,
    clusters,
    nodes: drawn.map((row) => ({ row, group: keyOf(row), falls: fateOf(row), why: outcome.why(row.id) })),
    edges: edges.slice(0, EDGES_MOST),
    moreCount: inside.length - drawn.length,
    moreEdges: Math.max(0, edges.length - EDGES_MOST),
    total: { services, components: shown.length - services, edges: countAmong(whole.graph, groups) },
    hiddenCount: near === null ? whole.rows.size - numbered.size : [...near].filter((id) => !whole.sees(id)).length,
    falls: outcome,
    failed,
    spared,
  };
}

/** What is marked or falls is drawn before the rest when not everything can be. */
function urgency(fate: MapNode['falls']): number {
  return fate === 'failed' || fate === 'spared' ? 3 : fate === 'down' ? 2 : fate === null ? 0 : 1;
}

type Assigned = { readonly groups: ReadonlyMap<string, Group>; readonly fateOf: (row: WholeRow) => MapNode['falls'] };

function clustersOf(shown: readonly WholeRow[], { by, open }: Input, { groups, fateOf }: Assigned): Cluster[] {
  const asked = new Set(open);
  const allOpen = by === 'none' || (open === undefined && shown.length <= NODES_MOST);
  const found = [...Map.groupBy(shown, ({ id }) => groups.get(id)!.key).values()].map((rows): Cluster => {
    const group = groups.get(rows[0]!.id)!;
    const falls = noFalls();
    let failedCount = 0;
    for (const fate of rows.map(fateOf)) {
      if (fate === 'failed') failedCount += 1;
      else if (fate !== null && fate !== 'spared') falls[fate] += 1;
    }
    return { ...group, isOpen: allOpen || asked.has(group.key), rows, failedCount, falls };
  });
  return found.toSorted((a, b) => a.rank - b.rank || a.label.localeCompare(b.label));
}

/** One line for all dependencies between the same two things drawn, the strongest impact of them; lines that stand for most first. */
function edgesBetween(graph: Graph, anchors: ReadonlyMap<string, string>): MapEdge[] {
  const found = new Map<string, MapEdge>();
  for (const { providerId, consumerId, impact, group } of graph.edges()) {
    const [from, to] = [anchors.get(providerId), anchors.get(consumerId)];
    if (from === undefined || to === undefined || from === to) continue;
    const known = found.get(`${from} ${to}`);
    if (!known) {
      found.set(`${from} ${to}`, { from, to, impact, count: 1, redundancy: group });
      continue;
    }
    known.count += 1;
    known.redundancy = '';
    if (STRENGTH.indexOf(impact) > STRENGTH.indexOf(known.impact)) known.impact = impact;
  }
  return [...found.values()].toSorted((a, b) => b.count - a.count || (a.from < b.from || (a.from === b.from && a.to < b.to) ? -1 : 1));
}

function countAmong(graph: Graph, among: ReadonlyMap<string, unknown>): number {
  let count = 0;
  for (const { providerId, consumerId } of graph.edges()) if (among.has(providerId) && among.has(consumerId)) count += 1;
  return count;
}
