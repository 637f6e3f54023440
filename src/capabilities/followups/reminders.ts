import { peopleByIds } from '#capabilities/people/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { isOverdue, nextLateAt, remindersOf } from './rules.ts';
import * as store from './store.ts';

interface Planned {
  readonly id: string;
  readonly ownerId: string | null;
  readonly dueOn: string | null;
}

/** Sets or takes back the two reminders of an action; called after every change of owner, day or state. */
export async function planReminders(ctx: Write, action: Planned): Promise<void> {
  await ctx.cancel(`followups:soon:${action.id}`);
  await ctx.cancel(`followups:late:${action.id}`);
  if (action.ownerId === null || action.dueOn === null) return;
  const owner = (await peopleByIds(ctx.db, [action.ownerId])).get(action.ownerId);
  if (!owner) return;
  const { soonAt, lateAt } = remindersOf(action.dueOn, owner.zone);
  const payload = { action: action.id, dueOn: action.dueOn };
  if (soonAt > ctx.now) await ctx.enqueue('followups.soon', payload, { key: `followups:soon:${action.id}`, runAt: soonAt });
  await ctx.enqueue('followups.late', payload, { key: `followups:late:${action.id}`, runAt: Math.max(lateAt, ctx.now) });
}

export async function cancelReminders(ctx: Write, id: string): Promise<void> {
  await ctx.cancel(`followups:soon:${id}`);
  await ctx.cancel(`followups:late:${id}`);
}

/** The action if the job still applies: open, with the day the job was made for. */
async function stillDue(ctx: Write, payload: { action: string; dueOn: string }): Promise<store.ActionRow | undefined> {
  const locked = await store.lock(ctx.db, payload.action);
  if (locked?.state !== 'open' || locked.dueOn !== payload.dueOn) return undefined;
  return store.byId(ctx.db, SYSTEM, payload.action);
}

export function remindSoon(job: Job): Promise<void> {
  return job.write(async (ctx) => {
    const action = await stillDue(ctx, job.payload);
    if (!action?.ownerId) return;
    await tell(ctx, {
      personId: action.ownerId,
      about: action.id,
      topic: `action ${action.id}`,
      title: `Due ${action.dueOn}: ${action.title}`,
      text: `${action.number} is yours and due on ${action.dueOn}. Complete it, give it another day, or drop it with a reason.`,
    });
    await ctx.record({ record: action.id, did: 'action.reminded', data: { dueOn: action.dueOn } });
  });
}

export function remindLate(job: Job): Promise<void> {
  return job.write(async (ctx) => {
    const action = await stillDue(ctx, job.payload);
    if (!action?.ownerId || !isOverdue(action, ctx.now)) return;
    await tell(ctx, {
      personId: action.ownerId,
      about: action.id,
      topic: `action ${action.id}`,
      title: `Overdue: ${action.title}`,
      text: `${action.number} was due on ${action.dueOn}. Complete it, give it another day, or drop it with a reason.`,
    });
    await ctx.record({ record: action.id, did: 'action.overdue', data: { dueOn: action.dueOn } });
    await ctx.enqueue('followups.late', job.payload, { key: `followups:late:${action.id}`, runAt: nextLateAt(ctx.now) });
  });
}
