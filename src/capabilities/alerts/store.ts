import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { AlertState } from './rules/state.ts';
import type { Severity } from './rules/severity.ts';

type AlertTable = {
  id: string;
  sourceId: string | null;
  dedupKey: string;
  state: AlertState;
  severity: Severity;
  serviceId: string | null;
  serviceBecause: string;
  origin: string;
  labels: Record<string, string>;
  details: Record<string, unknown>;
  links: { href: string; text: string }[];
  link: string | null;
  openedAt: string;
  startsAt: string | null;
  lastSignalAt: string;
  signalCount: number;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
};
type Tables = {
  alertsSource: { id: string; serviceId: string | null; about: string; lastSignalAt: string | null; lastFailure: string | null; lastFailureAt: string | null };
  alertsKey: { id: string; sourceId: string; hash: Buffer; prefix: string; createdAt: string; revokedAt: string | null };
  alertsRaw: {
    id: string;
    sourceId: string;
    format: string;
    body: string;
    givenKey: string | null;
    receivedAt: string;
    state: 'received' | 'done' | 'failed';
    error: string | null;
    signals: number | null;
  };
  alertsAlert: AlertTable;
  alertsSignal: { id: string; alertId: string; rawId: string | null; kind: string; effect: string; at: string };
  alertsBinding: { id: string; position: number; matchers: string; serviceId: string };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

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

const sourceRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('alertsSource')
    .innerJoin('record', 'record.id', 'alertsSource.id')
    .select(['alertsSource.id', 'serviceId', 'about', 'lastSignalAt', 'lastFailure', 'lastFailureAt', 'record.number', 'record.title', 'record.version', 'record.archivedAt'])
    .where(visible(actor));
export type SourceRow = Awaited<ReturnType<typeof sources>>[number];

export function sources(db: Db, actor: Actor, filter: { limit: number; after?: { title: string; id: string } | undefined }) {
  let from = sourceRows(db, actor).where('record.archivedAt', 'is', null);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function sourceByNumber(db: Db, actor: Actor, number: string) {
  return sourceRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function keysOf(db: Db, sourceIds: readonly string[]) {
  return tables(db)
    .selectFrom('alertsKey')
    .select(['id', 'sourceId', 'prefix', 'createdAt'])
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt')
    .execute();
}

export function sourceOfKey(db: Db, hash: Buffer) {
  return tables(db)
    .selectFrom('alertsKey')
    .innerJoin('record', 'record.id', 'alertsKey.sourceId')
    .select('alertsKey.sourceId')
    .where('hash', '=', hash)
    .where('revokedAt', 'is', null)
    .where('record.archivedAt', 'is', null)
    .where('record.visibility', '=', 'everyone')
    .executeTakeFirst();
}

export function rawWaiting(db: Db, sourceIds: readonly string[]) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['sourceId', 'state', (e) => e.fn.countAll<number>().as('n')])
    .where(sql<SqlBool>`source_id = any(${[...sourceIds]}::uuid[])`)
    .where('state', '!=', 'done')
    .groupBy(['sourceId', 'state'])
    .execute();
}

export function recentRaw(db: Db, sourceId: string) {
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'receivedAt', 'format', 'state', 'error', 'signals', sql<string>`left(body, 20000)`.as('body')])
    .where('sourceId', '=', sourceId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
}

export function bindings(db: Db, actor: Actor) {
  return tables(db)
    .selectFrom('alertsBinding')
    .innerJoin('record', 'record.id', 'alertsBinding.serviceId')
    .select(['alertsBinding.id', 'matchers', 'serviceId', 'record.number', 'record.title', 'record.kind'])
    .where(visible(actor))
    .orderBy('position')
    .limit(500)
    .execute();
}

/** Sources that have messages which nobody has worked off yet. */
export async function sourcesWaiting(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ sourceId: string }>`select distinct source_id from alerts_raw where state = 'received'`.execute(db);
  return rows.map((row) => row.sourceId);
}

/** The oldest waiting messages of a source, under the lock that lets one node at a time work on it. */
export async function claimRaw(db: Db, sourceId: string, most: number) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceId}, 7))`.execute(db);
  return tables(db)
    .selectFrom('alertsRaw')
    .select(['id', 'format', 'body', 'givenKey'])
    .where('sourceId', '=', sourceId)
    .where('state', '=', 'received')
    .orderBy('id')
    .limit(most)
    .execute();
}

export function oldestRaw(db: Db, sourceId: string) {
  return tables(db).selectFrom('alertsRaw').select('id').where('sourceId', '=', sourceId).where('state', '=', 'received').orderBy('id').limit(1).executeTakeFirst();
}

/** Adds to the counts of many alerts in one statement. */
export async function countRepeats(db: Db, counted: ReadonlyMap<string, number>, at: string): Promise<void> {
  if (counted.size === 0) return;
  await sql`update alerts_alert a set signal_count = a.signal_count + n.n, last_signal_at = ${at}
    from unnest(${[...counted.keys()]}::uuid[], ${[...counted.values()]}::int[]) as n(id, n) where a.id = n.id`.execute(db);
}

export interface NewRaw {
  readonly id: string;
  readonly sourceId: string;
  readonly format: string;
  readonly body: string;
  readonly givenKey: string | null;
  readonly at: string;
}

/** Messages that arrived together: one statement, one commit. */
export async function insertRaw(db: Db, rows: readonly NewRaw[]): Promise<void> {
  await sql`insert into alerts_raw (id, source_id, format, body, given_key, received_at, state)
    select u.id, u.source_id, u.format, u.body, u.given_key, u.at, 'received' from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.sourceId)}::uuid[], ${rows.map((r) => r.format)}::text[],
      ${rows.map((r) => r.body)}::text[], ${rows.map((r) => r.givenKey)}::text[], ${rows.map((r) => r.at)}::timestamptz[]) as u(id, source_id, format, body, given_key, at)`.execute(
    db,
  );
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
