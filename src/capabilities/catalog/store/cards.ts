import { sql, type SqlBool } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { VALUES } from './world.ts';
import type { CardKind, Field, FoundCard, Mismatch } from '../rules/index.ts';

export type CardState = 'open' | 'ignored' | 'settled';
type Tables = {
  catalogCard: {
    id: string;
    kind: CardKind;
    key: string;
    recordId: string;
    otherId: string | null;
    edgeId: string | null;
    evidence: Json;
    state: CardState;
    ignoredUntil: string | null;
    foundAt: string;
    settledAt: string | null;
    settledBy: string | null;
    settledHow: string;
  };
};
export const cardTables = (db: Db) => db.$extendTables<Tables>();

/** What living sources say of living records, where it is not what the record says. Tags are taken one by one, so they never disagree. */
export async function mismatches(db: Db): Promise<readonly Mismatch[]> {
  const { rows } = await sql<Mismatch & { field: Field }>`
    select i.record_id, f.key as field, v."values" -> f.key as ours, i.import_id, f.value as theirs
    from catalog_identity i
    join record on record.id = i.record_id and record.archived_at is null
    join record source on source.id = i.import_id and source.archived_at is null
    left join catalog_service s on s.id = record.id left join catalog_component c on c.id = record.id
    cross join lateral (select ${VALUES} as "values") v
    cross join lateral jsonb_each(i.said -> 'values') f
    where i.stale_since is null and record.visibility in ('everyone', 'restricted') and f.key <> 'tags' and coalesce(v."values" -> f.key, 'null') <> f.value
    order by i.record_id, f.key, i.import_id, i.ref limit 20000`.execute(db);
  return rows;
}

/** Living records of one kind (as `kindOfType` has it) that share a name, an address or a cloud id; restricted ones are not named to others. */
export async function sharedKeys(db: Db): Promise<readonly { by: string; value: string; ids: string[] }[]> {
  const { rows } = await sql<{ by: string; value: string; ids: string[] }>`
    with living as (
      select r.id, r.title, case when c.type in ('host', 'vm', 'cloud') then 'machine' else c.type end as type, lower(c.address) as address, lower(c.cloud_id) as cloud_id, regexp_replace(lower(r.title), '[^[:alnum:]]', '', 'g') as plain
      from record r join catalog_component c on c.id = r.id where r.archived_at is null and r.visibility = 'everyone'
    ), services as (
      select r.id, min(r.title) over (partition by regexp_replace(lower(r.title), '[^[:alnum:]]', '', 'g')) as title, regexp_replace(lower(r.title), '[^[:alnum:]]', '', 'g') as plain
      from record r join catalog_service s on s.id = r.id where r.archived_at is null and r.visibility = 'everyone'
    )
    select 'cloud id' as by, min(cloud_id) as value, array_agg(id) as ids from living where cloud_id <> '' group by cloud_id having count(*) > 1
    union all select 'address', min(address), array_agg(id) from living where address <> '' group by type, address having count(*) > 1
    union all select 'name', min(title), array_agg(id) from living where plain <> '' group by type, plain having count(*) > 1
    union all select 'name', min(title), array_agg(id) from services where plain <> '' group by plain having count(*) > 1
    order by 1, 2 limit 2000`.execute(db);
  return rows;
}

/**
 * Edges that people declared or a source brought, that no source has seen since, though one that tells of dependencies names both ends.
 * Asked edge by edge: before the tables are analysed, a join of all identities with each other would be tried.
 */
export async function unseenEdges(db: Db, before: string): Promise<readonly { id: string; providerId: string; consumerId: string; lastSeen: string }[]> {
  const { rows } = await sql<{ id: string; providerId: string; consumerId: string; lastSeen: string }>`
    select e.id, e.provider_id, e.consumer_id, e.last_seen from catalog_edge e
    where e.ended_at is null and e.last_seen < ${before} and e.source <> 'inferred' and exists (
      select 1 from (
        select import_id from catalog_identity where record_id = e.provider_id and stale_since is null
        intersect select import_id from catalog_identity where record_id = e.consumer_id and stale_since is null
      ) both_named where import_id = any(array(select distinct import_id from catalog_edge where import_id is not null and ended_at is null)))
    order by e.last_seen, e.id limit 5000`.execute(db);
  return rows;
}

/** Living records of the catalog whose team or lead has left, with who it was. */
export async function leftOwners(db: Db): Promise<readonly { id: string; ownerId: string; name: string }[]> {
  const { rows } = await sql<{ id: string; ownerId: string; name: string }>`
    select r.id, o.id as owner_id, o.title as name from record r join record o on o.id in (r.team_id, r.owner_id)
    where r.kind in ('service', 'component') and r.archived_at is null and o.archived_at is not null and o.visibility = 'everyone' order by r.id limit 5000`.execute(db);
  return rows;
}

interface Bare {
  readonly id: string;
  readonly kind: 'service' | 'component';
  readonly tier: number | null;
  readonly hasTeam: boolean;
  readonly summary: string;
  readonly users: number | null;
}

/** Living records that may lack something; components only where a service needs them. */
export async function bareRecords(db: Db): Promise<readonly Bare[]> {
  const { rows } = await sql<Bare>`
    select r.id, r.kind, s.tier, r.team_id is not null as has_team, coalesce(s.summary, c.summary) as summary, s.users_affected as users
    from record r left join catalog_service s on s.id = r.id left join catalog_component c on c.id = r.id
    where r.kind in ('service', 'component') and r.archived_at is null and r.visibility in ('everyone', 'restricted')
      and ((s.id is not null and (r.team_id is null or s.summary = '' or (s.tier <= 2 and s.users_affected is null)))
        or (c.id is not null and r.team_id is null and exists (
          select 1 from catalog_edge e join catalog_service needs on needs.id = e.consumer_id where e.provider_id = r.id and e.ended_at is null and e.impact = 'hard' and needs.tier <= 2)))
    order by r.id limit 20000`.execute(db);
  return rows;
}

/** Opens what is new, opens again what was answered for other reasons or ignored until now, and settles what is so no longer. */
export async function putCards(db: Db, now: string, found: readonly (FoundCard & { readonly id: string })[]): Promise<{ readonly opened: number; readonly settled: number }> {
  const rows = found.map(({ id, kind, key, recordId, otherId, edgeId, evidence }) => ({ id, kind, key, record_id: recordId, other_id: otherId, edge_id: edgeId, evidence }));
  const opened = await sql`
    insert into catalog_card as card (id, kind, key, record_id, other_id, edge_id, evidence, state, found_at)
    select id, kind, key, record_id, other_id, edge_id, evidence, 'open', ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, kind text, key text, record_id uuid, other_id uuid, edge_id uuid, evidence jsonb)
    on conflict (key) do update set evidence = excluded.evidence, edge_id = excluded.edge_id, state = 'open', found_at = excluded.found_at, ignored_until = null, settled_at = null, settled_by = null,
      settled_how = ''
    where (card.state = 'settled' and (card.evidence <> excluded.evidence or card.settled_by is null)) or (card.state = 'ignored' and card.ignored_until <= ${now}::timestamptz)
      or (card.state = 'open' and card.evidence <> excluded.evidence)`.execute(db);
  const settled = await sql`
    update catalog_card card set state = 'settled', settled_at = ${now}, settled_by = null, settled_how = 'It is no longer so.'
    where state in ('open', 'ignored') and not exists (select 1 from unnest(${rows.map(({ key }) => key)}::text[]) found(key) where found.key = card.key)`.execute(db);
  return { opened: Number(opened.numAffectedRows ?? 0), settled: Number(settled.numAffectedRows ?? 0) };
}

/** Nothing is asked any more about a record that is retired. */
export async function settleCardsOf(db: Db, id: string, at: string): Promise<void> {
  await sql`
    update catalog_card set state = 'settled', settled_at = ${at}, settled_by = null, settled_how = 'It was retired.'
    where state in ('open', 'ignored') and (record_id = ${id} or other_id = ${id})`.execute(db);
}

export function cardList(
  db: Db,
  actor: Actor,
  filter: { kind: CardKind | undefined; state: CardState; recordId: string | undefined; limit: number; after: { foundAt: string; id: string } | undefined },
) {
  let from = cardTables(db)
    .selectFrom('catalogCard')
    .innerJoin('record', 'record.id', 'catalogCard.recordId')
    .selectAll('catalogCard')
    .select(['record.kind as recordKind'])
    .where('state', '=', filter.state)
    .where(visible(actor));
  if (filter.kind) from = from.where('catalogCard.kind', '=', filter.kind);
  if (filter.recordId) from = from.where((e) => e.or([e('recordId', '=', filter.recordId!), e('otherId', '=', filter.recordId!)]));
  if (filter.after) from = from.where(sql<SqlBool>`(found_at, catalog_card.id) > (${filter.after.foundAt}::timestamptz, ${filter.after.id}::uuid)`);
  return from.orderBy('foundAt').orderBy('catalogCard.id').limit(filter.limit).execute();
}
export type CardRow = Awaited<ReturnType<typeof cardList>>[number];

export async function cardCounts(db: Db, actor: Actor): Promise<readonly { kind: CardKind; open: number }[]> {
  const { rows } = await sql<{ kind: CardKind; open: number }>`
    select card.kind, count(*)::int as open from catalog_card card join record on record.id = card.record_id where card.state = 'open' and ${visible(actor)} group by card.kind order by card.kind`.execute(
    db,
  );
  return rows;
}

export function cardById(db: Db, actor: Actor, id: string) {
  return cardTables(db)
    .selectFrom('catalogCard')
    .innerJoin('record', 'record.id', 'catalogCard.recordId')
    .selectAll('catalogCard')
    .select(['record.kind as recordKind'])
    .where('catalogCard.id', '=', id)
    .where(visible(actor))
    .executeTakeFirst();
}

export function setCard(db: Db, id: string, change: Partial<Pick<Tables['catalogCard'], 'state' | 'ignoredUntil' | 'settledAt' | 'settledBy' | 'settledHow'>>) {
  return cardTables(db).updateTable('catalogCard').set(change).where('id', '=', id).execute();
}

/** When each of some sources last named a record. */
export async function lastSeenBy(db: Db, recordIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ importId: string; recordId: string; lastSeen: string }>`
    select import_id, record_id, max(last_seen) as last_seen from catalog_identity where record_id = any(${[...recordIds]}::uuid[]) group by import_id, record_id`.execute(db);
  return new Map(rows.map(({ importId, recordId, lastSeen }) => [`${importId} ${recordId}`, lastSeen]));
}
