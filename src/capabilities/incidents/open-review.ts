import { addWorkingDays, today } from '#capabilities/followups/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import type { Write } from '#kernel/desk.ts';
import { addDays } from '#kernel/zoned.ts';
import type { Severity } from './contract/shapes.ts';
import { planReview } from './reviews/reminders.ts';
import * as store from './store/incidents.ts';

const WORKING_DAYS: Readonly<Record<Exclude<Severity, 'SEV1'>, number>> = { SEV2: 5, SEV3: 10, SEV4: 15 };

/** Three calendar days after a SEV1, five working days after a SEV2 (PagerDuty response guide), more after what hurt less. */
export function reviewDueOn(severity: Severity, now: number): string {
  return severity === 'SEV1' ? addDays(today(now), 3) : addWorkingDays(today(now), WORKING_DAYS[severity]);
}

/** Opens the review of an incident as a draft. Its owner is whom the commander named, else the commander, else whoever asked. It is restricted when the incident is. */
export async function openReview(ctx: Write, row: store.IncidentRow, named?: string): Promise<void> {
  const ownerId = named ?? row.commanderId ?? ctx.actor.id;
  const dueOn = reviewDueOn(row.severity, ctx.now);
  const restricted = row.visibility === 'restricted';
  const { id, number } = await ctx.open({
    kind: 'review',
    title: `Review of ${row.title}`,
    ownerId,
    teamId: row.teamId,
    did: 'review.opened',
    data: { incident: row.id, severity: row.severity, service: row.serviceId, team: row.teamId, dueOn, ...(row.practice && { practice: true }) },
    ...(restricted ? { restricted: true as const } : {}),
  });
  await store
    .tables(ctx.db)
    .insertInto('incidentsReview')
    .values({ id, incidentId: row.id, state: 'draft', dueOn, reviewedAt: null, finishedAt: null, noActionReason: '' })
    .execute();
  if (restricted) await store.addReaders(ctx.db, [id], [...new Set([...(await store.readersOf(ctx.db, row.id)).map((r) => r.readerId), ...(ownerId ? [ownerId] : [])])]);
  await ctx.link(id, 'about', row.id);
  await planReview(ctx, { id, ownerId, teamId: row.teamId, dueOn });
  if (ownerId && ownerId !== ctx.actor.id)
    await tell(ctx, { personId: ownerId, about: id, title: `Review for you: ${row.title}`, text: `${number} is yours and due on ${dueOn}.` });
}
