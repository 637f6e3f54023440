import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

const sourceRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('alertsSource')
    .innerJoin('record', 'record.id', 'alertsSource.id')
    .select(['alertsSource.id', 'serviceId', 'about', 'lastSignalAt', 'lastFailure', 'lastFailureAt', 'record.number', 'record.title', 'record.version', 'record.archivedAt'])
    .where(visible(actor));
export type SourceRow = Awaited<ReturnType<typeof sources>>[number];

export function sources(db: Db, actor: Actor, filter: { limit: number; after?: { title: string; id: string } | undefined }) {
  let from = sourceRows(db, actor).where('record.archivedAt', 'is', null);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function sourceByNumber(db: Db, actor: Actor, number: string) {
  return sourceRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function keysOf(db: Db, sourceIds: readonly string[]) {
  return tables(db)
    .selectFrom('alertsKey')
    .select(['id', 'sourceId', 'prefix', 'createdAt'])
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt')
    .execute();
}

export function sourceOfKey(db: Db, hash: Buffer) {
  return tables(db)
    .selectFrom('alertsKey')
    .innerJoin('record', 'record.id', 'alertsKey.sourceId')
    .select('alertsKey.sourceId')
    .where('hash', '=', hash)
    .where('revokedAt', 'is', null)
    .where('record.archivedAt', 'is', null)
    .where('record.visibility', '=', 'everyone')
    .executeTakeFirst();
}
