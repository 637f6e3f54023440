import { sql, type SqlBool } from 'kysely';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import type { Span, Window } from '#kernel/spans.ts';
import { visible } from '#kernel/visible.ts';
import { RAW_DAYS } from './jobs.ts';
import { maintenanceOf } from './labels.ts';
import { silences, silentAfterMs, silentHours, spansOf, type Counted } from './rules/index.ts';
import * as store from './store/index.ts';
import { UNREACHABLE } from './turns.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What other capabilities may know of a check. */
export interface KnownCheck {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly serviceId: string | null;
  /** Null for a heartbeat, which gives no results of its own accord. */
  readonly intervalMs: number | null;
  readonly retired: boolean;
}

/** Checks by id, retired ones too; those the actor may not see are left out. */
export async function checksByIds(db: Db, actor: Actor, ids: readonly string[]): Promise<readonly KnownCheck[]> {
  if (ids.length === 0) return [];
  const rows = await store
    .tables(db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .select(['record.id', 'record.number', 'record.title as name', 'serviceId', 'intervalSeconds', 'retiredAt'])
    .where(sql<SqlBool>`record.id = any(${[...ids]}::uuid[])`)
    .where(visible(actor))
    .execute();
  return rows.map(({ intervalSeconds, retiredAt, ...row }) => ({ ...row, intervalMs: intervalSeconds === null ? null : intervalSeconds * 1000, retired: retiredAt !== null }));
}

/** What a check counted as, and the stretches that count neither way. */
export interface CheckTime {
  readonly check: KnownCheck;
  /** Each with the reason that was given when it turned. */
  readonly spans: readonly Span<Counted>[];
  readonly reasons: ReadonlyMap<number, string>;
  /** Silence, blindness and maintenance. */
  readonly holes: readonly Window[];
}

/** The time of checks in a window: by their turns, which are never swept, without silence, blindness and maintenance. */
export async function timeOfChecks(
  { db, now }: { readonly db: Db; readonly now: number },
  checks: readonly KnownCheck[],
  window: Window,
  preciseMs = RAW_DAYS * DAY,
): Promise<readonly CheckTime[]> {
  const maintenance = await maintenanceOf(db, checks, window);
  const blind = await store.blindDuring(db, window);
  const times: CheckTime[] = [];
  for (const check of checks) {
    const turns = (await store.turnsSince(db, check.id, iso(window.from))).map(({ at, countsAs, reason }) => ({ at: ms(at), countsAs, reason }));
    const silent = check.intervalMs === null ? [] : await silenceOf(db, { id: check.id, intervalMs: check.intervalMs }, { window, now, preciseMs });
    times.push({
      check,
      spans: spansOf(turns, window.until),
      reasons: new Map(turns.map(({ at, reason }) => [at, reason])),
      holes: [...silent, ...blind, ...(maintenance.get(check.id) ?? [])],
    });
  }
  return times;
}

/** By each result where they are kept one by one, by the hour before that. */
async function silenceOf(
  db: Db,
  { id, intervalMs }: { readonly id: string; readonly intervalMs: number },
  { window, now, preciseMs }: { readonly window: Window; readonly now: number; readonly preciseMs: number },
) {
  const rawFrom = Math.min(Math.max(window.from, wholeHours(now - preciseMs), rawSince(now)), window.until);
  const after = silentAfterMs(intervalMs);
  const heard = await store.resultStretches(db, id, { from: rawFrom - after, until: window.until, apartMs: after });
  const recent = silences(heard, { from: rawFrom, until: window.until }, after);
  if (window.from >= rawFrom) return recent;
  const hours = (await store.hoursWithResults(db, id, iso(Math.floor(window.from / HOUR) * HOUR))).map(ms);
  return [...silentHours(hours, { from: window.from, until: rawFrom }).map((one) => ({ from: one.from, until: Math.min(one.until, rawFrom) })), ...recent];
}

/** Whole hours only, so that an hour is told either by its results or by its sum. */
function rawSince(now: number): number {
  return wholeHours(now - RAW_DAYS * DAY);
}

function wholeHours(from: number): number {
  return Math.ceil(from / HOUR + 1) * HOUR;
}

/** Results of checks by the minute where they are kept one by one, by the hour before that; those under maintenance, or behind a check they depend on, left out. */
export async function resultsOfChecks(
  { db, now }: { readonly db: Db; readonly now: number },
  checks: readonly KnownCheck[],
  window: Window,
): Promise<readonly { readonly at: number; readonly lasts: number; readonly good: number; readonly bad: number }[]> {
  const maintenance = await maintenanceOf(db, checks, window);
  const ids = checks.map(({ id }) => id);
  const rawFrom = Math.min(Math.max(window.from, rawSince(now)), window.until);
  const minutes = (await store.resultsByMinute(db, ids, { from: rawFrom, until: window.until })).map((row) => ({ ...row, lasts: MINUTE }));
  const hours = window.from < rawFrom ? (await store.resultsByHour(db, ids, { from: window.from, until: rawFrom })).map((row) => ({ ...row, lasts: HOUR })) : [];
  const turns = Map.groupBy(await store.turnsOfMany(db, ids, iso(window.from)), ({ checkId }) => checkId);
  const holes = new Map(ids.map((id) => [id, [...(maintenance.get(id) ?? []), ...behindOthers(turns.get(id) ?? [], window.until)]]));
  return [...hours, ...minutes].filter(({ checkId, at, lasts }) => !holes.get(checkId)!.some(({ from, until }) => from < at + lasts && until > at));
}

/** When a check counted neither way although it gave results. */
function behindOthers(turns: readonly { readonly at: string; readonly countsAs: Counted; readonly reason: string }[], until: number): readonly Window[] {
  return turns.flatMap(({ at, countsAs, reason }, i) =>
    countsAs === 'none' && reason.startsWith(UNREACHABLE) ? [{ from: ms(at), until: ms(turns[i + 1]?.at ?? iso(until)) }] : [],
  );
}
