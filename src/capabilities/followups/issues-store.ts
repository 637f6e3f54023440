import { sql } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { TrackerKind } from './contract/trackers.ts';
import type { IssueState } from './trackers/tracker.ts';

type Issue = { actionId: string; trackerId: string; key: string; url: string; state: IssueState; trouble: string; askedAt: string; tried: boolean; lookedAt: string };
type Tables = {
  followupsTracker: { id: string; name: string; kind: TrackerKind; address: string; project: string; account: string; token: string; removed: boolean };
  followupsIssue: Issue;
};
export const tables = (db: Db) => db.$extendTables<Tables>();

export function trackersOf(db: Db) {
  return tables(db).selectFrom('followupsTracker').select(['id', 'name', 'kind', 'address', 'project', 'account']).where('removed', '=', false).orderBy('name').execute();
}

export function trackerById(db: Db, id: string) {
  return tables(db).selectFrom('followupsTracker').selectAll().where('id', '=', id).where('removed', '=', false).executeTakeFirst();
}

export function issueOf(db: Db, actionId: string) {
  return tables(db)
    .selectFrom('followupsIssue')
    .innerJoin('followupsTracker', 'followupsTracker.id', 'followupsIssue.trackerId')
    .selectAll('followupsIssue')
    .select(['followupsTracker.name as tracker', 'followupsTracker.kind', 'address', 'project', 'account', 'token'])
    .where('actionId', '=', actionId)
    .executeTakeFirst();
}

/** Issues that were open when last looked at, the longest ago first. */
export function openIssues(db: Db, limit: number) {
  return tables(db)
    .selectFrom('followupsIssue')
    .innerJoin('followupsTracker', 'followupsTracker.id', 'followupsIssue.trackerId')
    .selectAll('followupsIssue')
    .select(['followupsTracker.kind', 'address', 'project', 'account', 'token'])
    .where('state', '=', 'open')
    .where('key', '<>', '')
    .where('removed', '=', false)
    .orderBy('lookedAt')
    .limit(limit)
    .execute();
}

export async function keepIssue(db: Db, issue: Issue): Promise<void> {
  const { actionId: _, ...rest } = issue;
  await tables(db)
    .insertInto('followupsIssue')
    .values(issue)
    .onConflict((c) => c.column('actionId').doUpdateSet(rest))
    .execute();
}

export function lockIssue(db: Db, actionId: string) {
  return tables(db)
    .selectFrom('followupsIssue')
    .select(['key', 'state', 'tried', 'trouble', sql<string>`asked_at::text`.as('asked')])
    .where('actionId', '=', actionId)
    .forUpdate()
    .executeTakeFirst();
}

export async function change(db: Db, actionId: string, patch: Partial<Omit<Issue, 'actionId'>>): Promise<void> {
  await tables(db).updateTable('followupsIssue').set(patch).where('actionId', '=', actionId).execute();
}
