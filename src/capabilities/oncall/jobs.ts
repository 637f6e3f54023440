import type { Job, Jobs } from '#kernel/desk.ts';
import { auditRuns, onUnreachable, stepDue } from './paging.ts';
import { lateRuns } from './store.ts';

/**
 * Calls QD_DEADMAN_URL each minute while paging works. Whoever waits for that call is told by its absence, also when this
 * machine is gone (reference: an auditor outside of the sender).
 */
async function sayAlive({ desk, read, now }: Job): Promise<void> {
  const url = desk.config.deadmanUrl;
  if (!url || desk.state.held) return;
  const late = await read((ctx) => lateRuns(ctx.db, now - 120_000));
  if (late > 0) return desk.log.error({ late }, 'escalations are late: the outside watch is not called');
  const answer = await desk.outgoing.request({ url, origin: 'environment', timeoutMs: 10_000 });
  if (answer.status >= 400) desk.log.warn({ status: answer.status }, 'QD_DEADMAN_URL did not accept the call');
}

export const jobs: Jobs = {
  on: {
    'page.unreachable': async (ctx, entry) => {
      if (entry.recordId) await onUnreachable(ctx, entry.recordId);
    },
  },
  tasks: {
    'oncall.step': (job) => job.write((ctx) => stepDue(ctx, String(job.payload.run))),
    'oncall.audit': (job) => job.write(auditRuns),
    'oncall.deadman': sayAlive,
  },
  every: { 'oncall.audit': '* * * * *', 'oncall.deadman': '* * * * *' },
};
