import { registerFacts } from '#capabilities/catalog/index.ts';
import { registerAffected } from '#capabilities/mutes/index.ts';
import { module } from '#kernel/desk.ts';
import { iso } from '#kernel/clock.ts';
import { actions } from './actions/index.ts';
import { affectedAlerts } from './affected.ts';
import './answers.ts';
import './as-changes.ts';
import './handing-over.ts';
import { alerts } from './contract/index.ts';
import { drainSource, recoverIntake, settleIntake } from './intake/drain.ts';
import { afresh } from './intake/afresh.ts';
import { wake } from './intake/waking.ts';
import { blind, burning, calm, checkFails, checkIsFine, sees } from './own.ts';
import { listen } from './receiving/listening.ts';
import { ingestRoutes } from './receiving/routes.ts';
import { listenForMail } from './receiving/smtp.ts';
import * as store from './store/index.ts';

export { openGroups } from './shown.ts';
export { countOpenGroups, ledGroups } from './store/index.ts';

const MONTH = 30 * 86_400_000;
const YEAR = 365 * 86_400_000;

registerAffected(affectedAlerts);
registerFacts(
  {
    'alerts.open': { label: 'Alerts that are open', type: 'number', otherwise: 0 },
    'alerts.lately': { label: 'Alerts within 30 days', type: 'number', otherwise: 0 },
  },
  async ({ db, actor, now }, serviceIds) => {
    const rows = await store.countedOfServices(db, actor, { serviceIds, since: iso(now - MONTH) });
    return new Map(rows.map(({ serviceId, open, lately }) => [serviceId!, { 'alerts.open': open, 'alerts.lately': lately }]));
  },
);

export default module({
  contract: alerts,
  actions,
  routes: ingestRoutes,
  jobs: {
    on: {
      'check.wentDown': checkFails,
      'check.cameUp': checkIsFine,
      'check.paused': checkIsFine,
      'check.retired': checkIsFine,
      'checks.blind': blind,
      'checks.sees': sees,
      'slo.burning': burning,
      'slo.calm': calm,
      'mute.created': afresh,
      'mute.changed': afresh,
      'mute.began': afresh,
      'mute.over': afresh,
      'mute.ended': afresh,
    },
    tasks: {
      'alerts.drain': (job) => drainSource(job.desk, String(job.payload.source)),
      'alerts.wake': wake,
      'alerts.listen': listen,
      'alerts.recover': (job) => recoverIntake(job.desk),
      'alerts.sweep': (job) =>
        job.write(async ({ db, now }) => {
          await store
            .tables(db)
            .deleteFrom('alertsRaw')
            .where('receivedAt', '<', iso(now - MONTH))
            .where('state', '!=', 'received')
            .execute();
          await store.sweepReceiving(db, { month: iso(now - MONTH), year: iso(now - YEAR) });
        }),
    },
    every: { 'alerts.recover': '* * * * *', 'alerts.sweep': '20 3 * * *' },
  },
  settle: settleIntake,
  start: async (desk) => {
    if (desk.config.role !== 'web') await recoverIntake(desk);
    const stopMail = desk.config.role === 'worker' ? undefined : await listenForMail(desk);
    return async () => {
      await stopMail?.();
      await settleIntake(desk);
    };
  },
});
