import { iso } from '#kernel/clock.ts';
import type { Jobs } from '#kernel/desk.ts';
import { auditRuns, onLeft, onUnreachable, stepDue } from './paging/index.ts';
import { jobsSeen } from './store/index.ts';

export const jobs: Jobs = {
  on: {
    'page.unreachable': async (ctx, entry) => {
      if (entry.recordId) await onUnreachable(ctx, entry.recordId);
    },
    'person.left': async (ctx, entry) => {
      if (entry.recordId) await onLeft(ctx, entry.recordId);
    },
  },
  tasks: {
    'oncall.step': (job) => job.write((ctx) => stepDue(ctx, String(job.payload.run))),
    'oncall.audit': (job) =>
      job.write(async (ctx) => {
        await jobsSeen(ctx.db, iso(ctx.now));
        await auditRuns(ctx);
      }),
  },
  every: { 'oncall.audit': '* * * * *' },
};
