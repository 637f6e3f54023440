import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Hold } from '../rules/outcomes.ts';
import type { Severity } from '../rules/severity.ts';
import type { AlertState } from '../rules/state.ts';
import type { GroupTable } from './tables.ts';
import { tables } from './tables.ts';

/** Groups of these keys in which an alert still fires. */
export function openGroups(db: Db, keys: readonly string[]): Promise<GroupTable[]> {
  return tables(db)
    .selectFrom('alertsGroup')
    .selectAll()
    .where(sql<SqlBool>`key = any(${[...keys]}::text[])`)
    .where('closedAt', 'is', null)
    .execute();
}

export function groupsByIds(db: Db, ids: readonly string[]): Promise<GroupTable[]> {
  return tables(db)
    .selectFrom('alertsGroup')
    .selectAll()
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .execute();
}

/** Groups as they are now, new or known, in one statement. */
export async function saveGroups(db: Db, groups: readonly GroupTable[]): Promise<void> {
  if (groups.length === 0) return;
  await sql`
    insert into alerts_group (id, key, first_id, title, service_id, opened_at, last_at, closed_at, alert_count, open_count, severity, firings, confirmed, lead_id, paged_severity, ticketed)
    select * from json_to_recordset(${JSON.stringify(groups)}::json) as n("id" uuid, "key" text, "firstId" uuid, "title" text, "serviceId" uuid, "openedAt" timestamptz, "lastAt" timestamptz,
      "closedAt" timestamptz, "alertCount" int, "openCount" int, "severity" text, "firings" jsonb, "confirmed" boolean, "leadId" uuid, "pagedSeverity" text, "ticketed" boolean)
    on conflict (id) do update set last_at = excluded.last_at, closed_at = excluded.closed_at, alert_count = excluded.alert_count, open_count = excluded.open_count,
      severity = excluded.severity, firings = excluded.firings, confirmed = excluded.confirmed, lead_id = excluded.lead_id, paged_severity = excluded.paged_severity, ticketed = excluded.ticketed`.execute(
    db,
  );
}

/** Of each group the oldest alert that fires and is not held back. */
export async function freeMembers(db: Db, groupIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (groupIds.length === 0) return new Map();
  const { rows } = await sql<{ groupId: string; id: string }>`
    select distinct on (group_id) group_id, id from alerts_alert
    where group_id = any(${[...groupIds]}::uuid[]) and state <> 'resolved' and held is null order by group_id, opened_at, id`.execute(db);
  return new Map(rows.map((row) => [row.groupId, row.id]));
}

/** The alerts about which the groups of these page although somebody has, or nobody is told of, all that fires in them. */
export async function leadsOfTaken(db: Db, alertIds: readonly string[]): Promise<readonly string[]> {
  if (alertIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(g.lead_id, a.id) as id from alerts_alert a left join alerts_group g on g.id = a.group_id
    where a.id = any(${[...alertIds]}::uuid[])
      and not exists (select 1 from alerts_alert o where o.group_id = a.group_id and o.state = 'triggered' and o.held is null)`.execute(db);
  return rows.map((row) => row.id);
}

/** People are paged about this alert of the group. */
export async function leadGroup(db: Db, { groupId, leadId, severity }: { readonly groupId: string; readonly leadId: string; readonly severity: string }): Promise<void> {
  await sql`update alerts_group set lead_id = ${leadId}::uuid, paged_severity = ${severity} where id = ${groupId}`.execute(db);
}

/** How each group stands by its members that are open: one that fires speaks before one that somebody has, one that is told before one that is held. */
export async function groupStandings(db: Db, groupIds: readonly string[]): Promise<ReadonlyMap<string, { readonly state: AlertState; readonly held: Hold | null }>> {
  if (groupIds.length === 0) return new Map();
  const { rows } = await sql<{ groupId: string; state: AlertState; held: Hold | null }>`
    select distinct on (group_id) group_id, state, case when state = 'triggered' then held end as held from alerts_alert
    where group_id = any(${[...groupIds]}::uuid[]) and state <> 'resolved' order by group_id, state = 'triggered' desc, held is null desc`.execute(db);
  return new Map(rows.map(({ groupId, ...row }) => [groupId, row]));
}

const ANY_HELD = sql<boolean>`exists (select from alerts_alert a where a.group_id = alerts_group.id and a.state = 'triggered' and a.held is not null)`;
const ANY_FREE = sql<boolean>`exists (select from alerts_alert a where a.group_id = alerts_group.id and a.state <> 'resolved' and (a.held is null or a.state = 'acknowledged'))`;

export interface GroupFilter {
  readonly openOnly: boolean;
  readonly severities?: readonly Severity[] | undefined;
  readonly serviceId?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly held?: boolean | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
}

export type GroupRow = Awaited<ReturnType<typeof groupList>>[number];

/** Groups, the one that was heard last first, each by the alert that stands for it. */
export function groupList(db: Db, actor: Actor, filter: GroupFilter) {
  let from = tables(db)
    .selectFrom('alertsGroup')
    .innerJoin('record', (join) => join.on('record.id', '=', sql<string>`coalesce(alerts_group.lead_id, alerts_group.first_id)`))
    .select([
      'alertsGroup.id',
      'record.id as alertId',
      'alertsGroup.title',
      'alertsGroup.openedAt',
      'lastAt',
      'closedAt',
      'alertCount',
      'openCount',
      'severity',
      sql<boolean>`alerts_group.lead_id is not null and closed_at is null`.as('isLed'),
    ])
    .where(visible(actor));
  if (filter.openOnly) from = from.where('closedAt', 'is', null);
  if (filter.severities) from = from.where('severity', 'in', [...filter.severities]);
  if (filter.serviceId) from = from.where('serviceId', '=', filter.serviceId);
  if (filter.sourceId) from = from.where(sql<SqlBool>`exists (select from alerts_alert a where a.id = record.id and a.source_id = ${filter.sourceId}::uuid)`);
  if (filter.held !== undefined) from = from.where(filter.held ? sql<SqlBool>`${ANY_HELD} and not ${ANY_FREE}` : sql<SqlBool>`(${ANY_FREE} or not ${ANY_HELD})`);
  if (filter.teams) from = from.where(sql<SqlBool>`service_id in (select s.id from record s where s.team_id = any(${[...filter.teams]}::uuid[]))`);
  if (filter.q) from = from.where(sql<SqlBool>`alerts_group.title ilike ${`%${filter.q}%`}`);
  if (filter.before) from = from.where(sql<SqlBool>`(last_at, alerts_group.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('lastAt', 'desc').orderBy('alertsGroup.id', 'desc').limit(filter.limit).execute();
}

/** How many groups are open and of which people are told, counted up to `most`. */
export async function countOpenGroups(db: Db, actor: Actor, most: number): Promise<number> {
  return (await groupList(db, actor, { openOnly: true, held: false, limit: most })).length;
}

/** Of alerts about which people are paged, how many they stand for; those that stand for no other are left out. */
export async function ledGroups(db: Db, alertIds: readonly string[]): Promise<ReadonlyMap<string, { readonly count: number; readonly open: number }>> {
  if (alertIds.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom('alertsGroup')
    .select(['leadId', 'alertCount', 'openCount'])
    .where(sql<SqlBool>`lead_id = any(${[...alertIds]}::uuid[])`)
    .where('closedAt', 'is', null)
    .where('alertCount', '>', 1)
    .execute();
  return new Map(rows.map((row) => [row.leadId!, { count: row.alertCount, open: row.openCount }]));
}
