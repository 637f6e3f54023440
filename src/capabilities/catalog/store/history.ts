import { sql } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';

export interface State {
  readonly recordId: string;
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly title: string;
  /** Columns of the record's own table by their SQL names, with team_id and owner_id. */
  readonly attributes: Json;
}

/** Keeps what these records are from now on, where it differs from what was kept last. Every write of the catalog ends here. */
export async function keepStates(db: Db, ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with present as (
      select r.id, r.title, coalesce(to_jsonb(s), to_jsonb(c)) - 'id' || jsonb_build_object('team_id', r.team_id, 'owner_id', r.owner_id) as attributes
      from record r left join catalog_service s on s.id = r.id left join catalog_component c on c.id = r.id
      where r.id = any(${[...ids]}::uuid[]) and r.kind in ('service', 'component')
    ), moved as (
      select present.* from present left join catalog_state st on st.record_id = present.id and st.ended_at is null
      where (st.title, st.attributes) is distinct from (present.title, present.attributes)
    ), ended as (
      update catalog_state st set ended_at = ${at} from moved where st.record_id = moved.id and st.ended_at is null and st.begun_at < ${at} returning st.record_id
    )
    insert into catalog_state (record_id, begun_at, title, attributes) select id, ${at}, title, attributes from moved
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
      select provider_id, consumer_id, jsonb_build_object('impact', impact, 'group', redundancy_group, 'confidence', confidence) as said
      from catalog_edge where begun_at <= ${from} and (ended_at is null or ended_at > ${from})
    ), at_until as (
      select provider_id, consumer_id, jsonb_build_object('impact', impact, 'group', redundancy_group, 'confidence', confidence) as said
      from catalog_edge where begun_at <= ${until} and (ended_at is null or ended_at > ${until})
    )
    select t.provider_id, t.consumer_id, b.said as before, a.said as after from touched t
    left join at_from b using (provider_id, consumer_id) left join at_until a using (provider_id, consumer_id)
    where b.said is distinct from a.said`.execute(db);
  return rows;
}
