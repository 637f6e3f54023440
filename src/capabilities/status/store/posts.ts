import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { jsonb } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Phase } from '../rules/index.ts';
import { tables, type StateOf } from './tables.ts';

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('statusPost')
    .innerJoin('record', 'record.id', 'statusPost.id')
    .selectAll('statusPost')
    .select(['record.number', 'record.title', 'record.version', 'record.openedAt'])
    .where(visible(actor));
export type PostRow = NonNullable<Awaited<ReturnType<typeof postById>>>;

export function listPosts(
  db: Db,
  actor: Actor,
  what: {
    pageId?: string | undefined;
    aboutId?: string | undefined;
    kind?: 'incident' | 'maintenance' | undefined;
    open?: boolean | undefined;
    limit: number;
    after?: string | undefined;
  },
) {
  let from = rows(db, actor);
  if (what.pageId) from = from.where('pageId', '=', what.pageId);
  if (what.aboutId) from = from.where('aboutId', '=', what.aboutId);
  if (what.kind) from = from.where('statusPost.kind', '=', what.kind);
  if (what.open !== undefined) from = from.where('closedAt', what.open ? 'is' : 'is not', null);
  if (what.after) from = from.where('statusPost.id', '<', what.after);
  return from.orderBy('statusPost.id', 'desc').limit(what.limit).execute();
}

export function postByNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function postById(db: Db, id: string) {
  return rows(db, SYSTEM).where('statusPost.id', '=', id).executeTakeFirst();
}

/** What is on pages: told, and open or ended since. */
export function shownPosts(db: Db, pageIds: readonly string[], since: string) {
  return rows(db, SYSTEM)
    .where(sql<SqlBool>`page_id = any(${[...pageIds]}::uuid[])`)
    .where('publishedAt', 'is not', null)
    .where((e) => e.or([e('closedAt', 'is', null), e('closedAt', '>=', since)]))
    .orderBy('publishedAt', 'desc')
    .limit(1000)
    .execute();
}

export function postsOfMute(db: Db, muteId: string) {
  return rows(db, SYSTEM).where('muteId', '=', muteId).where('closedAt', 'is', null).execute();
}

export function updatesOf(db: Db, postIds: readonly string[]) {
  return tables(db)
    .selectFrom('statusUpdate')
    .selectAll()
    .where(sql<SqlBool>`post_id = any(${[...postIds]}::uuid[])`)
    .orderBy('postId')
    .orderBy(sql`coalesce(sent_at, made_at)`, 'desc')
    .orderBy('id', 'desc')
    .execute();
}
export type UpdateRow = Omit<Awaited<ReturnType<typeof updatesOf>>[number], 'states'> & { readonly states: readonly StateOf[] };

/** The draft of a post, or a new one in its place. */
export async function putDraft(
  db: Db,
  draft: { id: string; postId: string; phase: Phase; text: string; states: readonly StateOf[]; authorId: string | null; madeAt: string },
): Promise<void> {
  await tables(db).deleteFrom('statusUpdate').where('postId', '=', draft.postId).where('sentAt', 'is', null).execute();
  await tables(db)
    .insertInto('statusUpdate')
    .values({ ...draft, states: jsonb(draft.states), sentAt: null, tells: true })
    .execute();
}

export async function dropDraft(db: Db, postId: string): Promise<boolean> {
  const gone = await tables(db).deleteFrom('statusUpdate').where('postId', '=', postId).where('sentAt', 'is', null).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Posts about a record: who may no longer see that may no longer see these. */
export async function postIdsAbout(db: Db, aboutId: string): Promise<readonly string[]> {
  const found = await tables(db).selectFrom('statusPost').select('id').where('aboutId', '=', aboutId).execute();
  return found.map(({ id }) => id);
}

/** Who may read what a post is about. */
export async function secrecyOf(db: Db, aboutId: string): Promise<{ restricted: boolean; readers: readonly string[] }> {
  const record = await db.selectFrom('record').select(['visibility', 'ownerId']).where('id', '=', aboutId).where(visible(SYSTEM)).executeTakeFirst();
  const readers = await db.selectFrom('recordReader').select('readerId').where('recordId', '=', aboutId).execute();
  return { restricted: record?.visibility === 'restricted', readers: [...readers.map(({ readerId }) => readerId), ...(record?.ownerId ? [record.ownerId] : [])] };
}

export async function addReaders(db: Db, recordId: string, readers: readonly string[]): Promise<void> {
  if (readers.length === 0) return;
  await db
    .insertInto('recordReader')
    .values([...new Set(readers)].map((readerId) => ({ recordId, readerId })))
    .onConflict((c) => c.doNothing())
    .execute();
}
