import { iso, ms } from '#kernel/clock.ts';
import type { Read } from '#kernel/desk.ts';
import type { Window } from '#kernel/spans.ts';
import { gaps, subtract, total } from '#kernel/spans.ts';
import type { Latency } from './contract/index.ts';
import { timeOfChecks } from './counting.ts';
import { maintenanceOf } from './labels.ts';
import { addBuckets, dailyUptime, inSteps, latencyOf, monthsOf, outagesOf, spansOf, tallyOf, uptimeOf, type Buckets, type Tally, type WINDOWS } from './rules/index.ts';
import * as store from './store/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_OUTAGES = 50;
const PAGE_DAYS = 90;
/** Silence is told by the result for so long, before that by the hour: a page does not read a month of results. */
const PRECISE_MS = 2 * DAY;

const WINDOW: Readonly<Record<(typeof WINDOWS)[number], { readonly days: number; readonly stepMs: number }>> = {
  day: { days: 1, stepMs: 15 * MINUTE },
  week: { days: 7, stepMs: 2 * HOUR },
  month: { days: 30, stepMs: 6 * HOUR },
  quarter: { days: 90, stepMs: DAY },
};

type Timed = Pick<store.CheckRow, 'id' | 'number' | 'title' | 'serviceId' | 'intervalSeconds' | 'retiredAt'>;
const known = ({ id, number, title, serviceId, intervalSeconds, retiredAt }: Timed) => ({
  id,
  number,
  name: title,
  serviceId,
  intervalMs: intervalSeconds === null ? null : intervalSeconds * 1000,
  retired: retiredAt !== null,
});

/** Uptime over the last day, week, 30 and 90 days, and of each of these days. */
export async function uptimeShown({ db, now }: Pick<Read, 'db' | 'now'>, row: Timed) {
  const [time] = await timeOfChecks({ db, now }, [known(row)], { from: Math.floor((now - PAGE_DAYS * DAY) / DAY) * DAY, until: now }, PRECISE_MS);
  const { spans, holes } = time!;
  const of = (days: number) => uptimeOf(spans, { from: now - days * DAY, until: now }, holes);
  const quarter = of(PAGE_DAYS);
  return {
    day: of(1).share,
    week: of(7).share,
    month: of(30).share,
    quarter: quarter.share,
    downMinutes: Math.round(quarter.downMs / MINUTE),
    days: dailyUptime(spans, holes, { until: now, days: PAGE_DAYS }),
  };
}

/** The last days of many checks, in as many queries as for one; silence by the hour. */
export async function uptimeOfMany({ db, now }: Pick<Read, 'db' | 'now'>, rows: readonly Timed[], count: number) {
  const window = { from: Math.floor((now - (count - 1) * DAY) / DAY) * DAY, until: now };
  const ids = rows.map(({ id }) => id);
  const turns = Map.groupBy(await store.turnsOfMany(db, ids, iso(window.from)), ({ checkId }) => checkId);
  const heard = Map.groupBy(await store.heardHours(db, ids, iso(window.from)), ({ checkId }) => checkId);
  const maintenance = await maintenanceOf(db, rows, window);
  const blind = await store.blindDuring(db, window);
  return new Map(
    rows.map((row) => {
      const spans = spansOf(
        (turns.get(row.id) ?? []).map(({ at, countsAs }) => ({ at: ms(at), countsAs })),
        now,
      );
      const silent = row.intervalSeconds === null ? [] : gaps(window, heard.get(row.id) ?? []);
      const holes = [...silent, ...blind, ...(maintenance.get(row.id) ?? [])];
      return [row.id, { share: uptimeOf(spans, window, holes).share, days: dailyUptime(spans, holes, { until: now, days: count }) }];
    }),
  );
}

/** The course of response times: of the last day by each result, before that by the hour. */
export async function latencyShown({ db, now }: Pick<Read, 'db' | 'now'>, row: Timed, name: (typeof WINDOWS)[number]): Promise<Latency> {
  const { days, stepMs: least } = WINDOW[name];
  // A step shorter than the interval would leave every other one empty.
  const stepMs = Math.max(least, (row.intervalSeconds ?? 0) * 1000);
  const from = Math.floor((now - days * DAY) / stepMs) * stepMs;
  const window = { from, until: now };
  const tallies: readonly (Tally & { readonly at: number })[] =
    name === 'day' ? (await store.timesSince(db, row.id, from)).map((one) => ({ at: one.at, ...tallyOf([one]) })) : await store.hourTallies(db, row.id, from);
  const whole = latencyOf(
    tallies.reduce<Buckets>((sum, { buckets }) => addBuckets(sum, buckets), []),
    0,
  );
  const maintenance = (await maintenanceOf(db, [row], window)).get(row.id) ?? [];
  const inWindow = ({ from: begin, until }: Window) => ({ from: iso(Math.max(begin, from)), until: until >= now ? null : iso(until) });
  return {
    from: iso(from),
    until: iso(now),
    stepSeconds: stepMs / 1000,
    ...said(whole),
    points: inSteps(tallies, from, stepMs).map(({ at, bad, ...step }) => ({ at: iso(at), bad, ...said(step) })),
    outages: outagesOf(await turnsOf({ db, id: row.id, from })).map(({ from: begin, until, reason }) => ({
      from: iso(Math.max(begin, from)),
      until: until === null ? null : iso(until),
      reason,
    })),
    maintenance: maintenance.map(inWindow),
    blind: (await store.blindDuring(db, window)).map(inWindow),
  };
}

const said = ({ count, p50, p95, p99 }: Pick<ReturnType<typeof latencyOf>, 'count' | 'p50' | 'p95' | 'p99'>) => ({ count, p50, p95, p99 });

async function turnsOf({ db, id, from }: { readonly db: Read['db']; readonly id: string; readonly from: number }) {
  return (await store.turnsSince(db, id, iso(from))).map(({ at, countsAs, reason }) => ({ at: ms(at), countsAs, reason }));
}

/** Outages, and the downtime of each month since the check was made. */
export async function reportShown(
  { db, now }: Pick<Read, 'db' | 'now'>,
  row: Timed & { readonly openedAt: string },
  { months, zone }: { readonly months: number; readonly zone: string },
) {
  const madeAt = ms(row.openedAt);
  const from = Math.max(madeAt, now - (months + 1) * 31 * DAY);
  const [time] = await timeOfChecks({ db, now }, [known(row)], { from, until: now }, PRECISE_MS);
  const turns = await turnsOf({ db, id: row.id, from });
  const all = monthsOf({ turns, holes: time!.holes, madeAt }, { now, months, zone }).filter(({ existed }) => existed);
  return {
    months: all.map(({ month, share, downMs, outages }) => ({ month, share, outages, downMinutes: Math.round(downMs / MINUTE) })),
    outages: outagesOf(turns)
      .slice(0, MOST_OUTAGES)
      .map(({ from: begin, until, reason }) => ({
        from: iso(begin),
        until: until === null ? null : iso(until),
        minutes: Math.round(((until ?? now) - begin) / MINUTE),
        counts: total(subtract([{ from: begin, until: until ?? now, value: null }], time!.holes)) > 0,
        reason,
      })),
  };
}
