import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';
import type { AlertTable } from './tables.ts';

const NO_SOURCE = '00000000-0000-0000-0000-000000000000';

/** One batch of the whole desk at a time: what explains what, and which group is open, is decided from one state. Until the transaction ends. */
export async function lockPipeline(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(4684)`.execute(db);
}

/** The newest alert of each key of a source that is open, or was resolved since. */
export async function latestByKey(db: Db, of: { readonly sourceId: string | null; readonly keys: readonly string[]; readonly since: string }) {
  const { rows } = await sql<
    Pick<AlertTable, 'id' | 'dedupKey' | 'state' | 'resolvedAt' | 'reopens' | 'reopenedAt' | 'calmSignals' | 'calmSince' | 'held' | 'groupId' | 'outcome' | 'nodeId' | 'severity'>
  >`
    select a.id, k.key as dedup_key, a.state, a.resolved_at, a.reopens, a.reopened_at, a.calm_signals, a.calm_since, a.held, a.group_id, a.outcome, a.node_id, a.severity
    from unnest(${[...of.keys]}::text[]) as k(key)
    join lateral (
      select * from alerts_alert a where a.dedup_key = k.key and coalesce(a.source_id, ${NO_SOURCE}::uuid) = ${of.sourceId ?? NO_SOURCE}::uuid
        and (a.state <> 'resolved' or a.resolved_at >= ${of.since})
      order by a.opened_at desc, a.id desc limit 1
    ) a on true`.execute(db);
  return rows;
}

/** Labels by which these alerts are routed. */
export function labelsOf(db: Db, ids: readonly string[]) {
  return tables(db)
    .selectFrom('alertsAlert')
    .select(['id', 'labels', 'extra', 'severity'])
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .execute();
}

export type NewAlert = Omit<AlertTable, 'nodeId' | 'acknowledgedBy' | 'resolvedBy'>;

/** New alerts in one statement; their records stand already. */
export async function insertAlerts(db: Db, rows: readonly NewAlert[]): Promise<void> {
  await sql`
    insert into alerts_alert (id, source_id, dedup_key, state, severity, service_id, service_because, origin, labels, details, links, link, opened_at, starts_at, last_signal_at,
      signal_count, acknowledged_at, resolved_at, component_id, extra, outcome, rule_name, held, held_by, wake_at, verdicts, group_id, reopens, reopened_at, calm_signals, calm_since)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as n("id" uuid, "sourceId" uuid, "dedupKey" text, "state" text, "severity" text, "serviceId" uuid, "serviceBecause" text,
      "origin" text, "labels" jsonb, "details" jsonb, "links" jsonb, "link" text, "openedAt" timestamptz, "startsAt" timestamptz, "lastSignalAt" timestamptz, "signalCount" int,
      "acknowledgedAt" timestamptz, "resolvedAt" timestamptz, "componentId" uuid, "extra" jsonb, "outcome" text, "ruleName" text, "held" text, "heldBy" uuid, "wakeAt" timestamptz,
      "verdicts" jsonb, "groupId" uuid, "reopens" int, "reopenedAt" timestamptz, "calmSignals" int, "calmSince" timestamptz)`.execute(db);
}

/** What a batch makes of a stored alert; `signals` are added to its count. */
export type ChangedAlert = Pick<AlertTable, 'id' | 'state' | 'reopens' | 'reopenedAt' | 'calmSignals' | 'calmSince' | 'wakeAt' | 'resolvedAt' | 'severity'> & {
  readonly signals: number;
  /** By its sender, now. */
  readonly acknowledged: boolean;
};

/** Stored alerts changed by their senders, in one statement. */
export async function changeAlerts(db: Db, rows: readonly ChangedAlert[], at: string): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update alerts_alert a set state = n."state", severity = n."severity",
      extra = case when a.severity = n."severity" then a.extra else a.extra || jsonb_build_object('severity', n."severity") end, signal_count = a.signal_count + n."signals", last_signal_at = ${at}, reopens = n."reopens", reopened_at = n."reopenedAt",
      calm_signals = n."calmSignals", calm_since = n."calmSince", resolved_at = n."resolvedAt", resolved_by = null, wake_at = case when a.held is null then n."wakeAt" else least(n."wakeAt", a.wake_at) end,
      acknowledged_at = case when n."acknowledged" then ${at}::timestamptz when n."state" = 'triggered' then null else a.acknowledged_at end,
      acknowledged_by = case when n."acknowledged" or n."state" = 'triggered' then null else a.acknowledged_by end
    from json_to_recordset(${JSON.stringify(rows)}::json) as n("id" uuid, "state" text, "severity" text, "signals" int, "reopens" int, "reopenedAt" timestamptz, "calmSignals" int, "calmSince" timestamptz,
      "wakeAt" timestamptz, "resolvedAt" timestamptz, "acknowledged" boolean)
    where a.id = n."id"`.execute(db);
}

/** Repeats change nothing but the count: one small statement for all of them. */
export async function countRepeats(db: Db, counted: ReadonlyMap<string, number>, at: string): Promise<void> {
  if (counted.size === 0) return;
  await sql`update alerts_alert a set signal_count = a.signal_count + n.n, last_signal_at = ${at}
    from unnest(${[...counted.keys()]}::uuid[], ${[...counted.values()]}::int[]) as n(id, n) where a.id = n.id`.execute(db);
}

export interface NewSignal {
  readonly id: string;
  readonly alertId: string;
  readonly rawId: string | null;
  readonly kind: string;
  readonly effect: string;
  readonly times: number;
}

export async function insertSignals(db: Db, rows: readonly NewSignal[], at: string): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into alerts_signal (id, alert_id, raw_id, kind, effect, at, times)
    select id, alert_id, raw_id, kind, effect, ${at}::timestamptz, times from unnest(${rows.map((one) => one.id)}::uuid[], ${rows.map((one) => one.alertId)}::uuid[],
      ${rows.map((one) => one.rawId)}::uuid[], ${rows.map((one) => one.kind)}::text[], ${rows.map((one) => one.effect)}::text[], ${rows.map((one) => one.times)}::int[])
      as u(id, alert_id, raw_id, kind, effect, times)`.execute(db);
}

/** Nodes of the graph of which a critical alert is open, each with the alert that said so first. One that pages nobody explains nothing: nobody would hear of either. */
export async function failingNodes(db: Db, most: number) {
  const { rows } = await sql<{ nodeId: string; alertId: string; openedAt: string }>`
    select distinct on (node_id) node_id, id as alert_id, opened_at from alerts_alert
    where state <> 'resolved' and severity = 'critical' and node_id is not null and outcome = 'page' and held is distinct from 'unconfirmed'
    order by node_id, opened_at limit ${most}`.execute(db);
  return rows;
}

/** Open alerts that have these labels, for rules by which one alert silences another. */
export async function openWithLabels(db: Db, labels: Readonly<Record<string, string>>, most: number) {
  const { rows } = await sql<{ id: string; number: string; title: string; labels: Record<string, string>; openedAt: string }>`
    select a.id, r.number, r.title, a.labels || a.extra as labels, a.opened_at from alerts_alert a join record r on r.id = a.id
    where a.state <> 'resolved' and (a.labels || a.extra) @> ${JSON.stringify(labels)}::jsonb order by a.opened_at limit ${most}`.execute(db);
  return rows;
}

/** Alerts that others explain, each with the one that does. */
export async function explainedAlerts(db: Db): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await sql<{ id: string; heldBy: string }>`
    select id, held_by from alerts_alert where held_by is not null and held = 'inhibited' and state <> 'resolved'`.execute(db);
  return rows.map((row) => [row.id, row.heldBy]);
}

/** So many are looked at at a time; of those that nothing holds back no more than this: they are told already. */
export const WAITING_MOST = 5000;

/** These; or of all that people may be told of those that are held back, or that are not, after one of them. */
export type WaitingAsked = { readonly ids: readonly string[] } | { readonly held: boolean; readonly after?: { readonly at: string; readonly id: string } | undefined };

/** Open alerts nobody has taken, the oldest first: the stages look at them again. */
export function waitingAlerts(db: Db, asked: WaitingAsked) {
  let from = tables(db)
    .selectFrom('alertsAlert')
    .innerJoin('record', 'record.id', 'alertsAlert.id')
    .select([
      'alertsAlert.id',
      'title',
      'severity',
      'labels',
      'extra',
      'alertsAlert.openedAt',
      'reopenedAt',
      'groupId',
      'nodeId',
      'held',
      'serviceId',
      'serviceBecause',
      'calmSince',
    ])
    .where('alertsAlert.state', '=', 'triggered')
    .where(visible(SYSTEM));
  if ('ids' in asked) from = from.where(sql<SqlBool>`alerts_alert.id = any(${[...asked.ids]}::uuid[])`);
  else {
    const { held, after } = asked;
    from = from
      .where('outcome', '!=', 'log')
      .where('held', held ? 'is not' : 'is', null)
      .limit(WAITING_MOST);
    if (after) from = from.where(sql<SqlBool>`(alerts_alert.opened_at, alerts_alert.id) > (${after.at}::timestamptz, ${after.id}::uuid)`);
  }
  return from.orderBy('alertsAlert.openedAt').orderBy('alertsAlert.id').execute();
}

/** Alerts of these groups that wait for more signals of the group. */
export async function unconfirmedOf(db: Db, groupIds: readonly string[]): Promise<readonly string[]> {
  if (groupIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from alerts_alert where group_id = any(${[...groupIds]}::uuid[]) and state = 'triggered' and held = 'unconfirmed'`.execute(db);
  return rows.map((row) => row.id);
}

/** Whether one of these alerts holds back another. */
export async function holdsOthers(db: Db, ids: readonly string[]): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('alertsAlert')
    .select('id')
    .where(sql<SqlBool>`held_by = any(${[...ids]}::uuid[])`)
    .where('state', '!=', 'resolved')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type Restaged = Pick<AlertTable, 'id' | 'groupId' | 'held' | 'heldBy' | 'wakeAt' | 'outcome' | 'ruleName' | 'verdicts'>;

/** What the stages say now. */
export async function restage(db: Db, rows: readonly Restaged[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update alerts_alert a set held = n."held", held_by = n."heldBy", wake_at = least(n."wakeAt", case when a.calm_since is null then null else a.wake_at end),
      outcome = n."outcome", rule_name = n."ruleName", verdicts = n."verdicts", group_id = n."groupId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as n("id" uuid, "held" text, "heldBy" uuid, "wakeAt" timestamptz, "outcome" text, "ruleName" text, "verdicts" jsonb, "groupId" uuid)
    where a.id = n."id"`.execute(db);
}

/** Alerts whose time to be looked at has come. */
export function dueAlerts(db: Db, now: string, most: number) {
  return tables(db)
    .selectFrom('alertsAlert')
    .select(['id', 'state', 'severity', 'labels', 'extra', 'calmSince', 'calmSignals', 'reopens', 'reopenedAt'])
    .where('wakeAt', '<=', now)
    .orderBy('wakeAt')
    .limit(most)
    .execute();
}

/** The next instant at which an alert is to be looked at; null when none waits. */
export async function nextWake(db: Db): Promise<string | null> {
  const row = await tables(db)
    .selectFrom('alertsAlert')
    .select((e) => e.fn.min('wakeAt').as('at'))
    .where('wakeAt', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** They have been looked at; what is to wait longer gets a new instant. */
export async function slept(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update alerts_alert set wake_at = null where id = any(${[...ids]}::uuid[])`.execute(db);
}

/** They are looked at again when they have been calm for long enough, or before when a hold ends. */
export async function wakeWhenCalm(db: Db, calm: ReadonlyMap<string, string>): Promise<void> {
  if (calm.size === 0) return;
  await sql`update alerts_alert a set wake_at = least(a.wake_at, n.at)
    from unnest(${[...calm.keys()]}::uuid[], ${[...calm.values()]}::timestamptz[]) as n(id, at) where a.id = n.id`.execute(db);
}

/** Resolves those of these that are open; answers which they were. */
export async function resolveOpen(db: Db, { ids, at, by }: { readonly ids: readonly string[]; readonly at: string; readonly by: string | null }) {
  const { rows } = await sql<{ id: string; groupId: string | null }>`
    update alerts_alert set state = 'resolved', resolved_at = ${at}, resolved_by = ${by}::uuid, calm_signals = 0, calm_since = null, wake_at = null
    where id = any(${[...ids]}::uuid[]) and state <> 'resolved' returning id, group_id`.execute(db);
  return rows;
}
