import { ms } from '#kernel/clock.ts';
import type { Job, Write } from '#kernel/desk.ts';
import * as store from '../store/index.ts';
import { resolveAlerts } from './resolving.ts';
import { routingOf } from './setting.ts';
import { reconsider } from './staging.ts';

const AT_ONCE = 500;

/** One timer for all alerts: at the instant at which the first of them is to be looked at. */
export async function wakeInTime(ctx: Write): Promise<void> {
  const next = await store.nextWake(ctx.db);
  if (next !== null) await ctx.enqueue('alerts.wake', {}, { key: 'alerts.wake', runAt: ms(next), attempts: 25 });
}

/** Looks at the alerts whose time has come: a hold ended, or it was calm for long enough. */
export async function wake(job: Job): Promise<void> {
  for (;;) {
    const more = await job.write(async (ctx) => {
      await store.lockPipeline(ctx.db);
      const due = await store.dueAlerts(ctx.db, new Date(ctx.now).toISOString(), AT_ONCE);
      await store.slept(
        ctx.db,
        due.map(({ id }) => id),
      );
      await resolveAlerts(
        ctx,
        due.filter(({ calmSince, state }) => calmSince !== null && state !== 'resolved').map(({ id }) => id),
        null,
      );
      await reconsider(
        ctx,
        await routingOf(ctx.db),
        due.filter(({ calmSince }) => calmSince === null).map(({ id }) => id),
      );
      if (due.length < AT_ONCE) await wakeInTime(ctx);
      return due.length === AT_ONCE;
    });
    if (!more) return;
  }
}
