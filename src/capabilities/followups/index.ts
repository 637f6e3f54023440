import type { LogEntry, Read, Write } from '#kernel/desk.ts';
import { module } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { actions } from './actions.ts';
import { followups, type FollowUp } from './contract.ts';
import { createAction, shownActions } from './create.ts';
import { lookAtIssues, makeIssue } from './issues.ts';
import { askWhetherItHelped, remindLate, remindSoon } from './reminders.ts';
import { addWorkingDays, today } from './rules.ts';
import * as store from './store.ts';

export { createAction, personIdOf, teamIdOf } from './create.ts';
export { factorCameBack } from './recurring.ts';
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

/** Working days within which what asks for an action, and wakes nobody, is to be looked at. */
const TICKET_DAYS = 3;

/** A rule sent an alert here instead of waking somebody. */
async function actionFromAlert(ctx: Write, { recordId }: LogEntry): Promise<void> {
  const alert = recordId === null ? undefined : (await refsOf(ctx.db, SYSTEM, [recordId])).get(recordId);
  if (!alert || (await store.list(ctx.db, SYSTEM, { aboutIds: [alert.id], limit: 1 })).length > 0) return;
  const dueOn = addWorkingDays(today(ctx.now), TICKET_DAYS);
  await createAction(ctx, {
    title: alert.title,
    detail: `${alert.number} asks for it: a rule says that this alert needs an action and wakes nobody.`,
    aboutId: alert.id,
    ownerId: null,
    teamId: await store.teamOf(ctx.db, alert.id),
    dueOn,
    priority: 'normal',
    kind: 'mitigate',
  });
}

export default module({
  contract: followups,
  actions,
  jobs: {
    on: { 'alert.ticketed': actionFromAlert },
    tasks: {
      'followups.soon': remindSoon,
      'followups.late': remindLate,
      'followups.ask': askWhetherItHelped,
      'followups.makeIssue': makeIssue,
      'followups.lookAtIssues': lookAtIssues,
    },
    every: { 'followups.lookAtIssues': '*/10 * * * *' },
  },
});
