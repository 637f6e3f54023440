import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ActionState } from './rules.ts';

type ActionKind = 'prevent' | 'detect' | 'mitigate' | 'document';
type Helped = 'yes' | 'no' | 'open';
type Priority = 'high' | 'normal' | 'low';
type Tables = {
  followupsAction: {
    id: string;
    detail: string;
    aboutId: string | null;
    dueOn: string | null;
    priority: Priority;
    state: ActionState;
    reason: string;
    closedAt: string | null;
    kind: ActionKind;
    evidence: string;
    factor: string;
    helped: Helped;
  };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('followupsAction')
    .innerJoin('record', 'record.id', 'followupsAction.id')
    .select([
      'followupsAction.id',
      'detail',
      'aboutId',
      sql<string | null>`followups_action.due_on::text`.as('dueOn'),
      sql<string>`followups_action.due_key::text`.as('dueKey'),
      'priority',
      'state',
      'reason',
      'closedAt',
      'followupsAction.kind',
      'evidence',
      'factor',
      'helped',
      'record.number',
      'record.title',
      'record.ownerId',
      'record.teamId',
      'record.openedAt',
      'record.version',
    ])
    .where(visible(actor));

export type ActionRow = Awaited<ReturnType<typeof list>>[number];

export interface ActionFilter {
  readonly q?: string | undefined;
  readonly states?: readonly ActionState[] | undefined;
  readonly ownerId?: string | undefined;
  readonly teamIds?: readonly string[] | undefined;
  readonly aboutIds?: readonly string[] | undefined;
  readonly kinds?: readonly ActionKind[] | undefined;
  readonly factor?: string | undefined;
  readonly helped?: readonly Helped[] | undefined;
  /** Due before this day. */
  readonly dueBefore?: string | undefined;
  readonly limit: number;
  readonly after?: { dueKey: string; id: string } | undefined;
}

/** The earliest due first, those without a day last. */
export function list(db: Db, actor: Actor, filter: ActionFilter) {
  let from = rows(db, actor);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.states) from = from.where('state', 'in', [...filter.states]);
  if (filter.ownerId) from = from.where('record.ownerId', '=', filter.ownerId);
  if (filter.teamIds) from = from.where(sql<SqlBool>`record.team_id = any(${[...filter.teamIds]}::uuid[])`);
  if (filter.aboutIds) from = from.where(sql<SqlBool>`about_id = any(${[...filter.aboutIds]}::uuid[])`);
  if (filter.kinds) from = from.where('followupsAction.kind', 'in', [...filter.kinds]);
  if (filter.factor) from = from.where('factor', '=', filter.factor);
  if (filter.helped) from = from.where('helped', 'in', [...filter.helped]);
  if (filter.dueBefore) from = from.where(sql<SqlBool>`due_key < ${filter.dueBefore}::date`);
  if (filter.after) from = from.where(sql<SqlBool>`(due_key, followups_action.id) > (${filter.after.dueKey}::date, ${filter.after.id}::uuid)`);
  return from
    .orderBy(sql`due_key`)
    .orderBy('followupsAction.id')
    .limit(filter.limit)
    .execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, actor: Actor, id: string) {
  return rows(db, actor).where('followupsAction.id', '=', id).executeTakeFirst();
}

export function insert(db: Db, action: { id: string; detail: string; aboutId: string | null; dueOn: string | null; priority: Priority; kind: ActionKind; factor: string }) {
  return tables(db)
    .insertInto('followupsAction')
    .values({ ...action, state: 'open', reason: '', closedAt: null, evidence: '', helped: 'open' })
    .execute();
}

/** Open actions due before a day that are the person's, their teams', or anybody's. */
export function dueSoon(db: Db, actor: Actor, what: { ownerId?: string | null; teamIds?: readonly string[]; before: string; limit: number }) {
  let from = rows(db, actor)
    .where('state', '=', 'open')
    .where(sql<SqlBool>`due_key < ${what.before}::date`);
  if (what.ownerId !== undefined || what.teamIds) {
    from = from.where(sql<SqlBool>`(record.owner_id = ${what.ownerId ?? null} or record.team_id = any(${[...(what.teamIds ?? [])]}::uuid[]))`);
  }
  return from
    .orderBy(sql`due_key`)
    .orderBy('followupsAction.id')
    .limit(what.limit)
    .execute();
}

export function lock(db: Db, id: string) {
  return tables(db)
    .selectFrom('followupsAction')
    .selectAll()
    .select(sql<string | null>`due_on::text`.as('dueOn'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Who may read a restricted record may also read what follows from it. */
export async function readersLike(db: Db, aboutId: string): Promise<{ restricted: boolean; readers: readonly string[] }> {
  const record = await db.selectFrom('record').select(['visibility', 'ownerId']).where('id', '=', aboutId).executeTakeFirst();
  const readers = await db.selectFrom('recordReader').select('readerId').where('recordId', '=', aboutId).execute();
  return { restricted: record?.visibility === 'restricted', readers: [...new Set([...readers.map((r) => r.readerId), ...(record?.ownerId ? [record.ownerId] : [])])] };
}

export async function addReaders(db: Db, recordId: string, readers: readonly string[]): Promise<void> {
  if (readers.length === 0) return;
  await db
    .insertInto('recordReader')
    .values(readers.map((readerId) => ({ recordId, readerId })))
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The team of a record that the desk itself follows up. */
export async function teamOf(db: Db, recordId: string): Promise<string | null> {
  const row = await db.selectFrom('record').select('teamId').where('id', '=', recordId).where(visible(SYSTEM)).executeTakeFirst();
  return row?.teamId ?? null;
}

/** Actions not dropped that work against any of these factors, made before an instant: those that the factor's return puts in question. */
export function against(db: Db, factors: readonly string[], before: string) {
  return rows(db, SYSTEM)
    .where('factor', 'in', [...factors])
    .where('state', '!=', 'dropped')
    .where('record.openedAt', '<', before)
    .orderBy('followupsAction.id')
    .limit(200)
    .execute();
}
