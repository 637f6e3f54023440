import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('notifyChannel')
    .innerJoin('record', 'record.id', 'notifyChannel.id')
    .select([
      'notifyChannel.id',
      'record.number',
      'record.title as name',
      'notifyChannel.channel',
      'notifyChannel.address',
      'notifyChannel.verifiedAt',
      'record.teamId',
      'record.version',
      'record.archivedAt',
    ])
    .where(visible(actor));

export type ChannelRow = Awaited<ReturnType<typeof sharedChannels>>[number];

/** Channels by name; retired ones are left out. */
export function sharedChannels(db: Db, actor: Actor, what: { limit: number; after: { name: string; id: string } | undefined }) {
  let from = rows(db, actor).where('record.archivedAt', 'is', null);
  if (what.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${what.after.name}, ${what.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(what.limit).execute();
}

export function sharedChannelsByIds(db: Db, actor: Actor, ids: readonly string[]) {
  return rows(db, actor)
    .where(sql<SqlBool>`notify_channel.id = any(${ids}::uuid[])`)
    .execute();
}
