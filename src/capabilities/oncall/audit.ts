import { overdueMessages, tellPastOutbox } from '#capabilities/notify/index.ts';
import { activeAdmins } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import { readAs, writeAs } from '#kernel/act.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { alarmOf, GRACE_MS, troublesOf, type Trouble } from './rules/audit.ts';
import * as store from './store/index.ts';

const MINUTE = 60_000;
const instantOrNull = (at: string | null | undefined) => (at == null ? null : Date.parse(at));

/**
 * Looks, outside of the job queue and past the outbox, whether every page has a future: each one that nobody acknowledged
 * a deadline to come, each message that is due a young one, and a queue that works at all. Says so where it can be heard.
 */
export async function auditPaging(desk: Desk, upSince: number): Promise<readonly Trouble[]> {
  if (desk.state.held || desk.state.stopping) return [];
  const now = desk.clock.now();
  const seen = await readAs(desk, SYSTEM, async ({ db }) => ({
    lateRuns: (await store.lateRuns(db, now - GRACE_MS)).length,
    deadlinelessRuns: (await store.deadlinelessRuns(db)).length,
    overdueMessages: await overdueMessages(db, now - GRACE_MS),
    audit: await store.auditRow(db),
  }));
  const troubles = troublesOf({
    ...seen,
    now,
    upSince,
    overdueMessages: { count: seen.overdueMessages.count, since: instantOrNull(seen.overdueMessages.since) },
    jobsSeenAt: instantOrNull(seen.audit?.jobsSeenAt),
    before: instantOrNull(seen.audit?.checkedAt),
  });
  const deed = await keep(desk, now, troubles);
  desk.state.troubles = troubles.map(({ sentence }) => sentence);
  if (deed === 'tell') await alarm(desk, troubles);
  if (troubles.length === 0) await sayAlive(desk);
  return troubles;
}

/** One node tells: whoever locks the row and finds that it is to be told. */
async function keep(desk: Desk, now: number, troubles: readonly Trouble[]): Promise<'none' | 'tell' | 'fine'> {
  return writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      const row = await store.lockAudit(ctx.db, iso(now));
      const { deed, alarm: to } = alarmOf({ since: instantOrNull(row.troubleSince), toldAt: instantOrNull(row.toldAt) }, troubles.length > 0, now);
      await store.saveAudit(ctx.db, { checkedAt: iso(now), troubles, troubleSince: to.since === null ? null : iso(to.since), toldAt: to.toldAt === null ? null : iso(to.toldAt) });
      if (deed === 'tell') await ctx.record({ record: null, did: 'paging.trouble', data: { sentences: troubles.map(({ sentence }) => sentence) } });
      if (deed === 'fine') await ctx.record({ record: null, did: 'paging.fine' });
      return deed;
    },
    'quiet',
  );
}

async function alarm(desk: Desk, troubles: readonly Trouble[]): Promise<void> {
  const admins = (await activeAdmins(desk.readDb)).map(({ id }) => id);
  const text = `${troubles.map(({ sentence }) => sentence).join(' ')} Until this is solved, pages may not arrive.`;
  const told = await tellPastOutbox(desk, admins, { title: 'Paging does not work as it should', text });
  desk.log.error({ troubles, told }, 'paging does not work as it should');
}

/** Calls QD_DEADMAN_URL while paging works: whoever waits for that call is told by its absence, also when this machine is gone. */
async function sayAlive(desk: Desk): Promise<void> {
  const url = desk.config.deadmanUrl;
  if (!url) return;
  const answer = await desk.outgoing.request({ url, origin: 'environment', timeoutMs: 10_000 });
  if (answer.status >= 400) desk.log.warn({ status: answer.status }, 'QD_DEADMAN_URL did not accept the call');
}

/** Runs the audit each minute on every node, beside whatever else the node does. */
export async function startAuditor(desk: Desk): Promise<() => Promise<void>> {
  const upSince = desk.clock.now();
  let running: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    running ??= auditPaging(desk, upSince)
      .catch((error: unknown) => {
        desk.state.troubles = ['Paging could not be audited: the database does not answer.'];
        desk.log.error({ err: error }, 'paging could not be audited');
      })
      .finally(() => {
        running = undefined;
      });
  }, MINUTE);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** What the auditor found and has told; empty while all is well. */
export async function pagingTroubles(db: Db): Promise<{ readonly since: string; readonly sentences: readonly string[] } | null> {
  const row = await store.auditRow(db);
  return row?.troubleSince && row.toldAt ? { since: row.troubleSince, sentences: row.troubles.map(({ sentence }) => sentence) } : null;
}
