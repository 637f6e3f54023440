import type { Jobs } from '#kernel/desk.ts';
import { auditRuns, onUnreachable, stepDue } from './paging.ts';

export const jobs: Jobs = {
  on: {
    'page.unreachable': async (ctx, entry) => { if (entry.recordId) await onUnreachable(ctx, entry.recordId); },
  },
  tasks: {
    'oncall.step': (job) => job.write((ctx) => stepDue(ctx, String(job.payload.run))),
    'oncall.audit': (job) => job.write(auditRuns),
  },
  every: { 'oncall.audit': '* * * * *' },
};
