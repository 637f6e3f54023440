import { iso } from '#kernel/clock.ts';
import type { Jobs } from '#kernel/desk.ts';
import { countResults, runProbe } from './results.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;
/** How long results are kept one by one. */
export const RAW_DAYS = 30;
const HOUR_DAYS = 730;

export const jobs: Jobs = {
  tasks: {
    /** A run that a person asked for: counted like any other, unless the check is paused. */
    async 'checks.probeNow'({ desk, payload, read, write }) {
      const check = await read(({ db }) => store.byId(db, String(payload.check)));
      if (!check || check.retiredAt !== null || desk.state.held) return;
      const result = await runProbe(desk, check);
      if (!result) return;
      await write(async (ctx) => {
        await countResults(ctx, [result]);
        await ctx.record({ record: check.id, did: 'check.probed', data: { ok: result.result === 'passed', tookMs: result.tookMs, status: result.status, words: result.words } });
      });
    },
    async 'checks.sweep'({ write }) {
      await write(async ({ db, now }) => {
        await store
          .tables(db)
          .deleteFrom('checksResult')
          .where('at', '<', iso(now - RAW_DAYS * DAY))
          .execute();
        await store
          .tables(db)
          .deleteFrom('checksPing')
          .where('at', '<', iso(now - RAW_DAYS * DAY))
          .execute();
        await store
          .tables(db)
          .deleteFrom('checksHour')
          .where('hour', '<', iso(now - HOUR_DAYS * DAY))
          .execute();
      });
    },
  },
  every: { 'checks.sweep': '25 2 * * *' },
};
