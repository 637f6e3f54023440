import { sql, type SqlBool } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ComponentState } from '../rules/index.ts';
import { tables } from './tables.ts';

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('statusPage')
    .innerJoin('record', 'record.id', 'statusPage.id')
    .select([
      'statusPage.id',
      'slug',
      'about',
      'access',
      'linkSecret',
      'published',
      'colour',
      'logoType',
      'push',
      'pushedAt',
      'pushResult',
      'stamp',
      'record.number',
      'record.title',
      'record.version',
      sql<boolean>`status_page.logo is not null`.as('hasLogo'),
    ])
    .where(visible(actor));
export type PageRow = Awaited<ReturnType<typeof allPages>>[number];

/** Pages by name; there are few of them. */
export function listPages(db: Db, actor: Actor, what: { limit: number; after: { title: string; id: string } | undefined }) {
  let from = rows(db, actor);
  if (what.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${what.after.title}, ${what.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(what.limit).execute();
}

export function allPages(db: Db) {
  return rows(db, SYSTEM).orderBy('record.title').execute();
}

export function pageByNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function pageById(db: Db, id: string) {
  return rows(db, SYSTEM).where('statusPage.id', '=', id).executeTakeFirst();
}

/** Holds the page until the commit: what is shown on it is settled by one writer at a time. */
export function lockPage(db: Db, id: string) {
  return tables(db).selectFrom('statusPage').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function slugTaken(db: Db, slug: string, but: string | null): Promise<boolean> {
  const row = await tables(db).selectFrom('statusPage').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined && row.id !== but;
}

/** What tells a node that a page has to be built anew. */
export function stamps(db: Db) {
  return tables(db).selectFrom('statusPage').select(['id', 'stamp']).execute();
}

export async function raiseStamp(db: Db, id: string): Promise<void> {
  await tables(db)
    .updateTable('statusPage')
    .set({ stamp: sql<number>`stamp + 1` })
    .where('id', '=', id)
    .execute();
}

export function logoOf(db: Db, id: string) {
  return tables(db).selectFrom('statusPage').select(['logo', 'logoType']).where('id', '=', id).executeTakeFirst();
}

/** Components that are not removed, in their order. */
export function componentsOf(db: Db, pageIds: readonly string[]) {
  return tables(db)
    .selectFrom('statusComponent')
    .selectAll()
    .where(sql<SqlBool>`page_id = any(${[...pageIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
}
export type ComponentRow = Awaited<ReturnType<typeof componentsOf>>[number];

/** Components that stand for these records, on whatever page. */
export function componentsFor(db: Db, sourceIds: readonly string[]) {
  return tables(db)
    .selectFrom('statusComponent')
    .selectAll()
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .orderBy('position')
    .execute();
}

/** Which of these records everybody of the desk may see: only they can be named outside. */
export async function openSources(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await db
    .selectFrom('record')
    .select('id')
    .where(sql<SqlBool>`record.id = any(${[...ids]}::uuid[])`)
    .where('visibility', '=', 'everyone')
    .where('archivedAt', 'is', null)
    .where(visible(SYSTEM))
    .execute();
  return new Set(found.map(({ id }) => id));
}

export async function turn(db: Db, id: string, shown: ComponentState, now: number): Promise<void> {
  await tables(db)
    .updateTable('statusComponent')
    .set({ shown, since: iso(now) })
    .where('id', '=', id)
    .execute();
  await addTurn(db, { componentId: id, at: iso(now), state: shown });
}

export async function addTurn(db: Db, row: { componentId: string; at: string; state: ComponentState }): Promise<void> {
  await tables(db)
    .insertInto('statusTurn')
    .values(row)
    .onConflict((c) => c.columns(['componentId', 'at']).doUpdateSet({ state: row.state }))
    .execute();
}

/** What was shown since an instant, with what was shown when it began. */
export async function turnsOf(db: Db, ids: readonly string[], since: string) {
  const { rows: found } = await sql<{ componentId: string; at: string; state: ComponentState }>`
    select component_id, at, state from status_turn t where component_id = any(${[...ids]}::uuid[])
      and at >= coalesce((select max(at) from status_turn b where b.component_id = t.component_id and b.at <= ${since}::timestamptz), ${since}::timestamptz)
    order by component_id, at`.execute(db);
  return found;
}
