import { sql } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Impact } from '../rules/index.ts';

/** Locks the records in one order; answers the version of each. */
export async function lockRecords(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    select id, version from record where id = any(${[...ids]}::uuid[]) and ${visible(SYSTEM)} order by id for update`.execute(db);
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** Rows of new services in one statement; `rows` carry the columns by their SQL names. */
export function insertServices(db: Db, rows: readonly object[]) {
  return sql`
    insert into catalog_service (id, slug, summary, tier, lifecycle, users_affected, capability, rpo_minutes, rto_minutes, support_hours, tags, links)
    select id, slug, summary, tier, lifecycle, users_affected, capability, rpo_minutes, rto_minutes, support_hours, tags, links from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(id uuid, slug text, summary text, tier smallint, lifecycle text, users_affected int, capability text, rpo_minutes int, rto_minutes int, support_hours text, tags text[], links jsonb)`.execute(
    db,
  );
}

export function insertComponents(db: Db, rows: readonly object[]) {
  return sql`
    insert into catalog_component (id, type, summary, address, cloud_id, lifecycle, tags, links)
    select id, type, summary, address, cloud_id, lifecycle, tags, links from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(id uuid, type text, summary text, address text, cloud_id text, lifecycle text, tags text[], links jsonb)`.execute(db);
}

const COLUMNS = {
  summary: 'summary',
  lifecycle: 'lifecycle',
  address: 'address',
  cloudId: 'cloud_id',
  type: 'type',
  capability: 'capability',
  tier: 'tier',
  usersAffected: 'users_affected',
  rpoMinutes: 'rpo_minutes',
  rtoMinutes: 'rto_minutes',
  supportHours: 'support_hours',
  links: 'links',
  tags: 'tags',
} as const;

/** Writes the given fields of one record; those that are columns of `record` are not among them. */
export async function writeFields(db: Db, record: { readonly id: string; readonly kind: 'service' | 'component' }, values: Readonly<Record<string, unknown>>): Promise<void> {
  const sets = Object.entries(values).flatMap(([field, value]) => {
    const column = COLUMNS[field as keyof typeof COLUMNS];
    if (column === undefined) return [];
    const stored = field === 'links' ? sql`${JSON.stringify(value)}::jsonb` : field === 'tags' ? sql`${value as string[]}::text[]` : sql`${value}`;
    return [sql`${sql.ref(column)} = ${stored}`];
  });
  if (sets.length > 0)
    await sql`update ${sql.table(record.kind === 'service' ? 'catalog_service' : 'catalog_component')} set ${sql.join(sets)} where id = ${record.id}`.execute(db);
}

export interface SeenIdentity {
  readonly ref: string;
  readonly record_id: string;
  readonly said: object;
  readonly made: boolean;
}

/** What a source said of records, from now on; who comes back is neither stale nor archived. */
export function putIdentities(db: Db, importId: string, at: string, seen: readonly SeenIdentity[]) {
  return sql`
    insert into catalog_identity (import_id, ref, record_id, said, first_seen, last_seen, made)
    select ${importId}, ref, record_id, said, ${at}, ${at}, made from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as x(ref text, record_id uuid, said jsonb, made boolean)
    on conflict (import_id, ref) do update set record_id = excluded.record_id, said = excluded.said, last_seen = excluded.last_seen, stale_since = null, archived_at = null`.execute(
    db,
  );
}

export function markStale(db: Db, importId: string, refs: readonly string[], at: string) {
  return sql`update catalog_identity set stale_since = ${at} where import_id = ${importId} and ref = any(${[...refs]}) and stale_since is null`.execute(db);
}

export async function recordsByRef(db: Db, importId: string, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ ref: string; recordId: string }>`select ref, record_id from catalog_identity where import_id = ${importId} and ref = any(${[...refs]})`.execute(db);
  return new Map(rows.map(({ ref, recordId }) => [ref, recordId]));
}

export interface NewEdge {
  readonly id: string;
  readonly provider_id: string;
  readonly consumer_id: string;
  readonly impact: Impact;
  readonly grp: string;
  readonly note: string;
  readonly confidence: number;
  readonly source: 'imported' | 'inferred';
  readonly first_seen: string;
}

/** Edges between living records that do not depend on each other yet; answers those that were put in. */
export async function insertEdges(db: Db, importId: string, at: string, edges: readonly NewEdge[]): Promise<readonly { providerId: string; consumerId: string }[]> {
  const { rows } = await sql<{ providerId: string; consumerId: string }>`
    insert into catalog_edge (id, provider_id, consumer_id, impact, redundancy_group, note, confidence, source, import_id, first_seen, last_seen, begun_at)
    select x.id, provider_id, consumer_id, impact, grp, note, confidence, source, ${importId}, first_seen, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(edges)}::jsonb)
      as x(id uuid, provider_id uuid, consumer_id uuid, impact text, grp text, note text, confidence smallint, source text, first_seen timestamptz)
    where provider_id <> consumer_id
      and not exists (select 1 from catalog_service s where s.id in (provider_id, consumer_id) and s.lifecycle = 'retired')
      and not exists (select 1 from catalog_component c where c.id in (provider_id, consumer_id) and c.lifecycle = 'retired')
    on conflict (provider_id, consumer_id) where ended_at is null do nothing
    returning provider_id, consumer_id`.execute(db);
  return rows;
}

export async function endEdges(db: Db, ids: readonly string[], at: string): Promise<readonly { id: string; providerId: string; consumerId: string; firstSeen: string }[]> {
  const { rows } = await sql<{ id: string; providerId: string; consumerId: string; firstSeen: string }>`
    update catalog_edge set ended_at = ${at} where id = any(${[...ids]}::uuid[]) and ended_at is null returning id, provider_id, consumer_id, first_seen`.execute(db);
  return rows;
}

export function seeEdges(db: Db, ids: readonly string[], at: string) {
  return sql`update catalog_edge set last_seen = ${at} where id = any(${[...ids]}::uuid[]) and ended_at is null`.execute(db);
}

/** Records that an import made, that no source has named for longer than it is patient, and that nobody has retired; or whether one is such. */
export async function longStale(
  db: Db,
  now: string,
  limit: number,
  id?: string,
): Promise<readonly { id: string; importNumber: string; staleSince: string; kind: 'service' | 'component' }[]> {
  const { rows } = await sql<{ id: string; importNumber: string; staleSince: string; kind: 'service' | 'component' }>`
    select distinct on (i.record_id) i.record_id as id, ir.number as import_number, i.stale_since, r.kind
    from catalog_identity i join catalog_import s on s.id = i.import_id join record ir on ir.id = s.id join record r on r.id = i.record_id
    where i.stale_since is not null and i.stale_since + make_interval(days => s.archive_after_days) <= ${now}::timestamptz
      and i.made and r.archived_at is null and r.kind in ('service', 'component') and ir.visibility = 'everyone'
      and ${id === undefined ? sql`true` : sql`i.record_id = ${id}`} and not exists (select 1 from catalog_identity o where o.record_id = i.record_id and o.stale_since is null)
    order by i.record_id, i.stale_since desc limit ${limit}`.execute(db);
  return rows;
}

export function markArchived(db: Db, recordId: string, at: string) {
  return sql`update catalog_identity set archived_at = ${at} where record_id = ${recordId} and stale_since is not null`.execute(db);
}

/** `readAt` null: not everything was understood, so it does not count as read. */
export function settleSource(db: Db, id: string, { serials, outcome, readAt }: { serials: object; outcome: string; readAt: string | null }) {
  return sql`update catalog_import set serials = ${JSON.stringify(serials)}::jsonb, outcome = ${outcome}, read_at = coalesce(${readAt}::timestamptz, read_at) where id = ${id}`.execute(
    db,
  );
}
