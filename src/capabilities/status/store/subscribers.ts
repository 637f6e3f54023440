import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables, type Channel } from './tables.ts';

export type SubscriberRow = NonNullable<Awaited<ReturnType<typeof subscriberById>>>;

export function subscriberById(db: Db, id: string) {
  return tables(db).selectFrom('statusSubscriber').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The one of this address, held until the commit. */
export function subscriberOf(db: Db, pageId: string, addressKey: string) {
  return tables(db).selectFrom('statusSubscriber').selectAll().where('pageId', '=', pageId).where('addressKey', '=', addressKey).forUpdate().executeTakeFirst();
}

export function subscribersByIds(db: Db, ids: readonly string[]) {
  return tables(db)
    .selectFrom('statusSubscriber')
    .selectAll()
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .execute();
}

const reached = (db: Db, pageId: string, components: readonly string[]) =>
  tables(db)
    .selectFrom('statusSubscriber')
    .where('pageId', '=', pageId)
    .where('confirmedAt', 'is not', null)

    .where(sql<SqlBool>`(components is null or cardinality(${[...components]}::uuid[]) = 0 or components && ${[...components]}::uuid[])`);

/** Who follows one of these components, or all; with no component named, everybody. */
export function followersOf(db: Db, pageId: string, components: readonly string[]) {
  return reached(db, pageId, components).select(['id', 'channel', 'address']).orderBy('id').execute();
}

export async function countFollowers(db: Db, pageId: string, components: readonly string[]): Promise<Record<Channel, number>> {
  const rows = await reached(db, pageId, components)
    .select(['channel', sql<number>`count(*)::int`.as('count')])
    .groupBy('channel')
    .execute();
  const of = (channel: Channel) => rows.find((row) => row.channel === channel)?.count ?? 0;
  return { email: of('email'), webhook: of('webhook'), slack: of('slack') };
}

/** What was asked for and never confirmed is forgotten, with its address. */
export async function forgetUnconfirmed(db: Db, askedBefore: string): Promise<void> {
  await tables(db).deleteFrom('statusSubscriber').where('confirmedAt', 'is', null).where('askedAt', '<', askedBefore).execute();
}

/** Whoever leaves is forgotten: neither address nor trace of it stays. */
export async function removeSubscriber(db: Db, id: string): Promise<void> {
  await tables(db).deleteFrom('statusSubscriber').where('id', '=', id).execute();
}
