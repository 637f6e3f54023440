import * as z from 'zod';
import { iso, ms } from '#kernel/clock.ts';
import type { Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Check, Result } from './contract.ts';
import { certificateDaysOf, failuresOf, readProbe, targetOf } from './probes/index.ts';
import { dailyUptime, shownState, silentHours, spansOf, standingWords, uptimeOf, type Told } from './rules/index.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;
const DAYS = 90;

export function instantOrNull(text: string | null): number | null {
  return text === null ? null : ms(text);
}

/** A stored check as the rules take it. */
export function toldOf(row: store.StoredCheck): Told {
  const config = readProbe(row.config);
  return {
    stored: row.stored,
    intervalMs: row.intervalSeconds === null ? null : row.intervalSeconds * 1000,
    lastAt: instantOrNull(row.lastAt),
    changedAt: ms(row.changedAt),
    expectedAt: instantOrNull(row.expectedAt),
    alertAfter: instantOrNull(row.alertAfter),
    since: ms(row.since),
    reason: row.reason,
    failures: row.failures,
    failuresNeeded: failuresOf(config),
    certificateEndsAt: instantOrNull(row.certificateEndsAt),
    certificateDays: certificateDaysOf(config),
  };
}

export async function shown(ctx: Read, rows: readonly store.CheckRow[]): Promise<Check[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.map((row) => row.serviceId),
  );
  return rows.map((row) => {
    const { id, number, title, since, lastAt, lastOk, tookMs, expectedAt, certificateEndsAt, origin, openedAt, version } = row;
    const config = readProbe(row.config);
    const told = toldOf(row);
    return {
      id,
      number,
      name: title,
      probe: config,
      target: targetOf(config),
      service: refs.get(row.serviceId ?? '') ?? null,
      state: shownState(told, ctx.now),
      words: standingWords(told, ctx.now),
      since,
      lastAt,
      lastOk,
      tookMs,
      expectedAt,
      certificateEndsAt,
      origin,
      openedAt,
      version,
      retired: row.retiredAt !== null,
    };
  });
}

/** Results as they are kept; older ones have no named values. */
export function resultsShown(rows: Awaited<ReturnType<typeof store.results>>): z.infer<typeof Result>[] {
  return rows.map((row) => ({ ...row, measured: z.record(z.string(), z.number()).nullable().parse(row.measured) ?? {} }));
}

/** Uptime of the last day, 30 days and 90 days, and of each of these days. */
export async function uptimeShown(ctx: Read, row: store.StoredCheck) {
  const window = { from: ctx.now - DAYS * DAY, until: ctx.now };
  const since = iso(Math.floor(window.from / DAY) * DAY);
  const turns = await store.turnsSince(ctx.db, row.id, since);
  const spans = spansOf(
    turns.map(({ at, countsAs }) => ({ at: ms(at), countsAs })),
    ctx.now,
  );
  const silent = row.intervalSeconds === null ? [] : silentHours((await store.hoursWithResults(ctx.db, row.id, since)).map(ms), { from: ms(since), until: ctx.now });
  const of = (days: number) => uptimeOf(spans, { from: ctx.now - days * DAY, until: ctx.now }, silent);
  const quarter = of(DAYS);
  return {
    day: of(1).share,
    month: of(30).share,
    quarter: quarter.share,
    downMinutes: Math.round(quarter.downMs / 60_000),
    days: dailyUptime(spans, silent, { until: ctx.now, days: DAYS }),
  };
}
