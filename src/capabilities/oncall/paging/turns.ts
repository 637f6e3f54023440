import { endPageOf, endPages, openPagesOf, pagesAbout, somebodyIsReachable } from '#capabilities/notify/index.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import * as engine from '../rules/escalation.ts';
import * as store from '../store/index.ts';
import { lockSubjects } from '../subjects.ts';
import { takeBack } from './answers.ts';
import { openRun, planOf, takeStep } from './start.ts';

/** The timer of a run: re-reads it under a lock and does nothing when it no longer applies. */
export async function stepDue(ctx: Write, runId: string): Promise<void> {
  const seen = await store.runById(ctx.db, runId);
  if (!seen) return;
  // Whoever answers locks what the run is about before the run, so its timer does so too: else both wait for each other.
  if (seen.state === 'acknowledged') await lockSubjects(ctx);
  await ctx.expect(seen.aboutId, undefined);
  const row = await store.lockRun(ctx.db, runId);
  if (!row || (row.state !== 'running' && row.state !== 'acknowledged') || row.nextAt === null) return;
  const early = Date.parse(row.nextAt) - ctx.now;
  // The queue goes by the clock of the database: where that is ahead, the timer fires before its time and must fire again.
  if (early > 0) return ctx.enqueue('oncall.step', { run: runId }, { key: `oncall:${runId}`, runAt: ctx.now + 2 * early, attempts: 25 });
  // The row decides that it is due: its instant has whole milliseconds, the state may have parts of one.
  const run = { ...row, escalation: { ...row.escalation, nextAt: ctx.now } };
  if (run.state === 'running') return nextStep(ctx, run);
  await takeBack(ctx, run);
  await ctx.record({ record: run.aboutId, did: 'paging.returned', data: { why: run.escalation.back ?? 'timeout', by: run.escalation.by ?? null } });
  await endPages(ctx, run.aboutId, 'paged anew');
  await takeStep(ctx, run);
}

async function nextStep(ctx: Write, run: store.RunRow): Promise<void> {
  await endPages(ctx, run.aboutId, 'the next step was taken');
  await takeStep(ctx, run);
}

/** A person who cannot be reached on any contact counts as a step nobody answered: the next one at once. */
export async function onUnreachable(ctx: Write, about: string): Promise<void> {
  const run = await openRun(ctx, about);
  if (run?.state !== 'running') return;
  if (await somebodyIsReachable(ctx, about)) return;
  await takeStep(ctx, { ...run, escalation: { ...run.escalation, nextAt: ctx.now, cause: 'unreachable' } });
}

/** Somebody left the desk: their pages end, and where nobody else is asked the next step follows at once. */
export async function onLeft(ctx: Write, personId: string): Promise<void> {
  const name = (await refsOf(ctx.db, SYSTEM, [personId])).get(personId)?.title ?? 'This person';
  await lockSubjects(ctx);
  for (const page of await openPagesOf(ctx.db, personId)) {
    const run = await openRun(ctx, page.aboutId);
    await endPageOf(ctx, page.aboutId, personId, `${name} left the desk`);
    await ctx.record({ record: page.aboutId, did: 'paging.passedOn', data: { person: personId } });
    if (run?.state !== 'running') continue;
    const others = (await pagesAbout(ctx.db, page.aboutId)).some((other) => other.endedAt === null && !other.shadow);
    if (!others) await takeStep(ctx, { ...run, escalation: { ...run.escalation, nextAt: ctx.now, cause: 'left' } });
  }
  for (const { aboutId } of await store.openRunsTakenBy(ctx.db, personId)) {
    const run = await openRun(ctx, aboutId);
    if (run?.state !== 'acknowledged' || run.escalation.by !== personId) continue;
    await takeBack(ctx, run);
    await ctx.record({ record: aboutId, did: 'paging.passedOn', data: { person: personId } });
    await endPages(ctx, aboutId, 'paged anew');
    await takeStep(ctx, { ...run, escalation: { ...engine.begin(ctx.now, 'left'), told: true } });
  }
}

/** Runs by one policy, of one service or of all. */
interface Running {
  readonly policyId: string | null;
  readonly serviceId?: string;
}

/**
 * Pages that nobody has acknowledged begin anew by the policy as it is now; without one they go to the administrators. What is
 * acknowledged stays so, and goes by the new one when it comes back. A policy that a rule of alerts chose is left alone.
 */
export async function restart(ctx: Write, of: Running, policy: store.PolicyRow | undefined): Promise<void> {
  for (const { id, aboutId } of await store.openRunsBy(ctx.db, of)) {
    const run = await openRun(ctx, aboutId);
    if (run?.id !== id) continue;
    // A service may be more or less urgent than its policy.
    const covering = await store.policyFor(ctx.db, SYSTEM, run.serviceId);
    const chosen = covering?.id === policy?.id ? covering : policy;
    const to = { policyId: policy?.id ?? null, policyName: policy?.title ?? 'no escalation policy', policy: chosen ? planOf(chosen) : { steps: [], repeat: 0 } };
    await store.setPolicy(ctx.db, id, to);
    if (run.state === 'acknowledged') continue;
    await endPages(ctx, run.aboutId, 'begun anew by another policy');
    await ctx.record({ record: run.aboutId, did: 'paging.restarted', data: { policy: policy?.number ?? null } });
    await takeStep(ctx, { ...run, ...to, escalation: { ...engine.begin(ctx.now), ...(run.escalation.told && { told: true }) } });
  }
}

/** Safety net of the engine: every run that pages has a deadline that is not long past (reference 9, rule 5). */
export async function auditRuns(ctx: Write): Promise<void> {
  const late = await store.lateRuns(ctx.db, ctx.now - 30_000);
  for (const { id } of late) await ctx.enqueue('oncall.step', { run: id }, { key: `oncall:${id}`, attempts: 25 });
  if (late.length > 0) ctx.desk.log.warn({ runs: late.length }, 'escalations were late and have been started anew');
}
