import { sql, type SqlBool } from 'kysely';
import type { Pool } from 'pg';
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

/**
 * This transaction's commit waits for no disk. Nothing is lost by that: its messages are on disk already and are worked
 * off again, and what leaves the desk is claimed by a later commit that waits for everything before it.
 */
export async function commitLazily(db: Db): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(db);
}

export interface Raw {
  readonly id: string;
  readonly format: string;
  /** Null when the node has what it says. */
  readonly body: string | null;
  readonly bytes: number;
  readonly givenKey: string | null;
}

async function lockWork(db: Db, sourceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceId}, 7))`.execute(db);
}

/**
 * The oldest waiting messages of a source, so many and so long at most but one at least, under the lock that lets one
 * node at a time work on it. Bodies that the node still has are not sent again.
 */
export async function claimRaw(db: Db, sourceId: string, most: { readonly messages: number; readonly bytes: number; readonly had: readonly string[] }): Promise<readonly Raw[]> {
  await lockWork(db, sourceId);
  const { rows } = await sql<Raw>`
    select id, format, given_key, bytes, case when id = any(${[...most.had]}::uuid[]) then null else (select body from alerts_raw r where r.id = summed.id) end as body
    from (
      select id, format, given_key, octet_length(body) as bytes, sum(octet_length(body)) over (order by id) - octet_length(body) as before
      from (select id, format, given_key, body from alerts_raw where source_id = ${sourceId} and state = 'received' order by id limit ${most.messages}) oldest
    ) summed where before < ${most.bytes} order by id`.execute(db);
  return rows;
}

/** They are worked off: with so many signals, or (not done) kept with the error for which they could not be read. */
export async function finishRaw(db: Db, rows: readonly { readonly id: string; readonly done: boolean; readonly signals: number; readonly error: string | null }[]): Promise<void> {
  await sql`
    update alerts_raw r set state = case when n.done then 'done' else 'failed' end, signals = n.signals, error = n.error
    from unnest(${rows.map((one) => one.id)}::uuid[], ${rows.map((one) => one.done)}::boolean[], ${rows.map((one) => one.signals)}::int[], ${rows.map((one) => one.error)}::text[]) as n(id, done, signals, error)
    where r.id = n.id`.execute(db);
}

export function oldestRaw(db: Db, sourceId: string) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'format', sql<number>`length(body)`.as('bytes')])
    .where('sourceId', '=', sourceId)
    .where('state', '=', 'received')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Whether a message still waits, under the lock that lets one node at a time work on its source. */
export async function isWaiting(db: Db, sourceId: string, id: string): Promise<boolean> {
  await lockWork(db, sourceId);
  return (await tables(db).selectFrom('alertsRaw').select('id').where('id', '=', id).where('state', '=', 'received').executeTakeFirst()) !== undefined;
}

export interface NewRaw {
  readonly id: string;
  readonly sourceId: string;
  readonly format: string;
  readonly body: string;
  readonly givenKey: string | null;
  readonly at: string;
}

/** So many messages in one statement. */
export const RAW_MOST = 64;
const COLUMNS = 6;
const statements = Array.from({ length: RAW_MOST + 1 }, (_, count) => {
  const rows = Array.from({ length: count }, (__, row) => `(${Array.from({ length: COLUMNS }, (___, column) => `$${row * COLUMNS + column + 1}`).join(', ')}, 'received')`);
  return { name: `alerts-raw-${count}`, text: `insert into alerts_raw (id, source_id, format, body, given_key, received_at, state) values ${rows.join(', ')}` };
});

/** Messages that arrived together: one prepared statement, one commit. Bodies travel as they are, not as parts of an array's text. */
export async function insertRaw(pool: Pool, rows: readonly NewRaw[]): Promise<void> {
  await pool.query({ ...statements[rows.length]!, values: rows.flatMap((row) => [row.id, row.sourceId, row.format, row.body, row.givenKey, row.at]) });
}
