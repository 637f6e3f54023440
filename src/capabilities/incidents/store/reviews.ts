import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ReviewState } from '../rules.ts';
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
      'finishedAt',
      'noActionReason',
      'severity',
      'record.number',
      'record.title',
      'record.ownerId',
      'record.teamId',
      'record.openedAt',
      'record.version',
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
    .where('state', 'in', ['draft', 'in review'])
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
