import type { MapFall } from '../../contract/map.ts';
import type { Whole } from '../../graph.ts';
import { HIDDEN, outageOf, reasonSentence } from '../../rules/index.ts';
import type { WholeRow } from '../../store/whole.ts';

const LIST_MOST = 300;
type Fate = MapFall['becomes'];
const WORST_FIRST: readonly Fate[] = ['down', 'degraded', 'reduced'];
export const noFalls = (): Record<Fate, number> => ({ down: 0, degraded: 0, reduced: 0 });

export interface Outcome {
  /** What becomes of each reached record, by id, whoever may see it. */
  readonly fates: ReadonlyMap<string, Fate>;
  readonly seen: Record<Fate, number>;
  readonly hidden: Record<Fate, number>;
  readonly list: readonly MapFall[];
  readonly moreCount: number;
  why(id: string): string | null;
}

/** What would fall, computed on everything and then told only of what the viewer may see. */
export function outcomeOf(
  { rows, graph, sees }: Whole,
  marks: { readonly failed: readonly string[]; readonly spared: readonly string[] },
  groupOf: (row: WholeRow) => string,
): Outcome {
  const outage = outageOf(graph, marks.failed, marks.spared);
  const seenRow = (id: string) => (sees(id) ? rows.get(id) : undefined);
  const why = (id: string) => {
    const reason = outage.why(id);
    return reason && reasonSentence(reason, (one) => seenRow(one)?.title ?? HIDDEN);
  };
  const [fates, seen, hidden] = [new Map<string, Fate>(), noFalls(), noFalls()];
  const shown: { readonly row: WholeRow; readonly becomes: Fate; readonly hops: number }[] = [];
  for (const { id, becomes, reduced, hops } of outage.reached()) {
    const fate = reduced ? 'reduced' : becomes;
    fates.set(id, fate);
    const row = seenRow(id);
    (row ? seen : hidden)[fate] += 1;
    if (row) shown.push({ row, becomes: fate, hops });
  }
  shown.sort((a, b) => WORST_FIRST.indexOf(a.becomes) - WORST_FIRST.indexOf(b.becomes) || byWeight(a.row, b.row));
  const list = shown.slice(0, LIST_MOST).map(({ row, becomes, hops }): MapFall => {
    const { id, number, kind, title: name, tier, type, usersAffected } = row;
    const path = outage.path(id).map((one) => {
      const step = seenRow(one);
      return step ? { number: step.number, name: step.title } : null;
    });
    return { number, kind, name, tier, type, usersAffected, group: groupOf(row), becomes, hops, why: why(id) ?? '', path };
  });
  return { fates, seen, hidden, list, moreCount: shown.length - list.length, why };
}

/** Services before components, by tier, then by how many people notice. */
export function byWeight(a: WholeRow, b: WholeRow): number {
  return (a.tier ?? 9) - (b.tier ?? 9) || (b.usersAffected ?? 0) - (a.usersAffected ?? 0) || (a.title < b.title || (a.title === b.title && a.id < b.id) ? -1 : 1);
}
