import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Severity } from '../rules/severity.ts';
import type { AlertState } from '../rules/state.ts';
import { tables } from './tables.ts';

const COLUMNS = [
  'alertsAlert.id',
  'alertsAlert.state',
  'severity',
  'serviceId',
  'sourceId',
  'origin',
  'alertsAlert.openedAt',
  'startsAt',
  'lastSignalAt',
  'signalCount',
  'acknowledgedAt',
  'acknowledgedBy',
  'resolvedAt',
  'record.number',
  'record.title',
  'record.version',
  'outcome',
  'held',
  'groupId',
  sql<number>`coalesce((select g.alert_count from alerts_group g where g.id = group_id), 1)`.as('groupCount'),
] as const;
const DETAIL = [
  'dedupKey',
  'serviceBecause',
  'labels',
  'extra',
  'details',
  'links',
  'link',
  'verdicts',
  'ruleName',
  'heldBy',
  'wakeAt',
  'componentId',
  'reopens',
  'calmSince',
] as const;
const alertRows = (db: Db, actor: Actor) => tables(db).selectFrom('alertsAlert').innerJoin('record', 'record.id', 'alertsAlert.id').select(COLUMNS).where(visible(actor));
export type AlertRow = Awaited<ReturnType<typeof list>>[number];

export interface AlertFilter {
  readonly states?: readonly AlertState[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly serviceId?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly q?: string | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
  readonly before?: { at: string; id: string } | undefined;
}

/** Alerts, newest first, by key of instant and id. */
export function list(db: Db, actor: Actor, filter: AlertFilter) {
  let from = alertRows(db, actor);
  if (filter.states && !filter.states.includes('resolved')) from = from.where(sql<SqlBool>`alerts_alert.state <> 'resolved'`);
  if (filter.states) from = from.where('alertsAlert.state', 'in', [...filter.states]);
  if (filter.severities) from = from.where('severity', 'in', [...filter.severities]);
  if (filter.serviceId) from = from.where('serviceId', '=', filter.serviceId);
  if (filter.sourceId) from = from.where('sourceId', '=', filter.sourceId);
  if (filter.groupId) from = from.where('groupId', '=', filter.groupId);
  if (filter.teams) from = from.where(sql<SqlBool>`service_id in (select s.id from record s where s.team_id = any(${[...filter.teams]}::uuid[]))`);
  if (filter.from) from = from.where('alertsAlert.openedAt', '>=', filter.from);
  if (filter.until) from = from.where('alertsAlert.openedAt', '<', filter.until);
  if (filter.q) from = from.where(sql<SqlBool>`record.title ilike ${`%${filter.q}%`}`);
  if (filter.before) from = from.where(sql<SqlBool>`(alerts_alert.opened_at, alerts_alert.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('alertsAlert.openedAt', 'desc').orderBy('alertsAlert.id', 'desc').limit(filter.limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return alertRows(db, actor).select(DETAIL).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, actor: Actor, id: string) {
  return alertRows(db, actor).select(DETAIL).where('alertsAlert.id', '=', id).executeTakeFirst();
}

export function byIds(db: Db, actor: Actor, ids: readonly string[]) {
  return alertRows(db, actor)
    .where(sql<SqlBool>`alerts_alert.id = any(${[...ids]}::uuid[])`)
    .limit(1000)
    .execute();
}

/** Open alerts of these services, for their health. */
export function openOfServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return alertRows(db, actor)
    .where(sql<SqlBool>`alerts_alert.state <> 'resolved'`)
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .orderBy('alertsAlert.openedAt', 'desc')
    .orderBy('alertsAlert.id', 'desc')
    .limit(1000)
    .execute();
}

/** Alerts of these services: those that are open, and all that were opened since. */
export function countedOfServices(db: Db, actor: Actor, of: { readonly serviceIds: readonly string[]; readonly since: string }) {
  return tables(db)
    .selectFrom('alertsAlert')
    .innerJoin('record', 'record.id', 'alertsAlert.id')
    .select([
      'serviceId',
      sql<number>`count(*) filter (where alerts_alert.state <> 'resolved')::int`.as('open'),
      sql<number>`count(*) filter (where alerts_alert.opened_at >= ${of.since})::int`.as('lately'),
    ])
    .where(sql<SqlBool>`service_id = any(${[...of.serviceIds]}::uuid[])`)
    .where(sql<SqlBool>`(alerts_alert.state <> 'resolved' or alerts_alert.opened_at >= ${of.since})`)
    .where(visible(actor))
    .groupBy('serviceId')
    .execute();
}

/** Whether a key of a source ever had an alert, and how often lately. */
export async function seenBefore(db: Db, what: { id: string; sourceId: string | null; dedupKey: string; before: string; since: string }) {
  return tables(db)
    .selectFrom('alertsAlert')
    .innerJoin('record', 'record.id', 'alertsAlert.id')
    .select(['record.id', 'record.kind', 'record.number', 'record.title'])
    .where('dedupKey', '=', what.dedupKey)
    .where(sql<SqlBool>`source_id is not distinct from ${what.sourceId}::uuid`)
    .where('alertsAlert.openedAt', '<=', what.before)
    .where('alertsAlert.id', '<', what.id)
    .where('alertsAlert.openedAt', '>=', what.since)
    .where('record.visibility', '=', 'everyone')
    .orderBy('alertsAlert.openedAt', 'desc')
    .limit(200)
    .execute();
}

export function signalsOf(db: Db, alertId: string) {
  return tables(db).selectFrom('alertsSignal').select(['at', 'kind', 'effect', 'times']).where('alertId', '=', alertId).orderBy('id', 'desc').limit(50).execute();
}

/** Steps that were skipped while paging about an alert the actor may see. */
export function skippedSteps(db: Db, actor: Actor, alertId: string) {
  return db
    .selectFrom('activity')
    .innerJoin('record', 'record.id', 'activity.recordId')
    .select(['activity.at', 'activity.data'])
    .where('activity.recordId', '=', alertId)
    .where('activity.did', '=', 'paging.skipped')
    .where(visible(actor))
    .orderBy('activity.at')
    .limit(50)
    .execute();
}

/** An alert as answers to it need it, whoever may see it; `leadsGroup`: its group pages about it; `pagedId`: what its group pages about. */
export async function answerable(db: Db, id: string) {
  const { rows } = await sql<{
    id: string;
    title: string;
    state: AlertState;
    severity: Severity;
    serviceId: string | null;
    serviceBecause: string;
    labels: Record<string, string>;
    groupId: string | null;
    leadsGroup: boolean;
    pagedId: string | null;
  }>`select a.id, record.title, a.state, a.severity, a.service_id, a.service_because, a.labels || a.extra as labels, a.group_id, coalesce(g.lead_id = a.id and g.closed_at is null, false) as leads_group, case when g.closed_at is null then g.lead_id end as paged_id
    from alerts_alert a join record on record.id = a.id left join alerts_group g on g.id = a.group_id where a.id = ${id} and ${visible(SYSTEM)}`.execute(db);
  return rows[0];
}

/** While others of its group fire, the alert about which the group pages is not over: who has them, or null for nobody. Undefined when none does, or it stands for none. */
export async function standingFor(db: Db, leadId: string) {
  const { rows } = await sql<{ acknowledgedAt: string | null; acknowledgedBy: string | null }>`
    select a.acknowledged_at, a.acknowledged_by from alerts_group g join alerts_alert a on a.group_id = g.id and a.state <> 'resolved'
    where g.id = (select group_id from alerts_alert l where l.id = ${leadId}) and g.lead_id = ${leadId} and g.closed_at is null
    order by a.state = 'acknowledged', a.acknowledged_at limit 1`.execute(db);
  return rows[0];
}

/** Open alerts of the group, or only this one. */
export function openOfGroup(db: Db, { id, groupId }: { readonly id: string; readonly groupId: string | null }) {
  const from = tables(db).selectFrom('alertsAlert').select(['id', 'state']).where('state', '!=', 'resolved');
  return (groupId === null ? from.where('id', '=', id) : from.where('groupId', '=', groupId)).forUpdate().execute();
}

/** Somebody has these open alerts (by null: their sender's own people), or (null) nobody does any more. */
export async function setTaken(db: Db, ids: readonly string[], taken: { readonly at: string; readonly by: string | null } | null): Promise<void> {
  await sql`
    update alerts_alert set state = ${taken ? 'acknowledged' : 'triggered'}, acknowledged_at = ${taken?.at ?? null}::timestamptz, acknowledged_by = ${taken?.by ?? null}::uuid
    where id = any(${[...ids]}::uuid[]) and state <> 'resolved'`.execute(db);
}

/** Alerts of the past as rules are tried on them, newest first. */
export async function pastAlerts(db: Db, actor: Actor, { since, most }: { readonly since: string; readonly most: number }) {
  const { rows } = await sql<{
    id: string;
    number: string;
    title: string;
    labels: Record<string, string>;
    severity: Severity;
    openedAt: string;
    resolvedAt: string | null;
    signalCount: number;
  }>`
    select a.id, record.number, record.title, a.labels || a.extra as labels, a.severity, a.opened_at, a.resolved_at, a.signal_count
    from alerts_alert a join record on record.id = a.id where a.opened_at >= ${since} and ${visible(actor)} order by a.opened_at desc, a.id desc limit ${most}`.execute(db);
  return rows;
}

/** Open alerts that have all labels of one of the sets, newest first. */
export async function openWithAny(db: Db, actor: Actor, { sets, most }: { readonly sets: readonly Readonly<Record<string, string>>[]; readonly most: number }) {
  const { rows } = await sql<{ id: string; number: string; title: string; labels: Record<string, string> }>`
    select a.id, record.number, record.title, a.labels || a.extra as labels from alerts_alert a join record on record.id = a.id
    where a.state <> 'resolved' and (a.labels || a.extra) @> any(${sets.map((set) => JSON.stringify(set))}::jsonb[]) and ${visible(actor)}
    order by a.opened_at desc, a.id desc limit ${most}`.execute(db);
  return rows;
}
