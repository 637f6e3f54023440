import { checksByIds, resultsOfChecks, timeOfChecks, type KnownCheck } from '#capabilities/checks/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
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

export async function countOne(desk: Desk, id: string): Promise<void> {
  const slo = await readAs(desk, SYSTEM, ({ db }) => store.byId(db, id));
  if (!slo || slo.retiredAt !== null) return;
  if (slo.source === 'prometheus') return countByPrometheus(desk, slo);
  await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const locked = await store.lock(ctx.db, id);
      if (!locked || locked.retiredAt !== null || locked.source === 'prometheus') return;
      const until = Math.floor((ctx.now - LAG) / MINUTE) * MINUTE;
      const from = locked.countedUntil === null ? Math.floor((until - CHECKS_BACK) / HOUR) * HOUR : ms(locked.countedUntil);
      if (until <= from) return;
      const checks = (await checksByIds(ctx.db, SYSTEM, locked.checkIds)).filter(({ retired }) => !retired);
      const steps = checks.length === 0 ? { minutes: new Map(), hours: new Map() } : await countChecks(ctx, { kind: locked.source, checks }, { from, until });
      await keep(ctx, locked, { steps, until, trouble: checks.length === 0 ? RETIRED : null });
    },
    'quiet',
  );
}

/** Asks outside of any transaction; what was counted meanwhile by another node is not counted twice. */
async function countByPrometheus(desk: Desk, slo: store.StoredSlo): Promise<void> {
  if (desk.state.held) return;
  const now = desk.clock.now();
  const until = Math.floor((now - LAG) / STEP) * STEP;
  const from = Math.max(slo.countedUntil === null ? 0 : ms(slo.countedUntil), Math.floor((until - PROMETHEUS_BACK) / STEP) * STEP);
  if (until <= from && slo.trouble === null) return;
  const counts = until <= from ? new Map<number, Count>() : await countPrometheus(desk.outgoing, { config: slo.config, origin: slo.origin }, { from, until });
  await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const locked = await store.lock(ctx.db, slo.id);
      if (!locked || locked.retiredAt !== null || locked.countedUntil !== slo.countedUntil || locked.source !== 'prometheus') return;
      if (typeof counts === 'string') return keep(ctx, locked, { steps: { minutes: new Map(), hours: new Map() }, until: null, trouble: counts });
      const all = [...counts].map(([at, count]) => ({ at, ...count }));
      const minutes = inSteps(
        all.filter(({ at }) => at >= until - MINUTE_DAYS * DAY),
        MINUTE,
      );
      await keep(ctx, locked, { steps: { minutes, hours: inSteps(all, HOUR) }, until, trouble: null });
    },
    'quiet',
  );
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
