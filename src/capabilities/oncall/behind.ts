import { membersOf, peopleByIds } from '#capabilities/people/index.ts';
import { onDutyIn } from '#capabilities/rotas/index.ts';
import type { Db } from '#kernel/database.ts';
import type { Target } from './rules/escalation.ts';

export interface Found {
  readonly personId: string;
  readonly rotaName: string | null;
  readonly layerName: string | null;
  readonly teamName: string | null;
  readonly overridden: string | null;
}

/**
 * Who is behind each target now. People who left or are unknown are nobody: a rota that names only them counts as a
 * gap, never as covered.
 */
export async function whoIsBehind(db: Db, targets: readonly Target[], now: number): Promise<(target: Target) => readonly Found[]> {
  const rotaIds = targets.filter((t) => t.kind === 'rota').map((t) => t.id);
  const answers = new Map<string, Found[]>();
  for (const [id, people] of await onDutyIn(db, rotaIds, now))
    answers.set(
      id,
      people.map((one) => ({ ...one, teamName: null, overridden: one.overridden ? 'override' : null })),
    );
  for (const target of targets) {
    if (target.kind === 'person') answers.set(target.id, [{ personId: target.id, rotaName: null, layerName: null, teamName: null, overridden: null }]);
    if (target.kind === 'team') {
      const members = await membersOf(db, target.id);
      answers.set(
        target.id,
        members.map((m) => ({ personId: m.id, rotaName: null, layerName: null, teamName: '', overridden: null })),
      );
    }
  }
  const known = await peopleByIds(
    db,
    [...answers.values()].flat().map((f) => f.personId),
  );
  return (target) => (answers.get(target.id) ?? []).filter((f) => known.get(f.personId)?.active === true);
}
