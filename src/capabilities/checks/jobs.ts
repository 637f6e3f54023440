import * as z from 'zod';
import { iso } from '#kernel/clock.ts';
import type { Jobs, Write } from '#kernel/desk.ts';
import { runAll } from './asking.ts';
import { tellFallen } from './beats.ts';
import { release } from './holding.ts';
import { countResults } from './results.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;
/** How long results are kept one by one. */
export const RAW_DAYS = 30;
const HOUR_DAYS = 730;

const look = (ctx: Write) => release(ctx);

export const jobs: Jobs = {
  on: { 'mute.changed': look, 'mute.over': look, 'mute.ended': look },
  tasks: {
    /** A run that a person asked for: counted like any other, unless the check is paused. */
    async 'checks.probeNow'({ desk, payload, read, write }) {
      const check = await read(({ db }) => store.byId(db, String(payload.check)));
      if (!check || check.retiredAt !== null || desk.state.held) return;
      const results = await runAll(desk, [check]);
      const result = results.find(({ checkId }) => checkId === check.id);
      if (!result) return;
      await write(async (ctx) => {
        await countResults(ctx, results);
        await ctx.record({ record: check.id, did: 'check.probed', data: { ok: result.result === 'passed', tookMs: result.tookMs, status: result.status, words: result.words } });
      });
    },
    /** What was held back by a parent or by maintenance: probes run at once, heartbeats are told as they stand. */
    async 'checks.lookAgain'({ desk, payload, read, write }) {
      const ids = z.array(z.uuid()).parse(payload.checks);
      const rows = desk.state.held ? [] : await read(({ db }) => store.heldProbes(db, ids));
      const results = await runAll(desk, rows);
      await write(async (ctx) => {
        await countResults(ctx, results);
        await tellFallen(ctx, ids);
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
