import { sql } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { StoredCheck } from './checks.ts';

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

/** Hourly counts are kept with every batch, so that sweeping raw results loses nothing that uptime needs. */
export async function writeHours(db: Db, results: readonly Written[]): Promise<void> {
  const hours = [...Map.groupBy(results, ({ checkId, at }) => `${checkId} ${Math.floor(at / HOUR)}`).values()].toSorted(([a], [b]) => (a!.checkId < b!.checkId ? -1 : 1));
  const took = (all: readonly Written[]) => all.map((one) => one.tookMs ?? 0);
  await sql`insert into checks_hour (check_id, hour, good, bad, took_ms, took_most_ms)
    select * from unnest(${hours.map(([one]) => one!.checkId)}::uuid[], ${hours.map(([one]) => iso(Math.floor(one!.at / HOUR) * HOUR))}::timestamptz[],
      ${hours.map((all) => all.filter((one) => one.result === 'passed').length)}::integer[], ${hours.map((all) => all.filter((one) => one.result === 'failed').length)}::integer[],
      ${hours.map((all) => took(all).reduce((a, b) => a + b, 0))}::bigint[], ${hours.map((all) => Math.max(...took(all)))}::integer[])
    on conflict (check_id, hour) do update set good = checks_hour.good + excluded.good, bad = checks_hour.bad + excluded.bad,
      took_ms = checks_hour.took_ms + excluded.took_ms, took_most_ms = greatest(checks_hour.took_most_ms, excluded.took_most_ms)`.execute(db);
}

export async function writeChecks(db: Db, checks: readonly StoredCheck[]): Promise<void> {
  await sql`update checks_check c set stored = n.stored, failures = n.failures, successes = n.successes, counts_as = n.counts_as, since = n.since, reason = n.reason,
      last_at = n.last_at, last_ok = n.last_ok, took_ms = n.took_ms, certificate_ends_at = n.certificate_ends_at, certificate_told = n.certificate_told
    from unnest(${checks.map((c) => c.id)}::uuid[], ${checks.map((c) => c.stored)}::text[], ${checks.map((c) => c.failures)}::integer[], ${checks.map((c) => c.successes)}::integer[],
      ${checks.map((c) => c.countsAs)}::text[], ${checks.map((c) => c.since)}::timestamptz[], ${checks.map((c) => c.reason)}::text[], ${checks.map((c) => c.lastAt)}::timestamptz[],
      ${checks.map((c) => c.lastOk)}::boolean[], ${checks.map((c) => c.tookMs)}::bigint[], ${checks.map((c) => c.certificateEndsAt)}::timestamptz[], ${checks.map((c) => c.certificateTold)}::boolean[])
      as n(id, stored, failures, successes, counts_as, since, reason, last_at, last_ok, took_ms, certificate_ends_at, certificate_told)
    where c.id = n.id`.execute(db);
}
