import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { askLater, cancelReminders } from './reminders.ts';
import * as store from './store.ts';

export interface Closing {
  readonly state: 'done' | 'dropped';
  readonly reason: string;
  readonly evidence: string;
}

/** Ends an action; the caller has locked it and knows that it is open. */
export async function closeAction(ctx: Write, row: store.ActionRow, { state, reason, evidence }: Closing): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('followupsAction')
    .set({ state, reason, evidence, closedAt: iso(ctx.now) })
    .where('id', '=', row.id)
    .execute();
  await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
  await ctx.record({ record: row.id, did: state === 'done' ? 'action.completed' : 'action.dropped', data: { dueOn: row.dueOn, kind: row.kind, factor: row.factor } });
  await cancelReminders(ctx, row.id);
  if (state === 'done') await askLater(ctx, row.id);
}
