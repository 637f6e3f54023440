import { sql, type Selectable, type SqlBool } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import { iso } from '#kernel/clock.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { ProbeKind } from '../probes/index.ts';
import type { Counted, PingKind, ShownState, Stored } from '../rules/index.ts';

export type CheckTable = {
  id: string;
  probe: ProbeKind;
  serviceId: string | null;
  config: Json;
  secrets: string | null;
  movedFrom: string | null;
  origin: 'typed' | 'trusted';
  stored: Stored;
  failures: number;
  successes: number;
  countsAs: Counted;
  since: string;
  reason: string;
  /** Whether the log has said that it is down. */
  told: boolean;
  parentIds: readonly string[];
  behind: string | null;
  lastAt: string | null;
  lastOk: boolean | null;
  tookMs: number | null;
  certificate: Json;
  certificateEndsAt: string | null;
  certificateTold: boolean;
  intervalSeconds: number | null;
  shard: number;
  changedAt: string;
  retiredAt: string | null;
  pingKey: string | null;
  lastPing: string | null;
  lastStart: string | null;
  lastRunId: string | null;
  lastDurationMs: number | null;
  expectedAt: string | null;
  alertAfter: string | null;
};
type Tables = {
  checksCheck: CheckTable;
  checksResult: { checkId: string; at: string; ok: boolean; tookMs: number | null; status: number | null; words: string; measured: Json };
  checksHour: { checkId: string; hour: string; good: number; bad: number; tookMs: number; tookMostMs: number; buckets: readonly number[] };
  checksGuard: { one: boolean; targets: Json; changedAt: string };
  checksBlind: { since: string; until: string | null };
  checksPublic: { checkId: string; token: string; name: string; showsReason: boolean; madeAt: string };
  checksTurn: { checkId: string; at: string; countsAs: Counted; reason: string };
  checksPing: {
    id: string;
    checkId: string;
    at: string;
    kind: PingKind;
    exitStatus: number | null;
    runId: string | null;
    tookMs: number | null;
    method: string;
    address: string;
    body: string;
  };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
export type StoredCheck = Selectable<CheckTable>;
export type CheckRow = Awaited<ReturnType<typeof list>>[number];

const checks = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .selectAll('checksCheck')
    .select(['record.number', 'record.title', 'record.openedAt', 'record.version'])
    .where('record.kind', '=', 'check')
    .where(visible(actor));

export interface CheckFilter {
  readonly q: string | undefined;
  readonly states: readonly ShownState[] | undefined;
  readonly kinds: readonly ProbeKind[] | undefined;
  readonly serviceId: string | undefined;
  readonly limit: number;
  readonly after: { readonly title: string; readonly id: string } | undefined;
}

/** What a state depends on beside the row: the instant, and the checks that are under maintenance then. */
export interface Moment {
  readonly now: number;
  readonly maintained: readonly string[];
  readonly blind: boolean;
}

/** The state people see, as `rules/standing.ts` derives it: kept equal by a test. */
function stateAt({ now, maintained, blind }: Moment) {
  const at = iso(now);
  return sql<ShownState>`case when stored = 'paused' then 'paused'
    when checks_check.id = any(${[...maintained]}::uuid[]) then 'maintenance'
    when interval_seconds is not null and ${at}::timestamptz - greatest(last_at, checks_check.changed_at) > make_interval(secs => greatest(3 * interval_seconds, 120)) then 'unknown'
    when stored = 'down' and behind is not null then 'unreachable'
    when interval_seconds is null and alert_after <= ${at}::timestamptz then ${blind ? 'unknown' : 'down'}
    when stored = 'pending' or (interval_seconds is null and stored = 'up' and expected_at <= ${at}::timestamptz) then 'late'
    else stored end`;
}

export function list(db: Db, actor: Actor, filter: CheckFilter, moment: Moment) {
  let from = checks(db, actor).where('retiredAt', 'is', null);
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
    from = from.where(
      sql<SqlBool>`(record.title ilike ${like} or coalesce(config->>'url', config->>'host', config->>'name', config->>'domain', config->>'script') ilike ${like} or record.number = ${filter.q.toUpperCase()})`,
    );
  }
  if (filter.kinds) from = from.where('probe', 'in', [...filter.kinds]);
  if (filter.serviceId) from = from.where('serviceId', '=', filter.serviceId);
  if (filter.states) from = from.where(sql<SqlBool>`${stateAt(moment)} = any(${[...filter.states]}::text[])`);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return checks(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byNumbers(db: Db, actor: Actor, numbers: readonly string[]) {
  return checks(db, actor)
    .where(sql<SqlBool>`record.number = any(${[...numbers]}::text[])`)
    .execute();
}

export function ofServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return checks(db, actor)
    .where(sql<SqlBool>`service_id = any(${serviceIds}::uuid[])`)
    .where('retiredAt', 'is', null)
    .execute();
}

export function byId(db: Db, id: string) {
  return tables(db).selectFrom('checksCheck').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Until the end of the transaction nobody else moves in: two at once would both find nothing there. */
export async function lockMoving(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('checks move in'))`.execute(db);
}

/** Checks that were moved in and not retired since: origin → id. */
export async function byOrigins(db: Db, origins: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(db)
    .selectFrom('checksCheck')
    .select(['id', 'movedFrom'])
    .where(sql<SqlBool>`moved_from = any(${origins}::text[])`)
    .where('retiredAt', 'is', null)
    .execute();
  return new Map(rows.map(({ id, movedFrom }) => [movedFrom!, id]));
}

/** Locked in one order, so that two batches never wait for each other in a circle. */
export function lockAll(db: Db, ids: readonly string[]) {
  return tables(db)
    .selectFrom('checksCheck')
    .selectAll()
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export function lockByPingKey(db: Db, key: string) {
  return tables(db).selectFrom('checksCheck').selectAll().where('pingKey', '=', key).where('retiredAt', 'is', null).forUpdate().executeTakeFirst();
}

/** Whether any heartbeat goes down by itself now. */
export async function anyOverdue(db: Db, now: number): Promise<boolean> {
  return (await tables(db).selectFrom('checksCheck').select('id').where('alertAfter', '<=', iso(now)).limit(1).executeTakeFirst()) !== undefined;
}

/** Heartbeats that go down by themselves now; those another node has in hand are left to it. */
export function lockOverdue(db: Db, now: number, limit: number) {
  return tables(db).selectFrom('checksCheck').selectAll().where('alertAfter', '<=', iso(now)).orderBy('alertAfter').limit(limit).forUpdate().skipLocked().execute();
}

/** Probes that run by themselves. */
export function probes(db: Db) {
  return tables(db)
    .selectFrom('checksCheck')
    .select(['id', 'config', 'secrets', 'origin', 'intervalSeconds', 'changedAt', 'lastAt', 'stored', 'shard', 'retiredAt', 'parentIds'])
    .where('intervalSeconds', 'is not', null);
}
export type ProbeRow = Awaited<ReturnType<ReturnType<typeof probes>['execute']>>[number];

export function results(db: Db, checkId: string, { limit, before }: { readonly limit: number; readonly before?: string | undefined }) {
  let from = tables(db).selectFrom('checksResult').select(['at', 'ok', 'tookMs', 'status', 'words', 'measured']).where('checkId', '=', checkId);
  if (before) from = from.where('at', '<', before);
  return from.orderBy('at', 'desc').limit(limit).execute();
}

export function pings(db: Db, checkId: string, limit: number) {
  return tables(db)
    .selectFrom('checksPing')
    .select(['id', 'at', 'kind', 'exitStatus', 'runId', 'tookMs', 'method', 'address', 'body'])
    .where('checkId', '=', checkId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Turns since an instant, oldest first, with the one that was in force then. */
export async function turnsSince(db: Db, checkId: string, since: string) {
  const turns = tables(db).selectFrom('checksTurn').select(['at', 'countsAs', 'reason']).where('checkId', '=', checkId);
  const before = await turns.where('at', '<=', since).orderBy('at', 'desc').limit(1).execute();
  return [...before, ...(await turns.where('at', '>', since).orderBy('at').limit(20_000).execute())];
}

/** Hours since an instant in which a probe gave at least one result. */
export async function hoursWithResults(db: Db, checkId: string, since: string): Promise<readonly string[]> {
  const rows = await tables(db).selectFrom('checksHour').select('hour').where('checkId', '=', checkId).where('hour', '>=', since).execute();
  return rows.map((row) => row.hour);
}
