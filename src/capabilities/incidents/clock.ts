import { tellAdmins } from '#capabilities/oncall/index.ts';
import { tell } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { cadenceOf, updateDueAt } from './rules.ts';
import * as store from './store/incidents.ts';

/** After so many words about one missed update the desk is silent; Watch still shows it. */
const NUDGES = 3;

/** Computes when the next update is due, keeps it, and sets (or takes back) the job that looks then. */
export async function setClock(ctx: Write, incidentId: string): Promise<void> {
  const incident = await store.lock(ctx.db, incidentId);
  if (!incident) return;
  const due = updateDueAt(incident);
  await store
    .tables(ctx.db)
    .updateTable('incidentsIncident')
    .set({ updateDueAt: due === null ? null : iso(due) })
    .where('id', '=', incidentId)
    .execute();
  const key = `incidents:update:${incidentId}`;
  if (due === null) await ctx.cancel(key);
  else await ctx.enqueue('incidents.updateDue', { incident: incidentId, dueAt: iso(due), nudge: 1 }, { key, runAt: Math.max(due, ctx.now) });
}

/** Runs when an update is due: writes it into the timeline and tells who should write it. Does nothing when one was posted meanwhile. */
export function updateDue(job: Job): Promise<void> {
  const { incident: id, dueAt, nudge } = job.payload as { incident: string; dueAt: string; nudge: number };
  return job.write(async (ctx) => {
    const incident = await store.lock(ctx.db, id);
    if (!incident || incident.stage === 'resolved' || incident.updateDueAt !== dueAt) return;
    const [row] = await store.byIds(ctx.db, SYSTEM, [id]);
    if (!row) return;
    await ctx.record({ record: id, did: 'incident.updateOverdue', data: { dueAt, severity: incident.severity, service: incident.serviceId } });
    const teller = incident.communicationId ?? incident.commanderId;
    const what = {
      about: id,
      topic: `update ${id}`,
      title: `${row.number} ${row.severity}: an update is due`,
      text: `${row.title}: no update since ${incident.updatedAt ?? incident.declaredAt}. Post one, also when there is no news.`,
    };
    for (const personId of new Set([teller, incident.commanderId])) if (personId) await tell(ctx, { personId, ...what });
    if (teller === null && !incident.practice) await tellAdmins(ctx, what);
    const cadence = cadenceOf(incident.severity, incident.everyMinutes);
    if (nudge < NUDGES && cadence !== null) {
      await ctx.enqueue('incidents.updateDue', { incident: id, dueAt, nudge: nudge + 1 }, { key: `incidents:update:${id}`, runAt: ctx.now + cadence * 60_000 });
    }
  });
}
