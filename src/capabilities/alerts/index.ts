import { module } from '#kernel/desk.ts';
import { iso } from '#kernel/clock.ts';
import { actions } from './actions.ts';
import { alerts } from './contract.ts';
import { applySignals, drainSource, recoverIntake, settleIntake } from './intake.ts';
import { ingestRoutes } from './receive.ts';
import * as store from './store.ts';

export { shown as shownAlerts } from './answers.ts';
export { list as listAlerts, openOfServices, type AlertRow } from './store.ts';

const RAW_DAYS = 30 * 86_400_000;

/** A check of the desk is a source without a key: what it finds goes the same way as any signal. */
interface CheckEvent {
  readonly check: string;
  readonly number: string;
  readonly service: string | null;
  readonly reason: string;
  readonly name: string;
}

function checkSignal(kind: 'trigger' | 'resolve', data: CheckEvent) {
  return {
    kind, key: `check:${data.check}`, summary: kind === 'trigger' ? `${data.name}: ${data.reason}` : data.name, severity: 'critical' as const, source: data.number,
    labels: {}, details: { check: data.number }, startsAt: null, link: null, links: [],
  };
}

export default module({
  contract: alerts,
  actions,
  routes: ingestRoutes,
  jobs: {
    on: {
      'check.wentDown': (ctx, entry) => applySignals(ctx, { sourceId: null, fallbackId: entry.data.service }, [{ signal: checkSignal('trigger', entry.data), rawId: null }]),
      'check.cameUp': (ctx, entry) => applySignals(ctx, { sourceId: null, fallbackId: entry.data.service }, [{ signal: checkSignal('resolve', entry.data), rawId: null }]),
    },
    tasks: {
      'alerts.drain': (job) => drainSource(job.desk, String(job.payload.source)),
      'alerts.recover': (job) => recoverIntake(job.desk),
      'alerts.sweep': (job) => job.write(async ({ db, now }) => { await store.tables(db).deleteFrom('alertsRaw').where('receivedAt', '<', iso(now - RAW_DAYS)).where('state', '!=', 'received').execute(); }),
    },
    every: { 'alerts.recover': '* * * * *', 'alerts.sweep': '20 3 * * *' },
  },
  settle: settleIntake,
  start: async (desk) => {
    if (desk.config.role !== 'web') await recoverIntake(desk);
    return () => settleIntake(desk);
  },
});
