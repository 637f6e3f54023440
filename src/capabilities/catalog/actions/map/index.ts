import type { Ref } from '#kernel/contract.ts';
import type { Actions } from '#kernel/desk.ts';
import type { catalog, Health } from '../../contract/index.ts';
import { wholeOf } from '../../graph.ts';
import { factsOf, healthOf } from '../../health.ts';
import { UNWATCHED, worstOf, type HealthState } from '../../rules/index.ts';
import { firstRecordAt, teamsSeen } from '../../store/map.ts';
import type { WholeRow } from '../../store/whole.ts';
import { pictureOf } from './picture.ts';

const PAST = 'Health is known for the present only';

export const mapActions: Pick<Actions<typeof catalog>, 'map'> = {
  async map(ctx, input) {
    const teams = await teamsSeen(ctx.db, ctx.actor);
    const firstAt = await firstRecordAt(ctx.db, ctx.actor);
    const picture = pictureOf(await wholeOf(ctx, input.at), input, teams);
    const watched = input.at === undefined ? picture.shown.filter(({ kind }) => kind === 'service') : [];
    const facts = await factsOf(
      ctx,
      watched.map(({ id }) => id),
    );
    const unknown: Health = { state: 'unknown', words: input.at === undefined ? UNWATCHED : PAST, record: null };
    const stateOf = ({ id }: WholeRow): Health => (facts.get(id)?.length ? healthOf(facts.get(id)) : unknown);
    const { edges, moreCount, moreEdges, total, hiddenCount, falls } = picture;
    return {
      groups: picture.clusters.map(({ key, label, isOpen, rows, failedCount, falls: own }) => ({
        key,
        label,
        isOpen,
        nodeCount: rows.length,
        health: worstState(rows.map((row) => stateOf(row).state)),
        failedCount,
        falls: own,
      })),
      nodes: picture.nodes.map(({ row: { title: name, teamId, ...row }, ...node }) => ({
        ...row,
        ...node,
        name,
        team: teams.get(teamId ?? '') ?? null,
        health: stateOf({ ...row, title: name, teamId }),
      })),
      edges: [...edges],
      moreCount,
      moreEdges,
      total,
      hiddenCount,
      falls: { ...falls.seen, hidden: falls.hidden, list: [...falls.list], moreCount: falls.moreCount },
      marked: { failed: picture.failed.map(refOf), spared: picture.spared.map(refOf) },
      firstAt,
    };
  },
};

const refOf = ({ id, kind, number, title }: WholeRow): Ref => ({ id, kind, number, title });

function worstState(states: readonly HealthState[]): HealthState {
  return worstOf([...new Set(states)].map((state) => ({ state })))?.state ?? 'unknown';
}
