import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Incident, IncidentPage } from './contract/shapes.ts';
import { incidents } from './contract.ts';
import { reviewOf } from './store/reviews.ts';
import { cadenceOf, refuseOpeningReview, refuseReopening, refuseWhenResolved } from './rules.ts';
import * as store from './store/incidents.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export async function rowOf({ db, actor }: Seer, number: string): Promise<store.IncidentRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

/** Incidents as they go over the wire: two queries for any number of them. */
export async function shownIncidents({ db, actor }: Seer, rows: readonly store.IncidentRow[]): Promise<Incident[]> {
  if (rows.length === 0) return [];
  const joined = await store.participantsOf(
    db,
    rows.map((row) => row.id),
  );
  const refs = await refsOf(db, actor, [
    ...rows.flatMap((r) => [r.serviceId, r.teamId, r.commanderId, r.operationsId, r.communicationId, r.scribeId]),
    ...joined.map((p) => p.personId),
  ]);
  const ref = (id: string | null) => refs.get(id ?? '') ?? null;
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    severity: row.severity,
    stage: row.stage,
    service: ref(row.serviceId),
    team: ref(row.teamId),
    roles: { commander: ref(row.commanderId), operations: ref(row.operationsId), communication: ref(row.communicationId), scribe: ref(row.scribeId) },
    participants: joined
      .filter((p) => p.incidentId === row.id && ![row.commanderId, row.operationsId, row.communicationId, row.scribeId].includes(p.personId))
      .map((p) => ref(p.personId))
      .filter((one): one is Ref => one !== null),
    declaredAt: row.declaredAt,
    stageSince: row.stageSince,
    resolvedAt: row.resolvedAt,
    resolution: row.resolution,
    cadenceMinutes: cadenceOf(row.severity, row.everyMinutes),
    everyMinutes: row.everyMinutes,
    updateDueAt: row.updateDueAt,
    updatedAt: row.updatedAt,
    restricted: row.visibility === 'restricted',
    practice: row.practice,
    version: row.version,
  }));
}

/** Everything the page of an incident shows, and what the viewer may do with it. */
export async function pageOf(ctx: Seer, number: string): Promise<IncidentPage> {
  const { db, actor } = ctx;
  const row = await rowOf(ctx, number);
  const [incident] = await shownIncidents(ctx, [row]);
  if (!incident) throw missing(number);
  const [meaning] = await store.meaningsOf(db, row.id, 1);
  const [updates, notes, alerts] = [await store.updatesOf(db, row.id), await store.notesOf(db, row.id), await store.alertsOf(db, row.id)];
  const readers = incident.restricted ? await store.readersOf(db, row.id) : [];
  const review = await reviewOf(db, row.id);
  const refs = await refsOf(db, actor, [
    meaning?.authorId,
    review?.id,
    ...updates.map((u) => u.authorId),
    ...notes.flatMap((n) => [n.authorId, n.answeredBy]),
    ...alerts.map((a) => a.alertId),
    ...readers.map((r) => r.readerId),
  ]);
  const ref = (id: string | null | undefined) => refs.get(id ?? '') ?? null;
  return {
    incident,
    meaning: meaning ? { text: meaning.text, revision: meaning.revision, by: ref(meaning.authorId), at: meaning.at } : null,
    updates: updates.map((u) => ({ id: u.id, text: u.text, stage: u.stage, by: ref(u.authorId), at: u.at })),
    notes: notes.map((n) => ({
      id: n.id,
      kind: n.kind,
      result: n.result,
      text: n.text,
      answer: n.answer,
      by: ref(n.authorId),
      at: n.at,
      answeredBy: ref(n.answeredBy),
      answeredAt: n.answeredAt,
    })),
    alerts: alerts.flatMap((a) => {
      const alert = ref(a.alertId);
      return alert ? [{ ...alert, joinedAt: a.joinedAt }] : [];
    }),
    review: ref(review?.id),
    readers: readers.map((r) => ref(r.readerId)).filter((one): one is Ref => one !== null),
    may: mayOf(ctx, { row, hasReview: review !== undefined, present: incident.participants.some((p) => p.id === actor.id) }),
  };
}

function mayOf({ actor }: Seer, what: { row: store.IncidentRow; hasReview: boolean; present: boolean }): IncidentPage['may'] {
  const { row } = what;
  const run = refusePermission(actor, 'incidents.run', incidents.permissions) ?? null;
  const running = run ?? refuseWhenResolved(row.stage) ?? null;
  const holder = [row.commanderId, row.operationsId, row.communicationId, row.scribeId].includes(actor.id);
  return {
    update: run,
    advance: running,
    resolve: running,
    reopen: run ?? refuseReopening(row.stage) ?? null,
    setSeverity: run,
    assign: running,
    join: running ?? (what.present || holder ? 'You are here already.' : null),
    leave: run ?? (what.present ? null : 'You have not joined.'),
    writeMeaning: run,
    postUpdate: running,
    setCadence: running,
    addNote: run,
    addAlert: run,
    removeAlert: run,
    restrict: refusePermission(actor, 'incidents.restrict', incidents.permissions) ?? null,
    openReview: run ?? refuseOpeningReview(row.stage, what.hasReview) ?? null,
  };
}
