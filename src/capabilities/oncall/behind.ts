import { membersOfTeams, peopleByIds } from '#capabilities/people/index.ts';
import { onDutyIn, shadowsIn } from '#capabilities/rotas/index.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Target } from './rules/escalation.ts';

export interface Found {
  readonly personId: string;
  readonly rotaName: string | null;
  readonly layerName: string | null;
  readonly teamName: string | null;
  readonly overridden: string | null;
}

export interface Behind {
  readonly of: (target: Target) => readonly Found[];
  /** Who is told beside those on call in a rota, never instead. */
  readonly shadows: (target: Target) => readonly Found[];
}

const idsOf = (targets: readonly Target[], kind: Target['kind']) => [...new Set(targets.filter((t) => t.kind === kind).map((t) => t.id))];

/**
 * Who is behind each target now, in a fixed number of queries. People who left or are unknown are nobody: a rota that
 * names only them counts as a gap, never as covered. Behind a channel is nobody: it is told, and cannot answer.
 */
export async function whoIsBehind(db: Db, targets: readonly Target[], now: number): Promise<Behind> {
  const [rotaIds, teamIds] = [idsOf(targets, 'rota'), idsOf(targets, 'team')];
  const found = new Map<string, readonly Found[]>(
    idsOf(targets, 'person').map((id) => [id, [{ personId: id, rotaName: null, layerName: null, teamName: null, overridden: null }]]),
  );
  const beside = new Map<string, readonly Found[]>();
  const ofRota = (one: { personId: string; rotaName: string; layerName: string | null; overridden: boolean }): Found => ({
    ...one,
    teamName: null,
    overridden: one.overridden ? 'override' : null,
  });
  if (rotaIds.length > 0) {
    for (const [id, people] of await onDutyIn(db, rotaIds, now)) found.set(id, people.map(ofRota));
    for (const [id, people] of await shadowsIn(db, rotaIds, now)) beside.set(id, people.map(ofRota));
  }
  if (teamIds.length > 0) {
    const teams = await refsOf(db, SYSTEM, teamIds);
    for (const [id, members] of await membersOfTeams(db, teamIds))
      found.set(
        id,
        members.map((m) => ({ personId: m.id, rotaName: null, layerName: null, teamName: teams.get(id)?.title ?? '', overridden: null })),
      );
  }
  const known = await peopleByIds(
    db,
    [...found.values(), ...beside.values()].flat().map((f) => f.personId),
  );
  const there = (list: readonly Found[] | undefined) => (list ?? []).filter((f) => known.get(f.personId)?.active === true);
  return { of: (target) => there(found.get(target.id)), shadows: (target) => there(beside.get(target.id)) };
}
