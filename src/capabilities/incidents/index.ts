import { registerFacts, registerHealth, type Fact } from '#capabilities/catalog/index.ts';
import type { LogEntry, Write } from '#kernel/desk.ts';
import { module } from '#kernel/desk.ts';
import { changedActions } from './actions/changed.ts';
import { findingActions } from './actions/findings.ts';
import { reviewActions } from './actions/reviews.ts';
import { similarActions } from './actions/similar.ts';
import { severityActions } from './actions/severities.ts';
import { roomActions } from './actions/room.ts';
import { runActions } from './actions/run.ts';
import { updateDue } from './clock.ts';
import './handing-over.ts';
import { incidents, type Incident, type Review } from './contract.ts';
import * as reviews from './store/reviews.ts';
import { shownReviews } from './reviews/page.ts';
import { reviewLate, reviewSoon } from './reviews/reminders.ts';
import { shownIncidents, type Seer } from './shown.ts';
import * as store from './store/incidents.ts';
import { tellingActions } from './telling/index.ts';

/** Incidents that run now and the viewer may see, the worst first; at most 100. */
export async function liveIncidents(ctx: Seer): Promise<readonly Incident[]> {
  return shownIncidents(ctx, await store.live(ctx.db, ctx.actor));
}

/** Reviews that are not done, the earliest due first: of a person or teams when given, else of everybody. */
export async function openReviews(ctx: Seer, what: { ownerId?: string; teamIds?: readonly string[]; limit: number }): Promise<readonly Review[]> {
  return shownReviews(ctx, await reviews.list(ctx.db, ctx.actor, { states: ['draft', 'in review', 'reviewed'], ...what }));
}

/** A running incident makes its service critical (SEV1, SEV2) or worth a look (SEV3, SEV4). */
registerHealth(async ({ db, actor }, serviceIds) => {
  const found = new Map<string, Fact[]>();
  for (const row of await store.liveOfServices(db, actor, serviceIds)) {
    if (row.serviceId === null) continue;
    const state = row.severity === 'SEV1' || row.severity === 'SEV2' ? 'critical' : 'warning';
    const fact: Fact = { state, words: `${row.severity} ${row.stage}: ${row.title}`, record: { id: row.id, kind: 'incident', number: row.number, title: row.title } };
    found.set(row.serviceId, [...(found.get(row.serviceId) ?? []), fact]);
  }
  return found;
});

registerFacts({ 'incidents.openReviews': { label: 'Reviews of its incidents that are not done', type: 'number', otherwise: 0 } }, async ({ db, actor }, serviceIds) => {
  const rows = await reviews.openOfServices(db, actor, serviceIds);
  return new Map(rows.map(({ serviceId, open }) => [serviceId!, { 'incidents.openReviews': open }]));
});

/** What happens to an alert is told in the running incidents that it belongs to. */
function tellIncidents(did: 'incident.alertOpened' | 'incident.alertResolved') {
  return async (ctx: Write, entry: LogEntry): Promise<void> => {
    if (entry.recordId === null) return;
    for (const incident of await store.incidentsOfAlert(ctx.db, entry.recordId)) {
      if (incident.stage !== 'resolved') await ctx.record({ record: incident.id, did, data: { alert: entry.recordId }, causedBy: entry.id });
    }
  };
}

export default module({
  contract: incidents,
  actions: { ...runActions, ...roomActions, ...changedActions, ...severityActions, ...similarActions, ...reviewActions, ...findingActions, ...tellingActions },
  jobs: {
    on: { 'alert.firesAgain': tellIncidents('incident.alertOpened'), 'alert.resolved': tellIncidents('incident.alertResolved') },
    tasks: { 'incidents.updateDue': updateDue, 'incidents.reviewSoon': reviewSoon, 'incidents.reviewLate': reviewLate },
  },
});
