import { remindersOf } from '#capabilities/followups/rules.ts';
import { tell } from '#capabilities/notify/index.ts';
import { leadsOf, peopleByIds } from '#capabilities/people/index.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import * as reviews from '../store/reviews.ts';

interface Planned {
  readonly id: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly dueOn: string;
}

/** Sets the two reminders of a review anew: the working day before it is due, and the day after. */
export async function planReview(ctx: Write, { id, ownerId, dueOn }: Planned): Promise<void> {
  const owner = ownerId === null ? undefined : (await peopleByIds(ctx.db, [ownerId])).get(ownerId);
  const { soonAt, lateAt } = remindersOf(dueOn, owner?.zone ?? 'UTC');
  await ctx.cancel(`incidents:review-soon:${id}`);
  if (soonAt > ctx.now) await ctx.enqueue('incidents.reviewSoon', { review: id, dueOn }, { key: `incidents:review-soon:${id}`, runAt: soonAt });
  await ctx.enqueue('incidents.reviewLate', { review: id, dueOn }, { key: `incidents:review-late:${id}`, runAt: Math.max(lateAt, ctx.now) });
}

/** The review if the job still applies: not closed, with the day the job was made for. */
async function waiting(ctx: Write, job: Job): Promise<reviews.ReviewRow | undefined> {
  const { review, dueOn } = job.payload as { review: string; dueOn: string };
  const row = await reviews.byId(ctx.db, SYSTEM, review);
  return row && row.state !== 'closed' && row.dueOn === dueOn ? row : undefined;
}

export function reviewSoon(job: Job): Promise<void> {
  return job.write(async (ctx) => {
    const row = await waiting(ctx, job);
    if (!row?.ownerId) return;
    await tell(ctx, {
      personId: row.ownerId,
      about: row.id,
      topic: `review ${row.id}`,
      title: `Review due ${row.dueOn}: ${row.number}`,
      text: `${row.number} is yours and due on ${row.dueOn}. It is ${row.state === 'draft' ? 'a draft' : row.state}.`,
    });
    await ctx.record({ record: row.id, did: 'review.due', data: { dueOn: row.dueOn } });
  });
}

export function reviewLate(job: Job): Promise<void> {
  return job.write(async (ctx) => {
    const row = await waiting(ctx, job);
    if (!row) return;
    const leads = row.teamId === null || row.visibility === 'restricted' ? [] : (await leadsOf(ctx.db, row.teamId)).map(({ id }) => id);
    for (const personId of new Set([...(row.ownerId ? [row.ownerId] : []), ...leads])) {
      const text = `${row.number} was due on ${row.dueOn} and is ${row.state === 'draft' ? 'a draft' : row.state}. Close it, or give it another day.`;
      await tell(ctx, { personId, about: row.id, topic: `review ${row.id}`, title: `Review overdue: ${row.number}`, text });
    }
    await ctx.record({ record: row.id, did: 'review.overdue', data: { dueOn: row.dueOn } });
  });
}
