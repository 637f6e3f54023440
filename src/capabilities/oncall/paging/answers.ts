import { beginPages, endPageOf, endPages, openPagesOf, tell } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import * as engine from '../rules/escalation.ts';
import * as store from '../store/index.ts';
import { subjectOf } from '../subjects.ts';
import { refsOf } from '#kernel/records/index.ts';
import { carryOut, openRun, planFor, save, takeStep } from './start.ts';

/** An exhausted escalation lives on by what people do with it. */
const alive = ({ state, escalation }: store.RunRow): engine.Escalation => (state === 'exhausted' ? { ...escalation, state: 'running' } : escalation);

/**
 * Somebody has it: nobody else is paged about it, except where a step asks each to answer for themselves. `by` null: the
 * sender has it. Answers false when there was nothing to acknowledge.
 */
export async function acknowledgePaging(ctx: Write, about: string, by: string | null = ctx.actor.id): Promise<boolean> {
  const run = await openRun(ctx, about);
  if (!run) return false;
  if (run.state === 'acknowledged') return by !== null && answerOwn(ctx, about, by);
  const escalation = alive(run);
  // What its sender's own people have is theirs for as long as they say so.
  const held = { by, until: by === null ? null : engine.holdsUntil(escalation, run.policy, ctx.now), back: 'timeout' } as const;
  await save(ctx, run, { escalation: engine.acknowledge(escalation, held), state: 'acknowledged' });
  await ctx.record({ record: about, did: 'paging.acknowledged', data: { until: held.until === null ? null : iso(held.until) } });
  if (run.escalation.everyone && by !== null) await endPageOf(ctx, about, by, 'acknowledged');
  else await endPages(ctx, about, 'acknowledged');
  return true;
}

/** Somebody else has it already, and this person was asked as well. */
async function answerOwn(ctx: Write, about: string, by: string): Promise<boolean> {
  const asked = (await openPagesOf(ctx.db, by)).some((page) => page.aboutId === about);
  if (!asked) return false;
  await endPageOf(ctx, about, by, 'acknowledged');
  await ctx.record({ record: about, did: 'paging.acknowledged', data: { also: by } });
  return true;
}

/** It is over. */
export async function endPaging(ctx: Write, about: string, why: string): Promise<void> {
  const run = await openRun(ctx, about);
  if (!run) return;
  await save(ctx, run, { escalation: engine.end(run.escalation), state: 'ended', endedAt: iso(ctx.now) });
  await endPages(ctx, about, why);
}

/** The next step at once, also after an acknowledgement. Answers false when there is nothing to escalate. */
export async function escalatePaging(ctx: Write, about: string): Promise<boolean> {
  const run = await openRun(ctx, about);
  if (!run || run.state === 'exhausted') return false;
  await endPages(ctx, about, 'escalated');
  await ctx.record({ record: about, did: 'paging.escalated' });
  await takeStep(ctx, { ...run, escalation: engine.escalate(run.escalation, ctx.now) });
  return true;
}

/** Acknowledged, and paged anew at the instant unless it is over by then. Answers false when nobody is paged about it. */
export async function snoozePaging(ctx: Write, about: string, until: number): Promise<boolean> {
  const run = await openRun(ctx, about);
  if (!run) return false;
  const by = ctx.actor.id;
  await save(ctx, run, { escalation: engine.acknowledge(alive(run), { by, until, back: 'snoozed' }), state: 'acknowledged' });
  await endPages(ctx, about, 'snoozed');
  await ctx.record({ record: about, did: 'paging.snoozed', data: { until: iso(until) } });
  return true;
}

/** Somebody else is paged now; if they do not answer, the escalation goes on behind them. */
export async function handPaging(ctx: Write, about: string, personId: string): Promise<boolean> {
  const run = await openRun(ctx, about);
  if (!run) return false;
  await takeBack(ctx, run);
  await endPages(ctx, about, 'handed over');
  const escalation = engine.handOver(alive(run), run.policy, ctx.now);
  await save(ctx, run, { escalation, state: 'running' });
  await ctx.record({ record: about, did: 'paging.handedOver', data: { person: personId } });
  await beginPages(ctx, [{ personId, about, title: run.title, text: run.text, urgency: 'high', why: `${ctx.actor.name} handed this to you.` }]);
  return true;
}

/** The next step's people are paged beside whoever has it. Answers false when nobody has it. */
export async function askForHelp(ctx: Write, about: string): Promise<boolean> {
  const run = await openRun(ctx, about);
  if (run?.state !== 'acknowledged') return false;
  const { plan, behind } = await planFor(ctx, run);
  const { state, decisions } = engine.help(run.escalation, plan, ctx.now);
  await ctx.record({ record: about, did: 'paging.helpAsked' });
  await carryOut(ctx, run, { decisions, behind, urgency: 'high', byId: ctx.actor.id ?? run.escalation.by ?? null });
  await save(ctx, run, { escalation: state, state: 'acknowledged' });
  return true;
}

/** What somebody has became worse, and as bad as what they acknowledged: they are told, and nobody is woken for it. */
export async function tellHolder(ctx: Write, about: string, what: { readonly title: string; readonly text: string }): Promise<void> {
  const run = await openRun(ctx, about);
  const by = run?.state === 'acknowledged' ? run.escalation.by : null;
  if (by) await tell(ctx, { personId: by, about, ...what });
}

/** What was acknowledged is open again, for whoever owns the record as well. */
export async function takeBack(ctx: Write, run: store.RunRow): Promise<void> {
  if (run.state !== 'acknowledged') return;
  const kind = (await refsOf(ctx.db, SYSTEM, [run.aboutId])).get(run.aboutId)?.kind ?? '';
  await subjectOf(kind)?.reopen(ctx, run.aboutId);
}
