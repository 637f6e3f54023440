import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Impact, Lifecycle } from '../rules/index.ts';
import type { ComponentType } from './index.ts';

/** A record of the catalog as the graph knows it, whoever may see it. */
export interface WholeRow {
  readonly id: string;
  readonly kind: 'service' | 'component';
  readonly number: string;
  readonly title: string;
  readonly teamId: string | null;
  readonly tier: number | null;
  readonly type: ComponentType | null;
  readonly lifecycle: Lifecycle;
  readonly usersAffected: number | null;
}

export interface WholeLink {
  readonly id: string;
  readonly providerId: string;
  readonly consumerId: string;
  readonly impact: Impact;
  readonly group: string;
}

export interface WholeRedundancy {
  readonly consumerId: string;
  readonly group: string;
  readonly minUp: number;
  readonly unit: 'count' | 'percent';
}

/** What is read of the graph: everything, or what has to do with some records. */
export type Part = readonly string[] | 'everything';

const among = (column: string, part: Part) => (part === 'everything' ? sql`true` : sql`${sql.ref(column)} = any(${[...part]}::uuid[])`);

/** So many rows at a time: what a page left behind is gone before the next one. */
const PAGE = 10_000;

async function* pagesOf<T extends { readonly id: string }>(page: (after: string) => Promise<readonly T[]>): AsyncGenerator<readonly T[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await page(after);
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

/** Every record in use, a page at a time. */
export function allRows(db: Db): AsyncGenerator<readonly WholeRow[]> {
  return pagesOf((after) => readRows(db, sql`r.id > ${after}::uuid order by r.id limit ${PAGE}`));
}

/** Every dependency that holds, a page at a time. */
export function allLinks(db: Db): AsyncGenerator<readonly WholeLink[]> {
  return pagesOf((after) => readLinks(db, sql`id > ${after}::uuid order by id limit ${PAGE}`));
}

async function readRows(db: Db, where: RawBuilder<unknown>): Promise<readonly WholeRow[]> {
  const { rows } = await sql<WholeRow>`
    select r.id, r.kind, r.number, r.title, r.team_id, s.tier, c.type, coalesce(s.lifecycle, c.lifecycle) as lifecycle, s.users_affected
    from record r left join catalog_service s on s.id = r.id left join catalog_component c on c.id = r.id
    where r.kind in ('service', 'component') and r.archived_at is null and ${where}`.execute(db);
  return rows;
}

async function readLinks(db: Db, where: RawBuilder<unknown>): Promise<readonly WholeLink[]> {
  const { rows } = await sql<WholeLink>`
    select id, provider_id, consumer_id, impact, redundancy_group as "group" from catalog_edge where ended_at is null and ${where}`.execute(db);
  return rows;
}

/** Records in use, as the desk itself sees them; what of it a viewer may see, `hiddenFrom` says. */
export function rowsNow(db: Db, ids: readonly string[]): Promise<readonly WholeRow[]> {
  return readRows(db, among('r.id', ids));
}

/** Dependencies from or to the records. */
export function linksNow(db: Db, ids: readonly string[]): Promise<readonly WholeLink[]> {
  return readLinks(db, sql`(${among('provider_id', ids)} or ${among('consumer_id', ids)})`);
}

export async function redundanciesNow(db: Db, part: Part): Promise<readonly WholeRedundancy[]> {
  const { rows } = await sql<WholeRedundancy>`
    select consumer_id, redundancy_group as "group", min_up, unit from catalog_redundancy where ended_at is null and ${among('consumer_id', part)}`.execute(db);
  return rows;
}

const HELD = sql`begun_at <= ${sql.raw('x.at')} and (ended_at is null or ended_at > x.at)`;

/** Records that were in use at the instant, as they were then, a page at a time. */
export function rowsAt(db: Db, at: string): AsyncGenerator<readonly WholeRow[]> {
  return pagesOf(async (after) => {
    const { rows } = await sql<WholeRow>`
    select r.id, r.kind, r.number, st.title, (st.attributes->>'team_id')::uuid as team_id, (st.attributes->>'tier')::int as tier, st.attributes->>'type' as type,
      st.attributes->>'lifecycle' as lifecycle, (st.attributes->>'users_affected')::int as users_affected
    from (select ${at}::timestamptz as at) x join catalog_state st on ${HELD} join record r on r.id = st.record_id
    where st.attributes->>'lifecycle' <> 'retired' and st.record_id > ${after}::uuid order by st.record_id limit ${PAGE}`.execute(db);
    return rows;
  });
}

export function linksAt(db: Db, at: string): AsyncGenerator<readonly WholeLink[]> {
  return pagesOf(async (after) => {
    const { rows } = await sql<WholeLink>`
    select id, provider_id, consumer_id, impact, redundancy_group as "group"
    from (select ${at}::timestamptz as at) x join catalog_edge on ${HELD} where id > ${after}::uuid order by id limit ${PAGE}`.execute(db);
    return rows;
  });
}

export async function redundanciesAt(db: Db, at: string): Promise<readonly WholeRedundancy[]> {
  const { rows } = await sql<WholeRedundancy>`
    select consumer_id, redundancy_group as "group", min_up, unit from (select ${at}::timestamptz as at) x join catalog_redundancy on ${HELD}`.execute(db);
  return rows;
}

/** What the actor may not see now, and therefore not of earlier either. */
export async function hiddenFrom(db: Db, actor: Actor): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select record.id from record where record.visibility = 'restricted' and record.kind in ('service', 'component') and (${visible(actor)}) is not true`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Records whose log has grown since a snapshot, and the snapshot to ask from next time: what is committed later is at or above it. */
export async function touchedSince(db: Db, xid: number, events: readonly string[], most: number): Promise<{ readonly ids: readonly string[]; readonly xid: number }> {
  const { rows } = await sql<{ xid: number; ids: string[] | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid, (
      select array_agg(record_id) from (
        select distinct a.record_id from activity a join record on record.id = a.record_id
        where a.xid >= ${xid} and a.did = any(${[...events]}) and record.kind in ('service', 'component') limit ${most}
      ) touched
    ) as ids`.execute(db);
  return { xid: rows[0]!.xid, ids: rows[0]!.ids ?? [] };
}

export async function snapshotXid(db: Db): Promise<number> {
  const { rows } = await sql<{ xid: number }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid`.execute(db);
  return rows[0]!.xid;
}
