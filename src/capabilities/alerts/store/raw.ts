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

export interface Raw {
  readonly id: string;
  readonly format: string;
  readonly body: string;
  readonly givenKey: string | null;
}

/** The oldest waiting messages of a source, so many and so long at most but one at least, under the lock that lets one node at a time work on it. */
export async function claimRaw(db: Db, sourceId: string, most: { readonly messages: number; readonly bytes: number }): Promise<readonly Raw[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceId}, 7))`.execute(db);
  const { rows } = await sql<Raw>`
    select id, format, body, given_key from alerts_raw where id in (
      select id from (
        select id, sum(octet_length(body)) over (order by id) - octet_length(body) as before
        from (select id, body from alerts_raw where source_id = ${sourceId} and state = 'received' order by id limit ${most.messages}) oldest
      ) summed where before < ${most.bytes}
    ) order by id`.execute(db);
  return rows;
}

/** They are worked off: with so many signals, or kept with the error for which they could not be read. */
export async function finishRaw(db: Db, rows: readonly { readonly id: string; readonly signals: number; readonly error: string | null }[]): Promise<void> {
  await sql`
    update alerts_raw r set state = case when n.error is null then 'done' else 'failed' end, signals = n.signals, error = n.error
    from unnest(${rows.map((one) => one.id)}::uuid[], ${rows.map((one) => one.signals)}::int[], ${rows.map((one) => one.error)}::text[]) as n(id, signals, error)
    where r.id = n.id`.execute(db);
}

/** A source was heard; a failure stays until the next one. */
export async function noteHeard(db: Db, { sourceId, at, failure }: { readonly sourceId: string; readonly at: string; readonly failure: string | null }): Promise<void> {
  await sql`
    update alerts_source set last_signal_at = ${at}, last_failure = coalesce(${failure}::text, last_failure),
      last_failure_at = case when ${failure}::text is null then last_failure_at else ${at}::timestamptz end where id = ${sourceId}`.execute(db);
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
