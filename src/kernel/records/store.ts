import { CompiledQuery, sql, type SqlBool } from 'kysely';
import type { Db, RecordRow } from '../database.ts';
import type { Actor } from '../permissions.ts';
import { missing } from '../problem.ts';
import { visible, visibleText } from '../visible.ts';
import type { Ref } from '../contract.ts';

export type Head = Pick<RecordRow, 'id' | 'kind' | 'number' | 'title' | 'ownerId' | 'teamId' | 'openedAt' | 'archivedAt'> & { version: number };
const HEAD = ['id', 'kind', 'number', 'title', 'ownerId', 'teamId', 'openedAt', 'archivedAt', 'version'] as const;

const BY_NUMBER = 'select id, kind, number, title, owner_id, team_id, opened_at, archived_at, version from record where number = $1';
const BY_NUMBER_SEEN = `${BY_NUMBER} and ${visibleText(2)}`;

/**
 * The record of a number that the actor may see; 404 otherwise, whether it exists or not. Every verb that names a
 * record comes through here, so the statement is written out: building it would take a tenth of a read.
 */
export async function byNumber(db: Db, actor: Actor, number: string): Promise<Head> {
  const query = actor.kind === 'system' ? CompiledQuery.raw(BY_NUMBER, [number]) : CompiledQuery.raw(BY_NUMBER_SEEN, [number, actor.id, [...actor.leads]]);
  const { rows } = await db.executeQuery<Head>(query as CompiledQuery<Head>);
  const row = rows[0];
  if (!row) throw missing(number);
  return row;
}

/** References of records by id, without those the actor may not see. */
export async function refsOf(db: Db, actor: Actor, ids: readonly (string | null | undefined)[]): Promise<ReadonlyMap<string, Ref>> {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('record')
    .select(['id', 'kind', 'number', 'title'])
    .where(sql<SqlBool>`record.id = any(${wanted}::uuid[])`)
    .where(visible(actor))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export function search(db: Db, actor: Actor, what: { q: string; kinds: readonly string[] | undefined; archived: boolean; limit: number }) {
  const query = tsQuery(what.q);
  const exact = what.q.toUpperCase();
  let from = db
    .selectFrom('record')
    .select([...HEAD])
    .where(visible(actor))
    .where((e) => e.or([e('number', '=', exact), ...(query ? [sql<SqlBool>`record.search @@ to_tsquery('simple', ${query})`] : [])]));
  if (what.kinds) from = from.where('kind', 'in', [...what.kinds]);
  if (!what.archived) from = from.where('archivedAt', 'is', null);
  // What is called just so comes before what only mentions it.
  from = from.orderBy(sql`(record.number = ${exact})`, 'desc').orderBy(sql`(lower(record.title) = ${what.q.trim().toLowerCase()})`, 'desc');
  if (query) from = from.orderBy(sql`ts_rank(record.search, to_tsquery('simple', ${query}))`, 'desc');
  return from.orderBy('changedAt', 'desc').limit(what.limit).execute();
}

/** Each word a prefix, all of them needed; null when there is no word in it. */
export function tsQuery(raw: string): string | null {
  const words = raw.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0
    ? null
    : words
        .slice(0, 12)
        .map((word) => `${word}:*`)
        .join(' & ');
}

export async function linksOf(db: Db, actor: Actor, id: string) {
  const out = db
    .selectFrom('link')
    .innerJoin('record', 'record.id', 'link.toId')
    .select(['link.relation', 'record.id', 'record.kind', 'record.number', 'record.title', 'link.at', sql<boolean>`true`.as('outward')])
    .where('link.fromId', '=', id)
    .where(visible(actor));
  const back = db
    .selectFrom('link')
    .innerJoin('record', 'record.id', 'link.fromId')
    .select(['link.relation', 'record.id', 'record.kind', 'record.number', 'record.title', 'link.at', sql<boolean>`false`.as('outward')])
    .where('link.toId', '=', id)
    .where(visible(actor));
  return out.unionAll(back).orderBy('at', 'desc').limit(200).execute();
}

export interface EntryFilter {
  readonly recordId?: string | undefined;
  readonly did?: readonly string[] | undefined;
  readonly limit: number;
  readonly before?: { at: string; id: string } | undefined;
}

/** Log entries, newest first; of records the actor may not see none. */
export function entries(db: Db, actor: Actor, filter: EntryFilter) {
  let from = db
    .selectFrom('activity')
    .leftJoin('record', 'record.id', 'activity.recordId')
    .leftJoin('comment', (j) => j.on(sql<SqlBool>`comment.id = (case when activity.did = 'record.commented' then (activity.data->>'comment')::uuid end)`))
    .select([
      'activity.id',
      'activity.at',
      'activity.did',
      'activity.via',
      'activity.data',
      'activity.actorId',
      'activity.recordId',
      'comment.id as commentId',
      'comment.body as commentBody',
      'comment.editedAt as commentEditedAt',
    ])
    .where((e) => e.or([e('activity.recordId', 'is', null), visible(actor)]));
  if (filter.recordId) from = from.where('activity.recordId', '=', filter.recordId);
  if (filter.did) from = from.where('activity.did', 'in', [...filter.did]);
  if (filter.before) {
    const { at, id } = filter.before;
    from = from.where(sql<SqlBool>`(activity.at, activity.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return from.orderBy('activity.at', 'desc').orderBy('activity.id', 'desc').limit(filter.limit).execute();
}

export function attachmentsOf(db: Db, recordId: string) {
  return db.selectFrom('attachment').select(['id', 'name', 'mediaType', 'size', 'at', 'actorId']).where('recordId', '=', recordId).orderBy('at', 'desc').limit(200).execute();
}

/** Whether everybody may see a record. */
export async function isOpen(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('record').select('visibility').where('id', '=', id).executeTakeFirst();
  return row?.visibility === 'everyone';
}
