import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ReviewState } from '../contract/review-shapes.ts';
import { tables } from './incidents.ts';

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('incidentsReview')
    .innerJoin('record', 'record.id', 'incidentsReview.id')
    .innerJoin('incidentsIncident', 'incidentsIncident.id', 'incidentsReview.incidentId')
    .select([
      'incidentsReview.id',
      'incidentsReview.incidentId',
      'incidentsReview.state',
      sql<string>`incidents_review.due_on::text`.as('dueOn'),
      'reviewedAt',
      'finishedAt',
      'noActionReason',
      'severity',
      'record.number',
      'record.title',
      'record.ownerId',
      'record.teamId',
      'record.openedAt',
      'record.version',
      'record.visibility',
    ])
    .where(visible(actor));

export type ReviewRow = Awaited<ReturnType<typeof list>>[number];

export interface ReviewFilter {
  readonly states?: readonly ReviewState[] | undefined;
  readonly ownerId?: string | undefined;
  readonly teamIds?: readonly string[] | undefined;
  readonly dueBefore?: string | undefined;
  readonly limit: number;
  readonly after?: { dueOn: string; id: string } | undefined;
}

/** The earliest due first. */
export function list(db: Db, actor: Actor, filter: ReviewFilter) {
  let from = rows(db, actor);
  if (filter.states) from = from.where('state', 'in', [...filter.states]);
  if (filter.ownerId && filter.teamIds) from = from.where(sql<SqlBool>`(record.owner_id = ${filter.ownerId} or record.team_id = any(${[...filter.teamIds]}::uuid[]))`);
  else if (filter.ownerId) from = from.where('record.ownerId', '=', filter.ownerId);
  else if (filter.teamIds) from = from.where(sql<SqlBool>`record.team_id = any(${[...filter.teamIds]}::uuid[])`);
  if (filter.dueBefore) from = from.where(sql<SqlBool>`due_on < ${filter.dueBefore}::date`);
  if (filter.after) from = from.where(sql<SqlBool>`(due_on, incidents_review.id) > (${filter.after.dueOn}::date, ${filter.after.id}::uuid)`);
  return from
    .orderBy(sql`due_on`)
    .orderBy('incidentsReview.id')
    .limit(filter.limit)
    .execute();
}

/** How many reviews of incidents of each service are not done. */
export function openOfServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return tables(db)
    .selectFrom('incidentsReview')
    .innerJoin('record', 'record.id', 'incidentsReview.id')
    .innerJoin('incidentsIncident', 'incidentsIncident.id', 'incidentsReview.incidentId')
    .select(['serviceId', sql<number>`count(*)::int`.as('open')])
    .where('state', '!=', 'closed')
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .where(visible(actor))
    .groupBy('serviceId')
    .execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function reviewOf(db: Db, incidentId: string) {
  return tables(db).selectFrom('incidentsReview').select(['id', 'state']).where('incidentId', '=', incidentId).executeTakeFirst();
}

/** The newest text of each section. */
export function sectionsOf(db: Db, reviewId: string) {
  return tables(db).selectFrom('incidentsSection').selectAll().distinctOn('section').where('reviewId', '=', reviewId).orderBy('section').orderBy('revision', 'desc').execute();
}

export function revisionsOf(db: Db, reviewId: string, section: string) {
  return tables(db)
    .selectFrom('incidentsSection')
    .selectAll()
    .where('reviewId', '=', reviewId)
    .where('section', '=', section as 'summary')
    .orderBy('revision', 'desc')
    .limit(200)
    .execute();
}

export async function picksOf(db: Db, reviewId: string): Promise<ReadonlyMap<string, boolean>> {
  const picks = await tables(db).selectFrom('incidentsPick').select(['activityId', 'picked']).where('reviewId', '=', reviewId).execute();
  return new Map(picks.map((p) => [p.activityId, p.picked]));
}

/** What contributed, the first named first, with the actions that follow from each. */
export async function findingsOf(db: Db, reviewId: string) {
  const found = await tables(db)
    .selectFrom('incidentsFinding')
    .innerJoin('incidentsFactor', 'incidentsFactor.name', 'incidentsFinding.factor')
    .selectAll('incidentsFinding')
    .select('incidentsFactor.category')
    .where('reviewId', '=', reviewId)
    .orderBy('at')
    .orderBy('incidentsFinding.id')
    .execute();
  const actions = await tables(db)
    .selectFrom('incidentsFindingAction')
    .selectAll()
    .where(sql<SqlBool>`finding_id = any(${found.map((one) => one.id)}::uuid[])`)
    .execute();
  return found.map((one) => ({ ...one, actionIds: actions.filter((a) => a.findingId === one.id).map((a) => a.actionId) }));
}

export function findingOf(db: Db, reviewId: string, id: string) {
  return tables(db).selectFrom('incidentsFinding').selectAll().where('reviewId', '=', reviewId).where('id', '=', id).executeTakeFirst();
}

export function factors(db: Db) {
  return tables(db).selectFrom('incidentsFactor').selectAll().orderBy('category').orderBy('name').execute();
}

const MARKING = ['alert.opened', 'alert.acknowledged', 'incident.declared', 'incident.roleAssigned', 'incident.advanced', 'incident.resolved', 'incident.reopened'];

/** What the log says of an incident and of the alerts that belong to it, as far as durations are made of it. */
export async function markingLog(db: Db, actor: Actor, incidentId: string) {
  const alerts = await tables(db).selectFrom('incidentsAlert').select('alertId').where('incidentId', '=', incidentId).execute();
  return db
    .selectFrom('activity')
    .innerJoin('record', 'record.id', 'activity.recordId')
    .select(['activity.did', 'activity.at', 'activity.via', 'activity.data'])
    .where(sql<SqlBool>`activity.record_id = any(${[incidentId, ...alerts.map((a) => a.alertId)]}::uuid[])`)
    .where('activity.did', 'in', MARKING)
    .where(visible(actor))
    .orderBy('activity.at')
    .execute();
}

/** Names that outsiders do not learn: people, teams, what the house runs, and every title of what is restricted. */
export async function namesWithin(db: Db): Promise<readonly { kind: string; title: string; restricted: boolean }[]> {
  return db
    .selectFrom('record')
    .select(['kind', 'title', sql<boolean>`visibility = 'restricted'`.as('restricted')])
    .where((e) => e.or([e('kind', 'in', ['person', 'team', 'service', 'component', 'check', 'source', 'rota', 'policy']), e('visibility', '=', 'restricted')]))
    .where(visible(SYSTEM))
    .execute();
}

export function byId(db: Db, actor: Actor, id: string) {
  return rows(db, actor).where('incidentsReview.id', '=', id).executeTakeFirst();
}
