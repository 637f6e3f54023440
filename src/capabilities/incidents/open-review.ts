import { addWorkingDays, today } from '#capabilities/followups/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import type { Write } from '#kernel/desk.ts';
import { addDays } from '#kernel/zoned.ts';
import * as store from './store/incidents.ts';

/** Three calendar days after a SEV1, five working days after others (PagerDuty response guide). */
export function reviewDueOn(severity: string, now: number): string {
  return severity === 'SEV1' ? addDays(today(now), 3) : addWorkingDays(today(now), 5);
}

/** Opens the review of an incident as a draft; its owner is the commander, else whoever asked. It is restricted when the incident is. */
export async function openReview(ctx: Write, row: store.IncidentRow): Promise<void> {
  const ownerId = row.commanderId ?? ctx.actor.id;
  const dueOn = reviewDueOn(row.severity, ctx.now);
  const restricted = row.visibility === 'restricted';
  const { id, number } = await ctx.open({
    kind: 'review',
    title: `Review of ${row.title}`,
    ownerId,
    teamId: row.teamId,
    did: 'review.opened',
    data: { incident: row.id, severity: row.severity, service: row.serviceId, dueOn },
    ...(restricted ? { restricted: true as const } : {}),
  });
  await store.tables(ctx.db).insertInto('incidentsReview').values({ id, incidentId: row.id, state: 'draft', dueOn, finishedAt: null, noActionReason: '' }).execute();
  if (restricted)
    await store.addReaders(
      ctx.db,
      [id],
      (await store.readersOf(ctx.db, row.id)).map((r) => r.readerId),
    );
  await ctx.link(id, 'about', row.id);
  if (ownerId && ownerId !== ctx.actor.id)
    await tell(ctx, { personId: ownerId, about: id, title: `Review for you: ${row.title}`, text: `${number} is yours and due on ${dueOn}.` });
}
