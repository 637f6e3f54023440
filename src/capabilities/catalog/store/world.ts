import { sql } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Identity, KnownEdge, KnownRecord, Values } from '../rules/plan/index.ts';
import type { WholeRedundancy } from './whole.ts';

export interface LoadedRecord extends KnownRecord {
  readonly version: number;
  /** Not everybody may see it. */
  readonly restricted: boolean;
}

/** What a source may say of a record, by the fields of a plan; for a query that names its tables `record`, `s` and `c`. */
export const VALUES = sql`jsonb_build_object(
  'name', record.title, 'type', c.type, 'summary', coalesce(s.summary, c.summary), 'lifecycle', coalesce(s.lifecycle, c.lifecycle), 'address', c.address, 'cloudId', c.cloud_id,
  'team', record.team_id, 'lead', record.owner_id, 'capability', s.capability, 'tier', s.tier, 'usersAffected', s.users_affected, 'rpoMinutes', s.rpo_minutes,
  'rtoMinutes', s.rto_minutes, 'supportHours', s.support_hours, 'links', coalesce(s.links, c.links), 'tags', coalesce(s.tags, c.tags))`;

/** Every living record of the catalog, the archived ones among the ids, and every retired service, because its slug stays taken; with what a source may say of them. */
export async function knownRecords(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedRecord>> {
  const { rows } = await sql<LoadedRecord>`
    select record.id, record.kind, record.number, record.version, record.visibility = 'restricted' as restricted, record.archived_at is not null as archived, s.slug, jsonb_strip_nulls(${VALUES}) as "values"
    from record left join catalog_service s on s.id = record.id left join catalog_component c on c.id = record.id
    where record.kind in ('service', 'component') and (record.archived_at is null or s.id is not null or record.id = any(${[...ids]}::uuid[])) and ${visible(SYSTEM)}`.execute(db);
  return new Map(rows.map((row) => [row.id, { ...row, values: sorted(row.values) }]));
}

/** Links are kept as people ordered them; they are compared by address. */
function sorted(values: Values): Values {
  const { links } = values;
  return links ? { ...values, links: links.map(({ label, url }) => ({ label, url })).toSorted((a, b) => (a.url < b.url ? -1 : 1)) } : values;
}

export async function identitiesOf(db: Db, importId: string): Promise<ReadonlyMap<string, Identity>> {
  const { rows } = await sql<{ ref: string; recordId: string; said: Json; staleSince: string | null; archived: boolean }>`
    select ref, coalesce(s.merged_into, c.merged_into, i.record_id) as record_id, said, stale_since, archived_at is not null as archived
    from catalog_identity i left join catalog_service s on s.id = i.record_id left join catalog_component c on c.id = i.record_id
    where import_id = ${importId}`.execute(db);
  return new Map(
    rows.map(({ ref, recordId, said, staleSince, archived }) => [
      ref,
      { recordId, said: { values: said.values ?? {}, groups: said.groups ?? [] }, staleSince, archivedByDesk: archived },
    ]),
  );
}

/** Open edges of one import, and all between records that the import names. */
export async function knownEdges(db: Db, importId: string, ids: readonly string[]): Promise<readonly KnownEdge[]> {
  const { rows } = await sql<KnownEdge>`
    select id, provider_id, consumer_id, impact, redundancy_group as "group", note, confidence, import_id from catalog_edge
    where ended_at is null and (import_id = ${importId} or consumer_id = any(${[...ids]}::uuid[]))`.execute(db);
  return rows;
}

export async function knownRedundancies(db: Db, ids: readonly string[]): Promise<readonly WholeRedundancy[]> {
  const { rows } = await sql<WholeRedundancy>`
    select consumer_id, redundancy_group as "group", min_up, unit from catalog_redundancy where ended_at is null and consumer_id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

export interface NamedOwner {
  readonly id: string;
  readonly kind: 'team' | 'person';
  readonly title: string;
}

/** Teams and people, for finding who is meant by an owner. */
export async function namedOwners(db: Db): Promise<readonly NamedOwner[]> {
  const { rows } = await sql<NamedOwner>`
    select record.id, record.kind, record.title from record where record.kind in ('team', 'person') and record.archived_at is null and ${visible(SYSTEM)}`.execute(db);
  return rows;
}
