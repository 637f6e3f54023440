import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { burnsOf, LOOK_BACKS, SILENT_AFTER, verdictOf, worstOf, type Burn, type Verdict } from './rules/index.ts';
import * as store from './store.ts';

/** Everything that the rules say of an objective now. */
export interface Standing {
  readonly burns: readonly Burn[];
  readonly verdict: Verdict;
  readonly sums: store.Sums;
}

export const LENGTHS: readonly number[] = [...new Set([...LOOK_BACKS, SILENT_AFTER])];

export function standingOf(slo: Pick<store.StoredSlo, 'windowDays' | 'objective' | 'trouble'>, sums: store.Sums, firing: ReadonlySet<string>): Standing {
  const target = { days: slo.windowDays, objective: slo.objective };
  const burns = burnsOf(sums.last, target, firing);
  return { burns, sums, verdict: verdictOf({ target, window: sums.window, latest: sums.last(SILENT_AFTER), burns, trouble: slo.trouble }) };
}

/**
 * Brings state and burn alerts to what has been counted, and tells the log when the worst of them has changed. The data of
 * `slo.burning` is what subscribers may rely on: `severity`, `sentence`, `serviceId`, and `window`, the rule that tells it.
 */
export async function settle(ctx: Write, slo: store.StoredSlo): Promise<void> {
  const before = (await store.firing(ctx.db, [slo.id])).get(slo.id) ?? new Set<string>();
  const sums = (await store.sums(ctx.db, [slo.id], LENGTHS)).get(slo.id);
  if (!sums) return;
  const { burns, verdict } = standingOf(slo, sums, before);
  const worst = worstOf(burns);
  const worstBefore = worstOf(burns.map((one) => ({ ...one, fires: before.has(one.rule.id) })));
  await store.tables(ctx.db).updateTable('slosSlo').set({ state: verdict.state, sentence: verdict.sentence }).where('id', '=', slo.id).execute();
  const at = iso(ctx.now);
  for (const { rule, fires } of burns) {
    if (fires && !before.has(rule.id))
      await store.tables(ctx.db).insertInto('slosBurn').values({ sloId: slo.id, rule: rule.id, severity: rule.severity, since: at, until: null }).execute();
    if (!fires && before.has(rule.id))
      await store.tables(ctx.db).updateTable('slosBurn').set({ until: at }).where('sloId', '=', slo.id).where('rule', '=', rule.id).where('until', 'is', null).execute();
  }
  if (worst?.rule.severity === worstBefore?.rule.severity) return;
  await ctx.as(SYSTEM).record({
    record: slo.id,
    did: worst ? 'slo.burning' : 'slo.calm',
    data: { serviceId: slo.serviceId, sentence: verdict.sentence, severity: worst?.rule.severity ?? null, window: worst?.rule.id ?? null },
  });
}

/** Ends what fires: the objective is no longer counted, or counted anew. */
export async function calm(ctx: Write, slo: Pick<store.StoredSlo, 'id' | 'serviceId'>): Promise<void> {
  const fires = await store
    .tables(ctx.db)
    .updateTable('slosBurn')
    .set({ until: iso(ctx.now) })
    .where('sloId', '=', slo.id)
    .where('until', 'is', null)
    .returning('rule')
    .execute();
  if (fires.length === 0) return;
  await ctx
    .as(SYSTEM)
    .record({ record: slo.id, did: 'slo.calm', data: { serviceId: slo.serviceId, sentence: 'It is no longer counted like this.', severity: null, window: null } });
}
