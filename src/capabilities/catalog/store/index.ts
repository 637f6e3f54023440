import { sql, type Generated, type SqlBool } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { COMPONENT_TYPES } from '../contract/index.ts';
import type { Impact, Lifecycle } from '../rules/index.ts';

export type ComponentType = (typeof COMPONENT_TYPES)[number];
export type EdgeSource = 'declared' | 'imported' | 'inferred';
type Tables = {
  catalogService: {
    id: string;
    slug: string;
    summary: string;
    tier: number;
    lifecycle: Lifecycle;
    usersAffected: number | null;
    capability: Generated<string>;
    rpoMinutes: Generated<number | null>;
    rtoMinutes: Generated<number | null>;
    supportHours: Generated<string>;
    tags: Generated<string[]>;
    links: Json;
    mergedInto: Generated<string | null>;
  };
  catalogComponent: {
    id: string;
    type: ComponentType;
    summary: string;
    address: string;
    cloudId: Generated<string>;
    lifecycle: Lifecycle;
    tags: Generated<string[]>;
    links: Json;
    mergedInto: Generated<string | null>;
  };
  catalogEdge: {
    id: string;
    providerId: string;
    consumerId: string;
    impact: Impact;
    note: string;
    redundancyGroup: Generated<string>;
    confidence: Generated<number>;
    source: EdgeSource;
    importId: Generated<string | null>;
    firstSeen: string;
    lastSeen: string;
    begunAt: string;
    endedAt: string | null;
  };
  catalogRedundancy: { id: string; consumerId: string; redundancyGroup: string; minUp: number; unit: 'count' | 'percent'; begunAt: string; endedAt: string | null };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

const HEAD = ['record.id', 'record.number', 'record.title', 'record.teamId', 'record.ownerId', 'record.openedAt', 'record.version'] as const;

const services = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('catalogService')
    .innerJoin('record', 'record.id', 'catalogService.id')
    .select([...HEAD, 'slug', 'summary', 'tier', 'lifecycle', 'usersAffected', 'capability', 'rpoMinutes', 'rtoMinutes', 'supportHours', 'tags', 'links', 'mergedInto'])
    .where('record.kind', '=', 'service')
    .where(visible(actor));
export type ServiceRow = Awaited<ReturnType<typeof list>>[number];

const components = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('catalogComponent')
    .innerJoin('record', 'record.id', 'catalogComponent.id')
    .select([...HEAD, 'type', 'summary', 'address', 'cloudId', 'lifecycle', 'tags', 'links', 'mergedInto'])
    .where('record.kind', '=', 'component')
    .where(visible(actor));
export type ComponentRow = Awaited<ReturnType<typeof componentList>>[number];

interface Filter {
  readonly q: string | undefined;
  readonly teamId: string | undefined;
  /** Undefined leaves retired ones out. */
  readonly lifecycles: readonly Lifecycle[] | undefined;
  /** All of them. */
  readonly tags: readonly string[] | undefined;
  readonly limit: number;
}

/** Words that people type, taken literally inside `like`. */
function like(q: string): string {
  return `%${q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

export interface ServiceFilter extends Filter {
  readonly tiers: readonly number[] | undefined;
  readonly sort: 'name' | 'tier';
  readonly after: { readonly tier: number; readonly title: string; readonly id: string } | undefined;
}

export function list(db: Db, actor: Actor, filter: ServiceFilter) {
  let from = services(db, actor);
  if (filter.q)
    from = from.where(
      sql<SqlBool>`(record.title ilike ${like(filter.q)} or slug like ${like(filter.q.toLowerCase())} or capability ilike ${like(filter.q)} or record.number = ${filter.q.toUpperCase()})`,
    );
  if (filter.teamId) from = from.where('record.teamId', '=', filter.teamId);
  if (filter.tags) from = from.where(sql<SqlBool>`tags @> ${[...filter.tags]}::text[]`);
  if (filter.tiers) from = from.where('tier', 'in', [...filter.tiers]);
  from = filter.lifecycles ? from.where('lifecycle', 'in', [...filter.lifecycles]) : from.where('lifecycle', '!=', 'retired');
  const { after } = filter;
  if (after && filter.sort === 'name') from = from.where(sql<SqlBool>`(record.title, record.id) > (${after.title}, ${after.id}::uuid)`);
  if (after && filter.sort === 'tier') from = from.where(sql<SqlBool>`(tier, record.title, record.id) > (${after.tier}::int, ${after.title}, ${after.id}::uuid)`);
  if (filter.sort === 'tier') from = from.orderBy('tier');
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return services(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byIds(db: Db, actor: Actor, ids: readonly string[]) {
  return services(db, actor)
    .where(sql<SqlBool>`record.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}

export interface ComponentFilter extends Filter {
  readonly types: readonly ComponentType[] | undefined;
  readonly after: { readonly title: string; readonly id: string } | undefined;
}

export function componentList(db: Db, actor: Actor, filter: ComponentFilter) {
  let from = components(db, actor);
  if (filter.q) from = from.where(sql<SqlBool>`(record.title ilike ${like(filter.q)} or address ilike ${like(filter.q)} or record.number = ${filter.q.toUpperCase()})`);
  if (filter.teamId) from = from.where('record.teamId', '=', filter.teamId);
  if (filter.tags) from = from.where(sql<SqlBool>`tags @> ${[...filter.tags]}::text[]`);
  if (filter.types) from = from.where('type', 'in', [...filter.types]);
  from = filter.lifecycles ? from.where('lifecycle', 'in', [...filter.lifecycles]) : from.where('lifecycle', '!=', 'retired');
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function componentByNumber(db: Db, actor: Actor, number: string) {
  return components(db, actor).where('record.number', '=', number).executeTakeFirst();
}

/** Slugs are given out one after another, so that a taken one is refused with a sentence. */
export async function slugTaken(db: Db, slug: string, exceptId: string | null): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.slug'))`.execute(db);
  const row = await tables(db).selectFrom('catalogService').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined && row.id !== exceptId;
}

/** Every service that is not retired, for binding what comes from outside. */
export function slugs(db: Db) {
  return tables(db)
    .selectFrom('catalogService')
    .innerJoin('record', 'record.id', 'catalogService.id')
    .select(['record.id', 'record.number', 'slug', 'record.title as name', 'tier', 'record.teamId'])
    .where('lifecycle', '!=', 'retired')
    .where(visible(SYSTEM))
    .execute();
}

export function edgeById(db: Db, id: string) {
  return tables(db).selectFrom('catalogEdge').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** What held at an instant; without one, what holds. */
function holds(at: string | undefined, table = 'catalog_edge') {
  const [begun, ended] = [sql.ref(`${table}.begun_at`), sql.ref(`${table}.ended_at`)];
  return at === undefined ? sql<SqlBool>`${ended} is null` : sql<SqlBool>`${begun} <= ${at} and (${ended} is null or ${ended} > ${at})`;
}

/** Edges whose two ends are both among the ids. */
export function edgesAmong(db: Db, ids: readonly string[], at?: string) {
  return tables(db)
    .selectFrom('catalogEdge')
    .selectAll()
    .where(holds(at))
    .where(sql<SqlBool>`provider_id = any(${ids}::uuid[])`)
    .where(sql<SqlBool>`consumer_id = any(${ids}::uuid[])`)
    .execute();
}

/** Ids of records within so many hops towards providers or consumers, with their distance; the start is 0. */
export async function distances(
  db: Db,
  start: string,
  way: { readonly towards: 'providers' | 'consumers'; readonly hops: number; readonly at: string | undefined },
): Promise<ReadonlyMap<string, number>> {
  const [here, there] = way.towards === 'providers' ? ['consumer_id', 'provider_id'] : ['provider_id', 'consumer_id'];
  const { rows } = await sql<{ id: string; hops: number }>`
    with recursive walk(id, hops) as (
      select ${start}::uuid, 0
      union select e.${sql.raw(there)}, walk.hops + 1 from walk join catalog_edge e on e.${sql.raw(here)} = walk.id and ${holds(way.at, 'e')}
      where walk.hops < ${way.hops}::int
    ) select id, min(hops) as hops from walk group by id`.execute(db);
  return new Map(rows.map((row) => [row.id, row.hops]));
}

/** Records of the catalog among the ids that the actor may see, of either kind. */
export function nodes(db: Db, actor: Actor, ids: readonly string[]) {
  return tables(db)
    .selectFrom('record')
    .leftJoin('catalogService as s', 's.id', 'record.id')
    .leftJoin('catalogComponent as c', 'c.id', 'record.id')
    .select([
      'record.id',
      'record.kind',
      'record.number',
      'record.title',
      'record.teamId',
      's.tier',
      'c.type',
      sql<string>`coalesce(s.summary, c.summary)`.as('summary'),
      sql<Lifecycle>`coalesce(s.lifecycle, c.lifecycle)`.as('lifecycle'),
    ])
    .where(sql<SqlBool>`record.id = any(${ids}::uuid[])`)
    .where('record.kind', 'in', ['service', 'component'])
    .where(visible(actor))
    .execute();
}

/** Numbers of those records that everybody may see: what the log of another record may name. */
export async function openNumbers(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; number: string }>`
    select id, number from record where id = any(${[...ids]}::uuid[]) and record.visibility = 'everyone'`.execute(db);
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** Open edges of a record to records the actor may see, each way. */
export async function edgeCounts(db: Db, actor: Actor, id: string): Promise<{ providers: number; consumers: number }> {
  const count = async (own: 'providerId' | 'consumerId', other: 'providerId' | 'consumerId'): Promise<number> => {
    const row = await tables(db)
      .selectFrom('catalogEdge')
      .innerJoin('record', 'record.id', `catalogEdge.${other}`)
      .select(sql<number>`count(*)::int`.as('n'))
      .where(own, '=', id)
      .where('endedAt', 'is', null)
      .where(visible(actor))
      .executeTakeFirstOrThrow();
    return row.n;
  };
  return { providers: await count('consumerId', 'providerId'), consumers: await count('providerId', 'consumerId') };
}

/** Ends every open edge of a record; answers the edges that ended. */
export function endEdgesOf(db: Db, id: string, at: string) {
  return tables(db)
    .updateTable('catalogEdge')
    .set({ endedAt: at })
    .where('endedAt', 'is', null)
    .where((e) => e.or([e('providerId', '=', id), e('consumerId', '=', id)]))
    .returning(['id', 'providerId', 'consumerId'])
    .execute();
}

export function openRedundancies(db: Db, consumerIds: readonly string[]) {
  return tables(db)
    .selectFrom('catalogRedundancy')
    .select(['id', 'consumerId', 'redundancyGroup as group', 'minUp', 'unit'])
    .where('endedAt', 'is', null)
    .where(sql<SqlBool>`consumer_id = any(${[...consumerIds]}::uuid[])`)
    .execute();
}

/** The redundancy groups of records, with how many providers each has and how many more of them may fail. */
export async function redundanciesOf(db: Db, consumerIds: readonly string[], at?: string) {
  const { rows } = await sql<{ consumerId: string; group: string; minUp: number; unit: 'count' | 'percent'; providers: number; survives: number }>`
    select r.consumer_id, r.redundancy_group as "group", r.min_up, r.unit, n.providers,
      floor(greatest(0, n.providers - case r.unit when 'percent' then n.providers * r.min_up / 100 else r.min_up end))::int as survives
    from catalog_redundancy r
    cross join lateral (
      select count(*)::int as providers from catalog_edge e
      where e.consumer_id = r.consumer_id and ${holds(at, 'e')} and e.impact <> 'none' and e.redundancy_group = r.redundancy_group
    ) n
    where ${holds(at, 'r')} and r.consumer_id = any(${[...consumerIds]}::uuid[])
    order by r.redundancy_group`.execute(db);
  return rows;
}

/** Ends what was said of the group and says the new, so that what held at an earlier instant can still be asked. */
export async function putRedundancy(db: Db, at: string, said: { id: string; consumerId: string; group: string; minUp: number | null; unit: 'count' | 'percent' }): Promise<void> {
  await tables(db)
    .updateTable('catalogRedundancy')
    .set({ endedAt: at })
    .where('consumerId', '=', said.consumerId)
    .where('redundancyGroup', '=', said.group)
    .where('endedAt', 'is', null)
    .execute();
  if (said.minUp === null) return;
  const { id, consumerId, group, minUp, unit } = said;
  await tables(db).insertInto('catalogRedundancy').values({ id, consumerId, redundancyGroup: group, minUp, unit, begunAt: at, endedAt: null }).execute();
}
