import { sql, type SqlBool } from 'kysely';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Window } from '#kernel/spans.ts';
import { tallyOf, type Counted, type Tally } from '../rules/index.ts';
import { tables, type StoredCheck } from './checks.ts';

const HOUR = 3_600_000;

/** One result as it is kept; `at` in epoch ms. */
export interface Written {
  readonly checkId: string;
  readonly at: number;
  readonly result: 'passed' | 'failed' | 'blind';
  readonly tookMs: number | null;
  readonly status: number | null;
  readonly words: string;
  readonly measured: Readonly<Record<string, number>>;
}

export async function writeResults(db: Db, results: readonly Written[]): Promise<void> {
  await sql`insert into checks_result (check_id, at, ok, took_ms, status, words, measured)
    select * from unnest(${results.map((r) => r.checkId)}::uuid[], ${results.map((r) => iso(r.at))}::timestamptz[], ${results.map((r) => r.result === 'passed')}::boolean[],
      ${results.map((r) => r.tookMs)}::integer[], ${results.map((r) => r.status)}::smallint[], ${results.map((r) => r.words)}::text[],
      ${results.map((r) => (Object.keys(r.measured).length === 0 ? null : JSON.stringify(r.measured)))}::jsonb[])`.execute(db);
}

/** Hourly counts are kept with every batch, so that sweeping raw results loses nothing that uptime and percentiles need. */
export async function writeHours(db: Db, results: readonly Written[]): Promise<void> {
  const hours = [...Map.groupBy(results, ({ checkId, at }) => `${checkId} ${Math.floor(at / HOUR)}`).values()]
    .map((all) => ({
      checkId: all[0]!.checkId,
      hour: iso(Math.floor(all[0]!.at / HOUR) * HOUR),
      ...tallyOf(all.map(({ result, tookMs }) => ({ ok: result === 'passed', tookMs }))),
    }))
    .toSorted((a, b) => (a.checkId < b.checkId ? -1 : 1));
  // Arrays of arrays of unequal length are no arrays: each goes as its text.
  await sql`insert into checks_hour (check_id, hour, good, bad, took_ms, took_most_ms, buckets)
    select check_id, hour, good, bad, took_ms, took_most_ms, buckets::integer[]
    from unnest(${hours.map((one) => one.checkId)}::uuid[], ${hours.map((one) => one.hour)}::timestamptz[], ${hours.map((one) => one.good)}::integer[],
      ${hours.map((one) => one.bad)}::integer[], ${hours.map((one) => one.tookMs)}::bigint[], ${hours.map((one) => one.tookMostMs)}::integer[],
      ${hours.map((one) => `{${one.buckets.join(',')}}`)}::text[]) as n(check_id, hour, good, bad, took_ms, took_most_ms, buckets)
    on conflict (check_id, hour) do update set good = checks_hour.good + excluded.good, bad = checks_hour.bad + excluded.bad,
      took_ms = checks_hour.took_ms + excluded.took_ms, took_most_ms = greatest(checks_hour.took_most_ms, excluded.took_most_ms),
      buckets = array(select coalesce(had, 0) + coalesce(has, 0) from unnest(checks_hour.buckets, excluded.buckets) with ordinality as b(had, has, place) order by place)`.execute(
    db,
  );
}

export async function writeChecks(db: Db, checks: readonly StoredCheck[]): Promise<void> {
  await sql`update checks_check c set stored = n.stored, failures = n.failures, successes = n.successes, counts_as = n.counts_as, since = n.since, reason = n.reason,
      last_at = n.last_at, last_ok = n.last_ok, took_ms = n.took_ms, certificate_ends_at = n.certificate_ends_at, certificate_told = n.certificate_told,
      told = n.told, behind = n.behind, certificate = n.certificate
    from unnest(${checks.map((c) => c.id)}::uuid[], ${checks.map((c) => c.stored)}::text[], ${checks.map((c) => c.failures)}::integer[], ${checks.map((c) => c.successes)}::integer[],
      ${checks.map((c) => c.countsAs)}::text[], ${checks.map((c) => c.since)}::timestamptz[], ${checks.map((c) => c.reason)}::text[], ${checks.map((c) => c.lastAt)}::timestamptz[],
      ${checks.map((c) => c.lastOk)}::boolean[], ${checks.map((c) => c.tookMs)}::bigint[], ${checks.map((c) => c.certificateEndsAt)}::timestamptz[], ${checks.map((c) => c.certificateTold)}::boolean[],
      ${checks.map((c) => c.told)}::boolean[], ${checks.map((c) => c.behind)}::uuid[], ${checks.map((c) => (c.certificate === null ? null : JSON.stringify(c.certificate)))}::jsonb[])
      as n(id, stored, failures, successes, counts_as, since, reason, last_at, last_ok, took_ms, certificate_ends_at, certificate_told, told, behind, certificate)
    where c.id = n.id`.execute(db);
}

/** Stretches in which results came in no further apart than so long, from the first to the last of each, in epoch ms. */
export async function resultStretches(db: Db, checkId: string, { from, until, apartMs }: Window & { readonly apartMs: number }): Promise<readonly Window[]> {
  const { rows } = await sql<{ at: string; starts: boolean; ends: boolean }>`select at, starts, ends from (
      select at, coalesce(at - lag(at) over w > ${`${apartMs} milliseconds`}::interval, true) as starts, coalesce(lead(at) over w - at > ${`${apartMs} milliseconds`}::interval, true) as ends
      from checks_result where check_id = ${checkId} and at >= ${iso(from)}::timestamptz and at < ${iso(until)}::timestamptz window w as (order by at)) r
    where starts or ends order by at`.execute(db);
  const starts = rows.filter((row) => row.starts);
  const ends = rows.filter((row) => row.ends);
  return starts.map(({ at }, i) => ({ from: ms(at), until: ms(ends[i]?.at ?? at) }));
}

export interface ResultCount {
  readonly checkId: string;
  readonly at: number;
  readonly good: number;
  readonly bad: number;
}

/** Good and bad results of each minute that has any. */
export async function resultsByMinute(db: Db, checkIds: readonly string[], { from, until }: Window): Promise<readonly ResultCount[]> {
  const { rows } = await sql<ResultCount>`select check_id as "checkId", (extract(epoch from date_bin('1 minute', at, '2000-01-01T00:00:00Z')) * 1000)::bigint as at,
      count(*) filter (where ok) as good, count(*) filter (where not ok) as bad
    from checks_result where check_id = any(${[...checkIds]}::uuid[]) and at >= ${iso(from)}::timestamptz and at < ${iso(until)}::timestamptz group by 1, 2`.execute(db);
  return rows;
}

/** Good and bad results of each hour that begins in the window. */
export async function resultsByHour(db: Db, checkIds: readonly string[], { from, until }: Window): Promise<readonly ResultCount[]> {
  const rows = await tables(db)
    .selectFrom('checksHour')
    .select(['checkId', 'hour', 'good', 'bad'])
    .where(sql<SqlBool>`check_id = any(${[...checkIds]}::uuid[])`)
    .where('hour', '>=', iso(from))
    .where('hour', '<', iso(until))
    .execute();
  return rows.map(({ hour, ...row }) => ({ ...row, at: ms(hour) }));
}

/** Turns of many checks in one query, as `turnsSince` gives those of one. */
export async function turnsOfMany(db: Db, checkIds: readonly string[], since: string) {
  const { rows } = await sql<{ checkId: string; at: string; countsAs: Counted; reason: string }>`select t.check_id as "checkId", t.at, t.counts_as as "countsAs", t.reason
    from unnest(${[...checkIds]}::uuid[]) c(id)
    cross join lateral (select max(at) as at from checks_turn where check_id = c.id and at <= ${since}::timestamptz) b
    join checks_turn t on t.check_id = c.id and t.at >= coalesce(b.at, ${since}::timestamptz) order by t.check_id, t.at`.execute(db);
  return rows;
}

/** Hours with at least one result, neighbours joined, of many checks in one query. */
export async function heardHours(db: Db, checkIds: readonly string[], since: string): Promise<readonly (Window & { readonly checkId: string })[]> {
  const { rows } = await sql<{ checkId: string; first: string; last: string }>`select check_id as "checkId", min(hour) as first, max(hour) as last
    from (select check_id, hour, hour - row_number() over (partition by check_id order by hour) * interval '1 hour' as island
      from checks_hour where check_id = any(${[...checkIds]}::uuid[]) and hour >= ${since}::timestamptz) h
    group by check_id, island`.execute(db);
  return rows.map(({ checkId, first, last }) => ({ checkId, from: ms(first), until: ms(last) + HOUR }));
}

/** The hours of a check from an instant on. */
export async function hourTallies(db: Db, checkId: string, from: number): Promise<readonly (Tally & { readonly at: number })[]> {
  const rows = await tables(db)
    .selectFrom('checksHour')
    .select(['hour', 'good', 'bad', 'tookMs', 'tookMostMs', 'buckets'])
    .where('checkId', '=', checkId)
    .where('hour', '>=', iso(from))
    .orderBy('hour')
    .execute();
  return rows.map(({ hour, ...tally }) => ({ ...tally, at: ms(hour) }));
}

/** Each result of a check from an instant on, only what its response time tells. */
export async function timesSince(db: Db, checkId: string, from: number): Promise<readonly { readonly at: number; readonly ok: boolean; readonly tookMs: number | null }[]> {
  const rows = await tables(db).selectFrom('checksResult').select(['at', 'ok', 'tookMs']).where('checkId', '=', checkId).where('at', '>=', iso(from)).orderBy('at').execute();
  return rows.map((row) => ({ ...row, at: ms(row.at) }));
}
