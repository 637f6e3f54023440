import { iso } from '#kernel/clock.ts';
import type { Jobs } from '#kernel/desk.ts';
import { countAll, countOne, DAY, MINUTE_DAYS } from './counting.ts';
import * as store from './store.ts';

const HOUR_DAYS = 730;

export const jobs: Jobs = {
  tasks: {
    'slos.count': ({ desk }) => countAll(desk),
    'slos.countOne': ({ desk, payload }) => countOne(desk, String(payload.slo)),
    async 'slos.sweep'({ write }) {
      await write(async ({ db, now }) => {
        await store
          .tables(db)
          .deleteFrom('slosMinute')
          .where('at', '<', iso(now - (MINUTE_DAYS + 1) * DAY))
          .execute();
        await store
          .tables(db)
          .deleteFrom('slosHour')
          .where('at', '<', iso(now - HOUR_DAYS * DAY))
          .execute();
      });
    },
  },
  every: { 'slos.count': '* * * * *', 'slos.sweep': '35 2 * * *' },
};
