import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables, type SourceTable } from './tables.ts';

const sourceRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('alertsSource')
    .innerJoin('record', 'record.id', 'alertsSource.id')
    .select([
      'alertsSource.id',
      'serviceId',
      'about',
      'lastSignalAt',
      'lastFailure',
      'lastFailureAt',
      'mappings',
      'standing',
      'standingSince',
      'quietMinutes',
      'record.number',
      'record.title',
      'record.version',
      'record.archivedAt',
    ])
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

/** A source with its title, locked until the commit, so that what is counted and said about it follows one after another; messages that refer to it are stored meanwhile. */
export function lockSource(db: Db, id: string) {
  return tables(db)
    .selectFrom('alertsSource')
    .innerJoin('record', 'record.id', 'alertsSource.id')
    .select([
      'alertsSource.id',
      'serviceId',
      'lastSignalAt',
      'lastFailureAt',
      'lastRawId',
      'standing',
      'standingSince',
      'quietMinutes',
      'listensAt',
      'toldAt',
      'record.title',
      'record.archivedAt',
    ])
    .where('alertsSource.id', '=', id)
    .where(visible(SYSTEM))
    .forNoKeyUpdate('alertsSource')
    .executeTakeFirst();
}

export async function setSource(
  db: Db,
  id: string,
  now: Partial<Pick<SourceTable, 'standing' | 'standingSince' | 'quietMinutes' | 'listensAt' | 'toldAt' | 'lastSignalAt' | 'lastRawId' | 'lastFailure' | 'lastFailureAt'>>,
): Promise<void> {
  await tables(db).updateTable('alertsSource').set(now).where('id', '=', id).execute();
}

export interface HourCount {
  readonly hour: string;
  readonly messages: number;
  readonly signals: number;
  readonly failed: number;
  readonly gaps: readonly number[];
}

/** Adds to the counters of a source; one row per hour. */
export async function countHours(db: Db, sourceId: string, hours: readonly HourCount[]): Promise<void> {
  for (const { hour, messages, signals, failed, gaps } of hours)
    await sql`insert into alerts_source_hour as h (source_id, hour, messages, signals, failed, gaps)
      values (${sourceId}::uuid, ${hour}::timestamptz, ${messages}, ${signals}, ${failed}, ${[...gaps]}::int[])
      on conflict (source_id, hour) do update set messages = h.messages + excluded.messages, signals = h.signals + excluded.signals, failed = h.failed + excluded.failed,
        gaps = (select array_agg(coalesce(a, 0) + coalesce(b, 0) order by place) from unnest(h.gaps, excluded.gaps) with ordinality as both_of(a, b, place))`.execute(db);
}

/** How often a source paused for how long since an instant, by the kinds of `rules/silence.ts`. */
export async function gapsOf(db: Db, sourceId: string, since: string): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`select sum(n)::int as n from alerts_source_hour h, unnest(h.gaps) with ordinality as g(n, place)
    where h.source_id = ${sourceId}::uuid and h.hour >= ${since} group by place order by place`.execute(db);
  return rows.map((row) => row.n);
}

/** The counters of these sources since an instant, oldest first. */
export function hoursSince(db: Db, sourceIds: readonly string[], since: string) {
  return tables(db)
    .selectFrom('alertsSourceHour')
    .select(['sourceId', 'hour', 'messages', 'signals', 'failed'])
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('hour', '>=', since)
    .orderBy('hour')
    .execute();
}

/** Counters and conversations are kept as long as messages, changes for a year. */
export async function sweepReceiving(db: Db, before: { readonly month: string; readonly year: string }): Promise<void> {
  await tables(db).deleteFrom('alertsSourceHour').where('hour', '<', before.month).execute();
  await tables(db).deleteFrom('alertsMail').where('at', '<', before.month).execute();
  await tables(db).deleteFrom('alertsChange').where('at', '<', before.year).execute();
}
