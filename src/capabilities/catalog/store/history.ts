import { sql } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Lifecycle } from '../rules/index.ts';
import type { ComponentType } from './index.ts';

export interface State {
  readonly recordId: string;
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly title: string;
  /** Columns of the record's own table by their SQL names, with team_id and owner_id. */
  readonly attributes: Json;
}

/**
 * Keeps what these records are from now on, where it differs from what was kept last. Every write of the catalog ends here.
 * A write that began earlier, or whose clock is behind, never begins a state before the last one.
 */
export async function keepStates(db: Db, ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with present as (
      select r.id, r.title, coalesce(to_jsonb(s), to_jsonb(c)) - 'id' || jsonb_build_object('team_id', r.team_id, 'owner_id', r.owner_id) as attributes
      from record r left join catalog_service s on s.id = r.id left join catalog_component c on c.id = r.id
      where r.id = any(${[...ids]}::uuid[]) and r.kind in ('service', 'component')
    ), moved as (
      select present.*, greatest(${at}::timestamptz, st.begun_at) as at from present left join catalog_state st on st.record_id = present.id and st.ended_at is null
      where (st.title, st.attributes) is distinct from (present.title, present.attributes)
    ), ended as (
      update catalog_state st set ended_at = moved.at from moved where st.record_id = moved.id and st.ended_at is null and st.begun_at < moved.at returning st.record_id
    )
    insert into catalog_state (record_id, begun_at, title, attributes) select id, at, title, attributes from moved
    where (select count(*) from ended) >= 0
    on conflict (record_id, begun_at) do update set title = excluded.title, attributes = excluded.attributes`.execute(db);
}

/** What a record that the actor may see was, the newest first. */
export async function statesOf(db: Db, actor: Actor, recordId: string, limit: number): Promise<readonly State[]> {
  const { rows } = await sql<State>`
    select st.record_id, st.begun_at, st.ended_at, st.title, st.attributes from catalog_state st join record on record.id = st.record_id
    where st.record_id = ${recordId} and ${visible(actor)} order by st.begun_at desc limit ${limit}`.execute(db);
  return rows;
}

export interface Attributes {
  readonly title: string;
  readonly teamId: string | null;
  readonly tier: number | null;
  readonly type: ComponentType | null;
  readonly summary: string;
  readonly lifecycle: Lifecycle;
}

/** What each of the records was at an instant; those that were not in the catalog yet are left out. */
export async function attributesAt(db: Db, ids: readonly string[], at: string): Promise<ReadonlyMap<string, Attributes>> {
  const { rows } = await sql<Attributes & { id: string }>`
    select record_id as id, title, (attributes->>'team_id')::uuid as team_id, (attributes->>'tier')::int as tier, attributes->>'type' as type, attributes->>'summary' as summary,
      attributes->>'lifecycle' as lifecycle
    from catalog_state where record_id = any(${[...ids]}::uuid[]) and begun_at <= ${at} and (ended_at is null or ended_at > ${at})`.execute(db);
  return new Map(rows.map(({ id, ...attributes }) => [id, attributes]));
}

export interface Moved {
  readonly recordId: string;
  readonly beforeTitle: string | null;
  readonly before: Json;
  readonly afterTitle: string | null;
  readonly after: Json;
}

/** Records that are not the same at two instants; a missing side is one that was not in the catalog, or was retired. */
export async function movedBetween(db: Db, from: string, until: string): Promise<readonly Moved[]> {
  const { rows } = await sql<Moved>`
    with touched as (
      select distinct record_id from catalog_state
      where (begun_at > ${from} and begun_at <= ${until}) or (ended_at > ${from} and ended_at <= ${until})
    )
    select t.record_id, b.title as before_title, b.attributes as before, a.title as after_title, a.attributes as after
    from touched t
    left join catalog_state b on b.record_id = t.record_id and b.begun_at <= ${from} and (b.ended_at is null or b.ended_at > ${from}) and b.attributes->>'lifecycle' <> 'retired'
    left join catalog_state a on a.record_id = t.record_id and a.begun_at <= ${until} and (a.ended_at is null or a.ended_at > ${until}) and a.attributes->>'lifecycle' <> 'retired'
    where (b.title, b.attributes) is distinct from (a.title, a.attributes)`.execute(db);
  return rows;
}

export interface MovedEdge {
  readonly providerId: string;
  readonly consumerId: string;
  readonly before: Json;
  readonly after: Json;
}

export async function edgesMovedBetween(db: Db, from: string, until: string): Promise<readonly MovedEdge[]> {
  const { rows } = await sql<MovedEdge>`
    with touched as (
      select distinct provider_id, consumer_id from catalog_edge
      where (begun_at > ${from} and begun_at <= ${until}) or (ended_at > ${from} and ended_at <= ${until})
    ), at_from as (
      select provider_id, consumer_id, jsonb_build_object('impact', impact, 'group', redundancy_group, 'confidence', confidence, 'note', note) as said
      from catalog_edge where begun_at <= ${from} and (ended_at is null or ended_at > ${from})
    ), at_until as (
      select provider_id, consumer_id, jsonb_build_object('impact', impact, 'group', redundancy_group, 'confidence', confidence, 'note', note) as said
      from catalog_edge where begun_at <= ${until} and (ended_at is null or ended_at > ${until})
    )
    select t.provider_id, t.consumer_id, b.said as before, a.said as after from touched t
    left join at_from b using (provider_id, consumer_id) left join at_until a using (provider_id, consumer_id)
    where b.said is distinct from a.said`.execute(db);
  return rows;
}

export interface MovedGroup {
  readonly consumerId: string;
  readonly group: string;
  /** `2`, `50 %`; empty: every provider is needed. */
  readonly before: string;
  readonly after: string;
}

/** Sizes of redundancy groups that are not the same at two instants. */
export async function groupsMovedBetween(db: Db, from: string, until: string): Promise<readonly MovedGroup[]> {
  const { rows } = await sql<MovedGroup>`
    with said as (
      select *, min_up::text || case unit when 'percent' then ' %' else '' end as words from catalog_redundancy
    ), touched as (
      select distinct consumer_id, redundancy_group from said
      where (begun_at > ${from} and begun_at <= ${until}) or (ended_at > ${from} and ended_at <= ${until})
    )
    select t.consumer_id, t.redundancy_group as "group", coalesce(b.words, '') as before, coalesce(a.words, '') as after from touched t
    left join said b on b.consumer_id = t.consumer_id and b.redundancy_group = t.redundancy_group and b.begun_at <= ${from} and (b.ended_at is null or b.ended_at > ${from})
    left join said a on a.consumer_id = t.consumer_id and a.redundancy_group = t.redundancy_group and a.begun_at <= ${until} and (a.ended_at is null or a.ended_at > ${until})
    where b.words is distinct from a.words
    order by t.redundancy_group`.execute(db);
  return rows;
}
