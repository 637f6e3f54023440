import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

export function rawWaiting(db: Db, sourceIds: readonly string[]) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['sourceId', 'state', (e) => e.fn.countAll<number>().as('n')])
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('state', '!=', 'done')
    .groupBy(['sourceId', 'state'])
    .execute();
}

export function recentRaw(db: Db, sourceId: string) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'receivedAt', 'format', 'state', 'error', 'signals', sql<string>`left(body, 20000)`.as('body')])
    .where('sourceId', '=', sourceId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
}

/** Sources that have messages which nobody has worked off yet. */
export async function sourcesWaiting(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ sourceId: string }>`select distinct source_id from alerts_raw where state = 'received'`.execute(db);
  return rows.map((row) => row.sourceId);
}

/** The oldest waiting messages of a source, under the lock that lets one node at a time work on it. */
export async function claimRaw(db: Db, sourceId: string, most: number) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceId}, 7))`.execute(db);
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'format', 'body', 'givenKey'])
    .where('sourceId', '=', sourceId)
    .where('state', '=', 'received')
    .orderBy('id')
    .limit(most)
    .execute();
}

export function oldestRaw(db: Db, sourceId: string) {
  return tables(db).selectFrom('alertsRaw').select('id').where('sourceId', '=', sourceId).where('state', '=', 'received').orderBy('id').limit(1).executeTakeFirst();
}

export interface NewRaw {
  readonly id: string;
  readonly sourceId: string;
  readonly format: string;
  readonly body: string;
  readonly givenKey: string | null;
  readonly at: string;
}

/** Messages that arrived together: one statement, one commit. */
export async function insertRaw(db: Db, rows: readonly NewRaw[]): Promise<void> {
  await sql`insert into alerts_raw (id, source_id, format, body, given_key, received_at, state)
    select u.id, u.source_id, u.format, u.body, u.given_key, u.at, 'received' from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.sourceId)}::uuid[], ${rows.map((r) => r.format)}::text[],
      ${rows.map((r) => r.body)}::text[], ${rows.map((r) => r.givenKey)}::text[], ${rows.map((r) => r.at)}::timestamptz[]) as u(id, source_id, format, body, given_key, at)`.execute(
    db,
  );
}
