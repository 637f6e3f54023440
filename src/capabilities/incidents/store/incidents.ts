import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ReviewState, Section } from '../contract/review-shapes.ts';
import type { IncidentRole, Severity, Stage } from '../contract/shapes.ts';

type Note = {
  id: string;
  incidentId: string;
  kind: 'tested' | 'changed' | 'unknown' | 'decision';
  result: 'good' | 'critical' | 'info' | 'unknown';
  text: string;
  answer: string;
  authorId: string | null;
  at: string;
  answeredBy: string | null;
  answeredAt: string | null;
};
type Tables = {
  incidentsIncident: {
    id: string;
    severity: Severity;
    stage: Stage;
    serviceId: string | null;
    commanderId: string | null;
    operationsId: string | null;
    communicationId: string | null;
    scribeId: string | null;
    declaredAt: string;
    stageSince: string;
    resolvedAt: string | null;
    resolution: string;
    everyMinutes: number | null;
    updatedAt: string | null;
    updateDueAt: string | null;
    practice: boolean;
  };
  incidentsParticipant: { incidentId: string; personId: string; joinedAt: string };
  incidentsText: { id: string; incidentId: string; purpose: 'update' | 'severity' | 'resolution' | 'reopening'; stage: Stage; text: string; authorId: string | null; at: string };
  incidentsMeaning: { incidentId: string; revision: number; text: string; authorId: string | null; at: string };
  incidentsNote: Note;
  incidentsNoteRevision: { noteId: string; revision: number; text: string; at: string };
  incidentsAlert: { incidentId: string; alertId: string; joinedAt: string };
  incidentsReview: { id: string; incidentId: string; state: ReviewState; dueOn: string; reviewedAt: string | null; finishedAt: string | null; noActionReason: string };
  incidentsFactor: { name: string; category: string; about: string; retired: boolean };
  incidentsFinding: { id: string; reviewId: string; factor: string; text: string; noActionReason: string; authorId: string | null; at: string };
  incidentsFindingAction: { findingId: string; actionId: string };
  incidentsSection: { reviewId: string; section: Section; revision: number; text: string; authorId: string | null; at: string };
  incidentsPick: { reviewId: string; activityId: string; picked: boolean };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

export const ROLE_COLUMN = { commander: 'commanderId', operations: 'operationsId', communication: 'communicationId', scribe: 'scribeId' } as const satisfies Record<
  IncidentRole,
  string
>;

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('incidentsIncident')
    .innerJoin('record', 'record.id', 'incidentsIncident.id')
    .selectAll('incidentsIncident')
    .select(['record.number', 'record.title', 'record.teamId', 'record.version', 'record.visibility'])
    .where(visible(actor));

export type IncidentRow = Awaited<ReturnType<typeof list>>[number];

export interface IncidentFilter {
  readonly live?: 'live' | 'over' | undefined;
  readonly practice?: boolean | undefined;
  readonly stages?: readonly Stage[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly serviceId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly commanderId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly before?: { at: string; id: string } | undefined;
}

/** The latest declared first. */
export function list(db: Db, actor: Actor, filter: IncidentFilter) {
  let from = rows(db, actor);
  if (filter.live) from = from.where('stage', filter.live === 'live' ? '!=' : '=', 'resolved');
  if (filter.practice !== undefined) from = from.where('practice', '=', filter.practice);
  if (filter.stages) from = from.where('stage', 'in', [...filter.stages]);
  if (filter.severities) from = from.where('severity', 'in', [...filter.severities]);
  if (filter.serviceId) from = from.where('serviceId', '=', filter.serviceId);
  if (filter.teamId) from = from.where('record.teamId', '=', filter.teamId);
  if (filter.commanderId) from = from.where('commanderId', '=', filter.commanderId);
  if (filter.from) from = from.where('declaredAt', '>=', filter.from);
  if (filter.until) from = from.where('declaredAt', '<', filter.until);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.before) from = from.where(sql<SqlBool>`(declared_at, incidents_incident.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('declaredAt', 'desc').orderBy('incidentsIncident.id', 'desc').limit(filter.limit).execute();
}

/** Incidents that run now, the worst first, then the oldest. */
export function live(db: Db, actor: Actor, limit = 100) {
  return rows(db, actor).where('stage', '!=', 'resolved').orderBy('severity').orderBy('declaredAt').limit(limit).execute();
}

export function liveOfServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return rows(db, actor)
    .where('stage', '!=', 'resolved')
    .where('practice', '=', false)
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .orderBy('severity')
    .limit(1000)
    .execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byIds(db: Db, actor: Actor, ids: readonly string[]) {
  return rows(db, actor)
    .where(sql<SqlBool>`incidents_incident.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}

export function lock(db: Db, id: string) {
  return tables(db).selectFrom('incidentsIncident').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export function participantsOf(db: Db, incidentIds: readonly string[]) {
  return tables(db)
    .selectFrom('incidentsParticipant')
    .select(['incidentId', 'personId'])
    .where(sql<SqlBool>`incident_id = any(${[...incidentIds]}::uuid[])`)
    .orderBy('joinedAt')
    .execute();
}

export function meaningsOf(db: Db, incidentId: string, limit: number) {
  return tables(db).selectFrom('incidentsMeaning').selectAll().where('incidentId', '=', incidentId).orderBy('revision', 'desc').limit(limit).execute();
}

export function updatesOf(db: Db, incidentId: string) {
  return tables(db).selectFrom('incidentsText').selectAll().where('incidentId', '=', incidentId).where('purpose', '=', 'update').orderBy('at', 'desc').limit(200).execute();
}

export function notesOf(db: Db, incidentId: string) {
  return tables(db).selectFrom('incidentsNote').selectAll().where('incidentId', '=', incidentId).orderBy('at').limit(500).execute();
}

export function alertsOf(db: Db, incidentId: string) {
  return tables(db).selectFrom('incidentsAlert').selectAll().where('incidentId', '=', incidentId).orderBy('joinedAt').limit(500).execute();
}

/** The last resolved incidents that the actor may see, as far as they can be compared with another. */
export function resolvedLately(db: Db, actor: Actor, most: number) {
  return tables(db)
    .selectFrom('incidentsIncident')
    .innerJoin('record', 'record.id', 'incidentsIncident.id')
    .select(['incidentsIncident.id', 'record.number', 'record.title', 'severity', 'serviceId', 'resolution', 'resolvedAt'])
    .where('resolvedAt', 'is not', null)
    .where(visible(actor))
    .orderBy('declaredAt', 'desc')
    .limit(most)
    .execute();
}

/** Titles of the alerts of each incident that the actor may see. */
export async function alertTitles(db: Db, actor: Actor, incidentIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tables(db)
    .selectFrom('incidentsAlert')
    .innerJoin('record', 'record.id', 'incidentsAlert.alertId')
    .select(['incidentId', 'record.title'])
    .where(sql<SqlBool>`incident_id = any(${[...incidentIds]}::uuid[])`)
    .where(visible(actor))
    .limit(5000)
    .execute();
  return new Map([...Map.groupBy(rows, ({ incidentId }) => incidentId)].map(([id, own]) => [id, own.map(({ title }) => title)]));
}

/** When the first alert of an incident began to be one of it; null when it has none. */
export async function firstAlertAt(db: Db, incidentId: string): Promise<string | null> {
  const row = await tables(db)
    .selectFrom('incidentsAlert')
    .innerJoin('record', 'record.id', 'incidentsAlert.alertId')
    .select('record.openedAt')
    .where('incidentId', '=', incidentId)
    .orderBy('record.openedAt')
    .limit(1)
    .executeTakeFirst();
  return row?.openedAt ?? null;
}

export function incidentsOfAlert(db: Db, alertId: string) {
  return tables(db)
    .selectFrom('incidentsAlert')
    .innerJoin('incidentsIncident', 'incidentsIncident.id', 'incidentsAlert.incidentId')
    .select(['incidentsIncident.id', 'stage'])
    .where('alertId', '=', alertId)
    .orderBy('joinedAt', 'desc')
    .limit(50)
    .execute();
}

export function readersOf(db: Db, recordId: string) {
  return db.selectFrom('recordReader').select('readerId').where('recordId', '=', recordId).execute();
}

export async function addReaders(db: Db, recordIds: readonly string[], readers: readonly string[]): Promise<void> {
  const values = recordIds.flatMap((recordId) => readers.map((readerId) => ({ recordId, readerId })));
  if (values.length > 0)
    await db
      .insertInto('recordReader')
      .values(values)
      .onConflict((c) => c.doNothing())
      .execute();
}

/** Makes these records restricted to these readers, or open to everyone. */
export async function setSecrecy(db: Db, recordIds: readonly string[], readers: readonly string[] | null): Promise<void> {
  const among = sql<SqlBool>`record_id = any(${[...recordIds]}::uuid[])`;
  await db.deleteFrom('recordReader').where(among).execute();
  await db
    .updateTable('record')
    .set({ visibility: readers === null ? 'everyone' : 'restricted' })
    .where(sql<SqlBool>`id = any(${[...recordIds]}::uuid[])`)
    .execute();
  if (readers !== null) await addReaders(db, recordIds, readers);
}

/** An event of the log about a record: which service an alert was opened for. */
export async function serviceOfAlert(db: Db, alertId: string): Promise<string | null> {
  const row = await db.selectFrom('activity').select('data').where('recordId', '=', alertId).where('did', '=', 'alert.opened').orderBy('at', 'desc').limit(1).executeTakeFirst();
  return typeof row?.data.service === 'string' ? row.data.service : null;
}
