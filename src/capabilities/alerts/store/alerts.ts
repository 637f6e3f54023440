import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
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
] as const;
const alertRows = (db: Db, actor: Actor) => tables(db).selectFrom('alertsAlert').innerJoin('record', 'record.id', 'alertsAlert.id').select(COLUMNS).where(visible(actor));
export type AlertRow = Awaited<ReturnType<typeof list>>[number];

export interface AlertFilter {
  readonly states?: readonly AlertState[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly serviceId?: string | undefined;
  readonly sourceId?: string | undefined;
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
  if (filter.teams) from = from.where(sql<SqlBool>`service_id in (select s.id from record s where s.team_id = any(${[...filter.teams]}::uuid[]))`);
  if (filter.from) from = from.where('alertsAlert.openedAt', '>=', filter.from);
  if (filter.until) from = from.where('alertsAlert.openedAt', '<', filter.until);
  if (filter.q) from = from.where(sql<SqlBool>`record.title ilike ${`%${filter.q}%`}`);
  if (filter.before) from = from.where(sql<SqlBool>`(alerts_alert.opened_at, alerts_alert.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('alertsAlert.openedAt', 'desc').orderBy('alertsAlert.id', 'desc').limit(filter.limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return alertRows(db, actor).select(['dedupKey', 'serviceBecause', 'labels', 'details', 'links', 'link']).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, actor: Actor, id: string) {
  return alertRows(db, actor).select(['dedupKey', 'serviceBecause', 'labels', 'details', 'links', 'link']).where('alertsAlert.id', '=', id).executeTakeFirst();
}

/** Open alerts of these services, for their health. */
export function openOfServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return alertRows(db, actor)
    .where(sql<SqlBool>`alerts_alert.state <> 'resolved'`)
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .orderBy('alertsAlert.openedAt', 'desc')
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

/** The latest alert of each key of a source, open or not; locked, so that signals of one key are applied one after another. */
export async function latestByKey(db: Db, sourceId: string | null, keys: readonly string[]) {
  const open = await tables(db)
    .selectFrom('alertsAlert')
    .select(['id', 'dedupKey', 'state', 'openedAt'])
    .where(sql<SqlBool>`coalesce(source_id, '00000000-0000-0000-0000-000000000000') = ${sourceId ?? '00000000-0000-0000-0000-000000000000'}::uuid`)
    .where('state', '!=', 'resolved')
    .where(sql<SqlBool>`dedup_key = any(${[...keys]}::text[])`)
    .forUpdate()
    .execute();
  return new Map(open.map((row) => [row.dedupKey, row]));
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
  return tables(db).selectFrom('alertsSignal').select(['at', 'kind', 'effect']).where('alertId', '=', alertId).orderBy('id', 'desc').limit(50).execute();
}

/** Adds to the counts of many alerts in one statement. */
export async function countRepeats(db: Db, counted: ReadonlyMap<string, number>, at: string): Promise<void> {
  if (counted.size === 0) return;
  await sql`update alerts_alert a set signal_count = a.signal_count + n.n, last_signal_at = ${at}
    from unnest(${[...counted.keys()]}::uuid[], ${[...counted.values()]}::int[]) as n(id, n) where a.id = n.id`.execute(db);
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
