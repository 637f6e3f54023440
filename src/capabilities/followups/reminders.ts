import { leadsOf, peopleByIds } from '#capabilities/people/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { askedAt, isOverdue, nextLateAt, remindersOf } from './rules.ts';
import * as store from './store.ts';

interface Planned {
  readonly id: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly dueOn: string | null;
}

/** Sets or takes back the two reminders of an action; called after every change of owner, day or state. */
export async function planReminders(ctx: Write, action: Planned): Promise<void> {
  await ctx.cancel(`followups:soon:${action.id}`);
  await ctx.cancel(`followups:late:${action.id}`);
  if ((action.ownerId === null && action.teamId === null) || action.dueOn === null) return;
  const owner = action.ownerId === null ? undefined : (await peopleByIds(ctx.db, [action.ownerId])).get(action.ownerId);
  const { soonAt, lateAt } = remindersOf(action.dueOn, owner?.zone ?? 'UTC');
  const payload = { action: action.id, dueOn: action.dueOn };
  if (owner && soonAt > ctx.now) await ctx.enqueue('followups.soon', payload, { key: `followups:soon:${action.id}`, runAt: soonAt });
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
    if (!action || !isOverdue(action, ctx.now)) return;
    const what = { about: action.id, topic: `action ${action.id}`, title: `Overdue: ${action.title}` };
    const due = `${action.number} was due on ${action.dueOn}.`;
    if (action.ownerId) await tell(ctx, { ...what, personId: action.ownerId, text: `${due} Complete it, give it another day, or drop it with a reason.` });
    const leads = action.teamId === null ? [] : await leadsOf(ctx.db, action.teamId);
    const whose = action.ownerId ? 'Its owner was told too.' : 'Nobody owns it: give it to somebody, or drop it with a reason.';
    for (const lead of leads.filter(({ id }) => id !== action.ownerId)) await tell(ctx, { ...what, personId: lead.id, text: `${due} It belongs to your team. ${whose}` });
    await ctx.record({ record: action.id, did: 'action.overdue', data: { dueOn: action.dueOn } });
    await ctx.enqueue('followups.late', job.payload, { key: `followups:late:${action.id}`, runAt: nextLateAt(ctx.now) });
  });
}

/** Plans the question whether a done action helped. */
export async function askLater(ctx: Write, id: string): Promise<void> {
  await ctx.enqueue('followups.ask', { action: id }, { key: `followups:ask:${id}`, runAt: askedAt(ctx.now) });
}

export function askWhetherItHelped(job: Job): Promise<void> {
  return job.write(async (ctx) => {
    const { action: id } = job.payload as { action: string };
    const action = await store.byId(ctx.db, SYSTEM, id);
    if (!action?.ownerId || action.state !== 'done' || action.helped !== 'open') return;
    await tell(ctx, {
      personId: action.ownerId,
      about: action.id,
      topic: `action ${action.id}`,
      title: `Did it help? ${action.title}`,
      text: `${action.number} has been done for four weeks. Say on its page whether it helped.`,
    });
    await ctx.record({ record: action.id, did: 'action.reminded', data: { question: 'helped' } });
  });
}
