import { iso, ms } from '#kernel/clock.ts';
import type { Job, Write } from '#kernel/desk.ts';
import { isFlapping, resolvesAt } from '../rules/flapping.ts';
import { routed, type Routing } from '../rules/options.ts';
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
      const due = await store.dueAlerts(ctx.db, iso(ctx.now), AT_ONCE);
      await store.slept(
        ctx.db,
        due.map(({ id }) => id),
      );
      const routing = await routingOf(ctx.db);
      // A hold may end, or rules may change, while it is calm: only what was calm for long enough is over.
      const calm = new Map(due.flatMap((one) => (one.calmSince === null || one.state === 'resolved' ? [] : [[one.id, overAt(one, routing, ctx.now)] as const])));
      const over = [...calm].filter(([, at]) => at <= ctx.now).map(([id]) => id);
      await resolveAlerts(ctx, over, null);
      for (const id of over) calm.delete(id);
      await reconsider(
        ctx,
        routing,
        due.filter(({ id }) => !over.includes(id)).map(({ id }) => id),
      );
      await store.wakeWhenCalm(ctx.db, new Map([...calm].map(([id, at]) => [id, iso(at)])));
      if (due.length < AT_ONCE) await wakeInTime(ctx);
      return due.length === AT_ONCE;
    });
    if (!more) return;
  }
}

type Due = Awaited<ReturnType<typeof store.dueAlerts>>[number];

/** When an alert whose sender says that it is over is resolved by the rules of now, epoch ms. */
function overAt({ labels, extra, severity, calmSince, calmSignals, reopens, reopenedAt }: Due, routing: Routing, now: number): number {
  const { options } = routed(routing, { ...labels, ...extra }, severity);
  const flapping = isFlapping({ reopens, reopenedAt: reopenedAt === null ? null : ms(reopenedAt) }, now);
  return resolvesAt({ calmSignals, calmSince: calmSince === null ? null : ms(calmSince) }, options, flapping);
}
