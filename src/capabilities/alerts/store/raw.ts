import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

/** How many messages of these sources wait, and how many failed; each by the index of its own. */
export function rawWaiting(db: Db, sourceIds: readonly string[]) {
  const counted = (state: 'received' | 'failed') =>
    tables(db)
      .selectFrom('alertsRaw')
      .select(['sourceId', 'state', (e) => e.fn.countAll<number>().as('n')])
      .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
      .where('state', '=', state)
      .groupBy(['sourceId', 'state']);
  return counted('received').unionAll(counted('failed')).execute();
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

/** The newest messages of a source in these formats, whole unless they are long: to try a mapping on. */
export function bodiesOf(db: Db, sourceId: string, what: { readonly formats: readonly string[]; readonly longest: number }) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'receivedAt', 'format', 'state', 'error', sql<string>`left(body, ${what.longest})`.as('body'), sql<boolean>`length(body) > ${what.longest}`.as('isCut')])
    .where('sourceId', '=', sourceId)
    .where('format', 'in', [...what.formats])
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
}

/** Which of these formats a source has sent, among its newest thousand messages. */
export async function formatsOf(db: Db, sourceId: string, formats: readonly string[]): Promise<readonly string[]> {
  const newest = tables(db).selectFrom('alertsRaw').select('format').where('sourceId', '=', sourceId).orderBy('id', 'desc').limit(1000).as('newest');
  const rows = await db
    .selectFrom(newest)
    .select('newest.format')
    .distinct()
    .where('newest.format', 'in', [...formats])
    .execute();
  return rows.map((row) => row.format);
}

export async function countFailed(db: Db, sourceId: string): Promise<number> {
  const row = await tables(db)
    .selectFrom('alertsRaw')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('sourceId', '=', sourceId)
    .where('state', '=', 'failed')
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Lets messages wait again, as if they had just been stored: one, or the oldest of those that failed. Answers how many. */
export async function waitAgain(db: Db, sourceId: string, what: { readonly id: string | undefined; readonly most: number }): Promise<number> {
  let which = tables(db).selectFrom('alertsRaw').select('id').where('sourceId', '=', sourceId).where('state', '!=', 'received').orderBy('id').limit(what.most);
  which = what.id === undefined ? which.where('state', '=', 'failed') : which.where('id', '=', what.id);
  const { numUpdatedRows } = await tables(db).updateTable('alertsRaw').set({ state: 'received', error: null, signals: null }).where('id', 'in', which).executeTakeFirst();
  return Number(numUpdatedRows);
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
  return tables(db).selectFrom('alertsRaw').select(['id', 'format']).where('sourceId', '=', sourceId).where('state', '=', 'received').orderBy('id').limit(1).executeTakeFirst();
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
