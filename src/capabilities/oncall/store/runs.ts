import { sql, type SqlBool } from 'kysely';
import { iso } from '#kernel/clock.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Escalation, Policy } from '../rules/escalation.ts';
import { tables, type RunRow } from './tables.ts';

export function insertRun(db: Db, run: RunRow) {
  return tables(db)
    .insertInto('oncallRun')
    .values({ ...run, policy: jsonb(run.policy), escalation: jsonb(run.escalation) })
    .execute();
}

/** The run about a record that is not over, locked. */
export function openRun(db: Db, aboutId: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('aboutId', '=', aboutId).where('state', '!=', 'ended').forUpdate().executeTakeFirst();
}

export function runById(db: Db, id: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockRun(db: Db, id: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export function latestRun(db: Db, aboutId: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('aboutId', '=', aboutId).orderBy('startedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
}

export type Turned = { readonly escalation: Escalation; readonly state: RunRow['state']; readonly endedAt?: string };

export function saveRun(db: Db, id: string, { escalation, state, endedAt }: Turned) {
  return tables(db)
    .updateTable('oncallRun')
    .set({ escalation: jsonb(escalation), state, nextAt: escalation.nextAt === null ? null : iso(escalation.nextAt), ...(endedAt && { endedAt }) })
    .where('id', '=', id)
    .execute();
}

/** Another policy is in charge of a run from now on. */
export function setPolicy(db: Db, id: string, to: { readonly policyId: string | null; readonly policyName: string; readonly policy: Policy }) {
  return tables(db)
    .updateTable('oncallRun')
    .set({ ...to, policy: jsonb(to.policy) })
    .where('id', '=', id)
    .execute();
}

const open = (db: Db) =>
  tables(db).selectFrom('oncallRun').select(['id', 'aboutId']).where('state', 'in', ['running', 'acknowledged', 'exhausted']).orderBy('startedAt').limit(1000);

/** Runs by a policy (null: without one) that are not over, of one service or of all; oldest first. */
export function openRunsBy(db: Db, { policyId, serviceId }: { readonly policyId: string | null; readonly serviceId?: string }) {
  const from = policyId === null ? open(db).where('policyId', 'is', null) : open(db).where('policyId', '=', policyId);
  return (serviceId === undefined ? from : from.where('serviceId', '=', serviceId)).execute();
}

/** Runs that this person has acknowledged. */
export function openRunsTakenBy(db: Db, personId: string) {
  return open(db)
    .where('state', '=', 'acknowledged')
    .where(sql<SqlBool>`escalation->>'by' = ${personId}`)
    .execute();
}

/** Runs whose deadline is past by then, and nobody has seen to it. */
export function lateRuns(db: Db, before: number, limit = 200) {
  return tables(db)
    .selectFrom('oncallRun')
    .select(['id', 'aboutId', 'nextAt'])
    .where('state', 'in', ['running', 'acknowledged'])
    .where('nextAt', '<', iso(before))
    .orderBy('nextAt')
    .limit(limit)
    .execute();
}

/** Urgent runs that nobody acknowledged and that will page nobody ever: there must be none. */
export function deadlinelessRuns(db: Db) {
  return tables(db)
    .selectFrom('oncallRun')
    .select(['id', 'aboutId'])
    .where('state', '=', 'running')
    .where('nextAt', 'is', null)
    .where(sql<SqlBool>`coalesce(escalation->>'urgency', 'high') = 'high'`)
    .limit(200)
    .execute();
}

/** What came to the end of its policy without an answer, newest first. */
export function exhaustedRuns(db: Db) {
  return tables(db).selectFrom('oncallRun').select(['aboutId', 'policyName', 'escalation']).where('state', '=', 'exhausted').orderBy('startedAt', 'desc').limit(100).execute();
}

/** The open runs about these records: what comes next and when. */
export function openRunsAbout(db: Db, aboutIds: readonly string[]) {
  return tables(db)
    .selectFrom('oncallRun')
    .select(['aboutId', 'policyId', 'state', 'nextAt', 'escalation', 'policy'])
    .where(sql<SqlBool>`about_id = any(${[...aboutIds]}::uuid[])`)
    .where('state', '!=', 'ended')
    .execute();
}
