import { checksByIds, resultsOfChecks, timeOfChecks, type KnownCheck } from '#capabilities/checks/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk, Read, Write } from '#kernel/desk.ts';
import { readAs, writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { clip, type Window } from '#kernel/spans.ts';
import { countPrometheus, STEP } from './prometheus.ts';
import { bucketed, goodAndBad, inSteps, type Count } from './rules/index.ts';
import { settle } from './settling.ts';
import * as store from './store.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Results that were begun are written within a minute. */
const LAG = MINUTE;
/** How long counts are kept by the minute. */
export const MINUTE_DAYS = 2;
/** How far back a new objective is counted: the longest window; what Prometheus answers at once. */
const CHECKS_BACK = 90 * DAY;
const PROMETHEUS_BACK = 30 * DAY;
const NOTHING: Steps = { minutes: new Map(), hours: new Map() };
const RETIRED = 'Its checks are retired. Choose others.';

export interface Steps {
  readonly minutes: ReadonlyMap<number, Count>;
  readonly hours: ReadonlyMap<number, Count>;
}

/** What is known of checks in a window: time in milliseconds, or results. */
export async function countChecks(
  ctx: { readonly db: Db; readonly now: number },
  { kind, checks }: { readonly kind: 'time' | 'results'; readonly checks: readonly KnownCheck[] },
  window: Window,
): Promise<Steps> {
  const recent = { from: Math.max(window.from, window.until - MINUTE_DAYS * DAY), until: window.until };
  if (kind === 'results') {
    const counts = await resultsOfChecks(ctx, checks, window);
    return {
      minutes: inSteps(
        counts.filter(({ at }) => at >= recent.from),
        MINUTE,
      ),
      hours: inSteps(counts, HOUR),
    };
  }
  const { good, bad } = goodAndBad(await timeOfChecks(ctx, checks, window), window);
  const cut = (windows: readonly Window[]) =>
    clip(
      windows.map((one) => ({ ...one, value: null })),
      recent,
    );
  return { minutes: bucketed({ good: cut(good), bad: cut(bad) }, MINUTE), hours: bucketed({ good, bad }, HOUR) };
}

/** Counts what has happened since the last time, for every objective; called each minute. */
export async function countAll(desk: Desk): Promise<void> {
  for (const id of await readAs(desk, SYSTEM, ({ db }) => store.running(db))) {
    // One that cannot be counted must not keep the others from it.
    await countOne(desk, id).catch((error: unknown) => desk.log.error({ err: error, slo: id }, 'an objective could not be counted'));
  }
}

/** Counts outside of any transaction that writes: pages are read from the log only up to the oldest of those. */
export async function countOne(desk: Desk, id: string): Promise<void> {
  const slo = await readAs(desk, SYSTEM, ({ db }) => store.byId(db, id));
  if (!slo || slo.retiredAt !== null) return;
  const counted = slo.source === 'prometheus' ? await byPrometheus(desk, slo) : await readAs(desk, SYSTEM, (ctx) => byChecks(ctx, slo, slo.source));
  if (!counted) return;
  await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const locked = await store.lock(ctx.db, id);
      // What another node has counted meanwhile, or counts otherwise now, is not counted twice.
      if (locked && locked.retiredAt === null && isSame(locked, slo)) await keep(ctx, locked, counted);
    },
    'quiet',
  );
}

function isSame(one: store.StoredSlo, other: store.StoredSlo): boolean {
  const told = ({ countedUntil, source, checkIds, config }: store.StoredSlo) => JSON.stringify([countedUntil, source, checkIds, config]);
  return told(one) === told(other);
}

async function byChecks(ctx: Read, slo: store.StoredSlo, kind: 'time' | 'results' | 'prometheus'): Promise<Kept | null> {
  const until = Math.floor((ctx.now - LAG) / MINUTE) * MINUTE;
  const from = slo.countedUntil === null ? Math.floor((until - CHECKS_BACK) / HOUR) * HOUR : ms(slo.countedUntil);
  if (until <= from || kind === 'prometheus') return null;
  const checks = (await checksByIds(ctx.db, SYSTEM, slo.checkIds)).filter(({ retired }) => !retired);
  if (checks.length === 0) return { steps: NOTHING, until, trouble: RETIRED };
  return { steps: await countChecks(ctx, { kind, checks }, { from, until }), until, trouble: null };
}

async function byPrometheus(desk: Desk, slo: store.StoredSlo): Promise<Kept | null> {
  if (desk.state.held) return null;
  const until = Math.floor((desk.clock.now() - LAG) / STEP) * STEP;
  const from = Math.max(slo.countedUntil === null ? 0 : ms(slo.countedUntil), Math.floor((until - PROMETHEUS_BACK) / STEP) * STEP);
  if (until <= from) return null;
  const counts = await countPrometheus(desk.outgoing, { config: slo.config, origin: slo.origin }, { from, until });
  if (typeof counts === 'string') return { steps: NOTHING, until: null, trouble: counts };
  const all = [...counts].map(([at, count]) => ({ at, ...count }));
  const minutes = inSteps(
    all.filter(({ at }) => at >= until - MINUTE_DAYS * DAY),
    MINUTE,
  );
  return { steps: { minutes, hours: inSteps(all, HOUR) }, until, trouble: null };
}

interface Kept {
  readonly steps: Steps;
  /** Null when nothing could be counted: it is tried again. */
  readonly until: number | null;
  readonly trouble: string | null;
}

async function keep(ctx: Write, slo: store.StoredSlo, { steps, until, trouble }: Kept): Promise<void> {
  await store.add(ctx.db, slo.id, steps);
  await store
    .tables(ctx.db)
    .updateTable('slosSlo')
    .set({ trouble, ...(until === null ? {} : { countedUntil: iso(until) }) })
    .where('id', '=', slo.id)
    .execute();
  await settle(ctx, { ...slo, trouble });
}
