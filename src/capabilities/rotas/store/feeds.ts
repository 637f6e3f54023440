import type { Db } from '#kernel/database.ts';

type Tables = { rotasFeed: { id: string; personId: string; rotaId: string | null; createdAt: string; readAt: string | null; removedAt: string | null } };
const tables = (db: Db) => db.$extendTables<Tables>();

export function feedsOf(db: Db, personId: string) {
  return tables(db).selectFrom('rotasFeed').selectAll().where('personId', '=', personId).where('removedAt', 'is', null).orderBy('createdAt').limit(100).execute();
}

export function feedById(db: Db, id: string) {
  return tables(db).selectFrom('rotasFeed').selectAll().where('id', '=', id).where('removedAt', 'is', null).executeTakeFirst();
}

export async function addFeed(db: Db, feed: { readonly id: string; readonly personId: string; readonly rotaId: string | null; readonly createdAt: string }): Promise<void> {
  await tables(db)
    .insertInto('rotasFeed')
    .values({ ...feed, readAt: null, removedAt: null })
    .execute();
}

/** False when it is not this person's, or gone already. */
export async function removeFeed(db: Db, { id, personId, at }: { readonly id: string; readonly personId: string; readonly at: string }): Promise<boolean> {
  const gone = await tables(db)
    .updateTable('rotasFeed')
    .set({ removedAt: at })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return gone.numUpdatedRows > 0n;
}

/** Written once an hour: programs come every few minutes. */
export async function feedWasRead(db: Db, id: string, { at, before }: { readonly at: string; readonly before: string }): Promise<void> {
  await tables(db)
    .updateTable('rotasFeed')
    .set({ readAt: at })
    .where('id', '=', id)
    .where((e) => e.or([e('readAt', 'is', null), e('readAt', '<', before)]))
    .execute();
}
