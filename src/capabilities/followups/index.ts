import type { Read, Write } from '#kernel/desk.ts';
import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { followups, type FollowUp } from './contract.ts';
import { shownActions } from './create.ts';
import { remindLate, remindSoon } from './reminders.ts';
import * as store from './store.ts';

export { createAction, personIdOf, teamIdOf } from './create.ts';
export { addWorkingDays, lackOf, today } from './rules.ts';

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

/** Actions that follow from any of these records, the earliest due first; at most 500. */
export async function actionsAbout(ctx: Seer, aboutIds: readonly string[]): Promise<readonly FollowUp[]> {
  if (aboutIds.length === 0) return [];
  return shownActions(ctx, await store.list(ctx.db, ctx.actor, { aboutIds, limit: 500 }));
}

/** Open actions due before a day: of a person or their teams when these are given, else of everybody. */
export async function actionsDue(ctx: Seer, what: { ownerId?: string | null; teamIds?: readonly string[]; before: string; limit: number }): Promise<readonly FollowUp[]> {
  return shownActions(ctx, await store.dueSoon(ctx.db, ctx.actor, what));
}

export default module({
  contract: followups,
  actions,
  jobs: { tasks: { 'followups.soon': remindSoon, 'followups.late': remindLate } },
});
