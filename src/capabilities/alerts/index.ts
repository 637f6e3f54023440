import { module, type LogEntry, type Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { iso } from '#kernel/clock.ts';
import { actions } from './actions.ts';
import { alerts } from './contract.ts';
import { applySignals, drainSource, recoverIntake, settleIntake } from './intake.ts';
import { ingestRoutes } from './receive.ts';
import * as store from './store.ts';

export { shown as shownAlerts } from './answers.ts';
export { list as listAlerts } from './store.ts';

const RAW_DAYS = 30 * 86_400_000;

/** A check of the desk is a source without a key: what it finds goes the same way as any signal. */
async function fromCheck(ctx: Write, entry: LogEntry, kind: 'trigger' | 'resolve'): Promise<void> {
  if (!entry.recordId) return;
  const check = (await refsOf(ctx.db, SYSTEM, [entry.recordId])).get(entry.recordId);
  const signal = {
    kind,
    key: `check:${entry.recordId}`,
    summary: `${check?.title ?? 'Check'}: ${String(entry.data.reason ?? 'fails')}`,
    severity: 'critical' as const,
    source: check?.number ?? '',
    labels: {},
    details: { check: check?.number ?? '' },
    startsAt: null,
    link: null,
    links: [],
  };
  await applySignals(ctx, { sourceId: null, fallbackId: entry.data.serviceId ?? null }, [{ signal, rawId: null }]);
}

export default module({
  contract: alerts,
  actions,
  routes: ingestRoutes,
  jobs: {
    on: {
      'check.wentDown': (ctx, entry) => fromCheck(ctx, entry, 'trigger'),
      'check.cameUp': (ctx, entry) => fromCheck(ctx, entry, 'resolve'),
      'check.paused': (ctx, entry) => fromCheck(ctx, entry, 'resolve'),
      'check.retired': (ctx, entry) => fromCheck(ctx, entry, 'resolve'),
    },
    tasks: {
      'alerts.drain': (job) => drainSource(job.desk, String(job.payload.source)),
      'alerts.recover': (job) => recoverIntake(job.desk),
      'alerts.sweep': (job) =>
        job.write(async ({ db, now }) => {
          await store
            .tables(db)
            .deleteFrom('alertsRaw')
            .where('receivedAt', '<', iso(now - RAW_DAYS))
            .where('state', '!=', 'received')
            .execute();
        }),
    },
    every: { 'alerts.recover': '* * * * *', 'alerts.sweep': '20 3 * * *' },
  },
  settle: settleIntake,
  start: async (desk) => {
    if (desk.config.role !== 'web') await recoverIntake(desk);
    return () => settleIntake(desk);
  },
});
