import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actions } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import type { catalog } from '../contract/index.ts';
import { wholeOf, type Whole } from '../graph.ts';
import { HIDDEN, commonCauses, failingPairs, impactSentence, outageOf, reasonSentence, type Fallen, type Reason } from '../rules/index.ts';
import type { WholeRow } from '../store/whole.ts';
import { redundanciesOf } from '../store/index.ts';
import { sweptPoints } from '../sweep.ts';
import { inCatalog } from './neighbourhood.ts';

const REACHED_MOST = 100;
const LIST_MOST = 100;

export const outageActions: Pick<Actions<typeof catalog>, 'impact' | 'resilience' | 'singlePoints'> = {
  async impact(ctx, { failed, spared = [], at }) {
    const whole = await wholeOf(ctx, at);
    const [sources, barriers] = [failed, spared].map((numbers) => numbers.map((number) => named(whole, number))) as [WholeRow[], WholeRow[]];
    const outage = outageOf(
      whole.graph,
      sources.map(({ id }) => id),
      barriers.map(({ id }) => id),
    );
    const count = { down: 0, degraded: 0, reduced: 0, hidden: 0 };
    const worst = new Worst(REACHED_MOST);
    for (const fallen of outage.reached()) {
      count[fallen.becomes === 'down' ? 'down' : fallen.reduced ? 'reduced' : 'degraded'] += 1;
      if (whole.sees(fallen.id)) worst.offer(fallen, () => whole.rows.get(fallen.id)!);
      else count.hidden += 1;
    }
    const { down, degraded, reduced, hidden } = count;
    return {
      failed: sources.map(refOfRow),
      sentence: impactSentence(sources.length === 1 ? sources[0]!.title : `these ${sources.length}`, count),
      down,
      degraded,
      reduced,
      hiddenCount: hidden,
      reached: worst.all().map(({ id, becomes, reduced: isReduced, hops, row }) => ({
        record: refOfRow(row),
        tier: row.tier,
        usersAffected: row.usersAffected,
        becomes,
        reduced: isReduced,
        hops,
        why: whyOf(outage.why(id)!, whole),
        path: outage.path(id).map((one) => seenRef(whole, one)),
      })),
      moreCount: outage.size - hidden - worst.all().length,
    };
  },

  async resilience(ctx, { number }) {
    const { id } = await inCatalog(ctx, number);
    const groups = await redundanciesOf(ctx.db, [id]);
    const whole = await wholeOf(ctx);
    if (!whole.rows.has(id)) return { groups, shared: [], single: [], singleCount: 0, pairs: [], pairCount: 0, pairsComplete: true };
    const ref = (one: string) => seenRef(whole, one);
    const shared = [...commonCauses(whole.graph, id)].flatMap(({ group, causes }) => causes.map((cause) => ({ ...cause, group })));
    const sweep = failingPairs(whole.graph, id);
    const pairs: (readonly [string, string])[] = [];
    let step = sweep.next();
    for (; !step.done; step = sweep.next()) pairs.push(...step.value);
    const { singles, hops, cut } = step.value;
    return {
      groups,
      shared: shared.map(({ id: cause, group, members, breaks, hops }) => ({
        record: ref(cause),
        group,
        members: members.map(ref),
        breaks,
        hops,
        sentence: sharedSentence({ cause: nameOf(whole, cause), group, members: members.length, breaks }),
      })),
      single: singles
        .map((one, i) => ({ record: ref(one), hops: hops[i]! }))
        .toSorted((a, b) => a.hops - b.hops)
        .slice(0, LIST_MOST),
      singleCount: singles.length,
      pairs: pairs.slice(0, LIST_MOST).map(([a, b]): [Ref | null, Ref | null] => [ref(a), ref(b)]),
      pairCount: pairs.length,
      pairsComplete: !cut,
    };
  },

  async singlePoints(ctx, { limit }) {
    const whole = await wholeOf(ctx);
    const { points, sweptAt } = await sweptPoints(ctx.desk, whole.graph);
    const seen = points.flatMap((point) => {
      const row = whole.rows.get(point.id);
      return row && whole.sees(point.id) ? [{ point, row }] : [];
    });
    return {
      items: seen.slice(0, limit).map(({ row, point: { score, down, degraded, reduced } }) => ({ record: refOfRow(row), score, down, degraded, reduced })),
      sweptAt: sweptAt === null ? null : iso(sweptAt),
      nodes: whole.graph.nodeCount,
      hiddenCount: points.length - seen.length,
    };
  },
};

const refOfRow = ({ id, kind, number, title }: WholeRow): Ref => ({ id, kind, number, title });

function seenRef(whole: Whole, id: string): Ref | null {
  const row = whole.sees(id) ? whole.rows.get(id) : undefined;
  return row ? refOfRow(row) : null;
}

function nameOf(whole: Whole, id: string): string {
  return seenRef(whole, id)?.title ?? HIDDEN;
}

/** The record that a person names; one that they may not see does not exist for them. */
function named(whole: Whole, number: string): WholeRow {
  const row = whole.numbered(number);
  if (!row || !whole.sees(row.id)) throw missing(number);
  return row;
}

function whyOf(reason: Reason, whole: Whole) {
  const { kind, group, of, redundancy, lost } = reason;
  return {
    kind,
    group,
    of,
    minUp: redundancy?.minUp ?? null,
    unit: redundancy?.unit ?? null,
    lost: lost.map((one) => seenRef(whole, one)),
    sentence: reasonSentence(reason, (one) => nameOf(whole, one)),
  };
}

interface Shown extends Fallen {
  readonly row: WholeRow;
}

/** The worst few of many, in order; each of the others costs one comparison. */
class Worst {
  readonly #most: number;
  readonly #kept: Shown[] = [];
  constructor(most: number) {
    this.#most = most;
  }
  offer(fallen: Fallen, rowOf: () => WholeRow): void {
    if (this.#kept.length === this.#most && weight(fallen, this.#kept[this.#most - 1]!) > 0) return;
    const row = rowOf();
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(fallen, row, this.#kept[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    this.#kept.splice(low, 0, { ...fallen, row });
    if (this.#kept.length > this.#most) this.#kept.pop();
  }
  all(): readonly Shown[] {
    return this.#kept;
  }
}

const harm = ({ becomes, reduced }: Fallen): number => (becomes === 'down' ? 0 : reduced ? 2 : 1);

/** Down before degraded before reduced, services before components, by tier, by how many people notice, the nearest first. */
function weight(one: Fallen, than: Fallen): number {
  return harm(one) - harm(than) || (one.node.tier ?? 9) - (than.node.tier ?? 9) || than.node.users - one.node.users || one.hops - than.hops;
}

function order(fallen: Fallen, row: WholeRow, than: Shown): number {
  return weight(fallen, than) || (row.title < than.row.title ? -1 : row.title > than.row.title ? 1 : 0);
}

function sharedSentence({ cause, group, members, breaks }: { cause: string; group: string; members: number; breaks: boolean }): string {
  const what = `${members} members of the group ${group} rest on ${cause}`;
  return breaks ? `${what}: when it fails, the group is broken.` : `${what}: when it fails, they fail together.`;
}
