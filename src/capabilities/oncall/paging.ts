import { activeAdmins } from '#capabilities/people/index.ts';
import { beginPages, endPages, somebodyIsReachable, tell, type PageOrder } from '#capabilities/notify/index.ts';
import { iso } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import * as engine from './rules/escalation.ts';
import { whyFallback, whyPaged, whySkipped } from './rules/sentences.ts';
import { whoIsBehind } from './behind.ts';
import * as store from './store.ts';

export interface PagingOrder {
  /** Id of the record that somebody must look at. */
  readonly about: string;
  /** Whose policy is used; without one the default policy. */
  readonly serviceId: string | null;
  /** Number of a policy that is used instead, unless it is retired. */
  readonly policy?: string | null;
  readonly title: string;
  readonly text: string;
}

/**
 * Begins to page about a record, in the caller's transaction: the first step is taken at once. Without a policy, or
 * when no step has anybody on call, the administrators are paged at once and told why (never silent).
 */
export async function startPaging(ctx: Write, order: PagingOrder): Promise<void> {
  const policy = (await store.policyNamed(ctx.db, SYSTEM, order.policy ?? null)) ?? (await store.policyFor(ctx.db, SYSTEM, order.serviceId));
  const plan = { steps: policy?.steps ?? [], repeat: policy?.repeat ?? 0 };
  const run: store.RunRow = {
    id: uuidv7(ctx.now),
    aboutId: order.about,
    policyId: policy?.id ?? null,
    policy: plan,
    policyName: policy?.title ?? 'no escalation policy',
    title: order.title,
    text: order.text,
    escalation: engine.begin(ctx.now),
    state: 'running',
    nextAt: iso(ctx.now),
    startedAt: iso(ctx.now),
    endedAt: null,
  };
  await store
    .tables(ctx.db)
    .insertInto('oncallRun')
    .values({ ...run, policy: jsonb(plan), escalation: jsonb(run.escalation) })
    .execute();
  await ctx.record({ record: order.about, did: 'paging.started', data: { policy: policy?.number ?? null, covered: policy?.covered ?? false } });
  await takeStep(ctx, run);
}

/** Takes what is due of a run: pages people, skips empty steps, sets the next deadline, or falls back. */
async function takeStep(ctx: Write, run: store.RunRow): Promise<void> {
  const targets = run.policy.steps.flatMap((step) => step.targets);
  const behind = await whoIsBehind(ctx.db, targets, ctx.now);
  const { state, decisions } = engine.decide(run.escalation, { policy: run.policy, whoIs: (target) => behind(target).map((f) => f.personId) }, ctx.now);
  const orders: PageOrder[] = [];
  for (const decision of decisions) {
    if (decision.kind === 'page') {
      const found = behind(decision.target).find((f) => f.personId === decision.personId);
      const why = whyPaged({
        ...decision.because,
        rotaName: found?.rotaName ?? null,
        layerName: found?.layerName ?? null,
        teamName: found?.teamName ?? null,
        overridden: found?.overridden ?? null,
      });
      orders.push({ personId: decision.personId, about: run.aboutId, title: run.title, text: run.text, why });
    } else if (decision.kind === 'skip') {
      await ctx.record({ record: run.aboutId, did: 'paging.skipped', data: { step: decision.step + 1, sentence: await skippedSentence(ctx, run, decision) } });
    }
  }
  await beginPages(ctx, orders);
  const exhausted = decisions.find((decision) => decision.kind === 'exhausted');
  if (exhausted) await fallBack(ctx, run, exhausted);
  await store
    .tables(ctx.db)
    .updateTable('oncallRun')
    .set({
      escalation: jsonb(state),
      state: exhausted ? 'exhausted' : state.state === 'running' ? 'running' : 'ended',
      nextAt: state.nextAt === null ? null : iso(state.nextAt),
    })
    .where('id', '=', run.id)
    .execute();
  if (state.nextAt !== null) await ctx.enqueue('oncall.step', { run: run.id }, { key: `oncall:${run.id}`, runAt: state.nextAt, attempts: 25 });
}

async function skippedSentence(ctx: Write, run: store.RunRow, decision: { step: number; targets: readonly engine.Target[] }): Promise<string> {
  const refs = await refsOf(
    ctx.db,
    SYSTEM,
    decision.targets.map((t) => t.id),
  );
  return whySkipped({ stepNumber: decision.step + 1, stepCount: run.policy.steps.length, targetNames: decision.targets.map((t) => refs.get(t.id)?.title ?? '?') });
}

async function fallBack(ctx: Write, run: store.RunRow, exhausted: { rounds: number; paged: 'somebody' | 'nobody' }): Promise<void> {
  const why =
    run.policy.steps.length === 0
      ? 'No escalation policy is in charge of this and there is no default policy. The administrators are paged instead.'
      : whyFallback({ policyName: run.policyName, ...exhausted });
  await ctx.record({ record: run.aboutId, did: 'paging.exhausted', data: { why, policy: run.policyName } });
  const admins = await activeAdmins(ctx.db);
  await beginPages(
    ctx,
    admins.map((admin) => ({ personId: admin.id, about: run.aboutId, title: run.title, text: run.text, why })),
  );
}

/** The timer of a run: re-reads it under a lock and does nothing when it no longer applies. */
export async function stepDue(ctx: Write, runId: string): Promise<void> {
  const run = await store.tables(ctx.db).selectFrom('oncallRun').selectAll().where('id', '=', runId).forUpdate().executeTakeFirst();
  if (!run || run.state !== 'running' || run.nextAt === null || Date.parse(run.nextAt) > ctx.now) return;
  await endPages(ctx, run.aboutId, 'the next step was taken');
  await takeStep(ctx, run);
}

/** Somebody has it: nobody else is paged about it. */
export async function acknowledgePaging(ctx: Write, about: string): Promise<void> {
  const run = await store.openRun(ctx.db, about);
  if (!run || run.state === 'acknowledged') return;
  await settle(ctx, run, { state: 'acknowledged', escalation: engine.acknowledge(run.escalation), why: 'acknowledged' });
}

/** It is over. */
export async function endPaging(ctx: Write, about: string, why: string): Promise<void> {
  const run = await store.openRun(ctx.db, about);
  if (run) await settle(ctx, run, { state: 'ended', escalation: engine.end(run.escalation), why });
}

/** The next step at once, also after an acknowledgement. Answers false when there is nothing to escalate. */
export async function escalatePaging(ctx: Write, about: string): Promise<boolean> {
  const run = await store.openRun(ctx.db, about);
  if (!run || run.state === 'exhausted') return false;
  await endPages(ctx, about, 'escalated');
  await ctx.record({ record: about, did: 'paging.escalated' });
  await takeStep(ctx, { ...run, escalation: engine.escalate(run.escalation, ctx.now) });
  return true;
}

/** A person who cannot be reached on any contact counts as a step nobody answered: the next one at once. */
export async function onUnreachable(ctx: Write, about: string): Promise<void> {
  const run = await store.openRun(ctx.db, about);
  if (run?.state !== 'running') return;
  if (await somebodyIsReachable(ctx, about)) return;
  await takeStep(ctx, { ...run, escalation: { ...run.escalation, nextAt: ctx.now } });
}

async function settle(ctx: Write, run: store.RunRow, how: { state: 'acknowledged' | 'ended'; escalation: engine.Escalation; why: string }): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('oncallRun')
    .set({
      state: how.state,
      escalation: jsonb(how.escalation),
      nextAt: null,
      ...(how.state === 'ended' ? { endedAt: iso(ctx.now) } : {}),
    })
    .where('id', '=', run.id)
    .execute();
  await ctx.cancel(`oncall:${run.id}`);
  await endPages(ctx, run.aboutId, how.why);
}

/** Safety net of the engine: every run that pages has a deadline that is not long past (reference 9, rule 5). */
export async function auditRuns(ctx: Write): Promise<void> {
  const late = await store
    .tables(ctx.db)
    .selectFrom('oncallRun')
    .select('id')
    .where('state', '=', 'running')
    .where('nextAt', '<', iso(ctx.now - 30_000))
    .limit(200)
    .execute();
  for (const { id } of late) await ctx.enqueue('oncall.step', { run: id }, { key: `oncall:${id}`, attempts: 25 });
  if (late.length > 0) ctx.desk.log.warn({ runs: late.length }, 'escalations were late and have been started anew');
}

/** Tells the administrators something about the desk's own duty to page. */
export async function tellAdmins(ctx: Write, what: { about: string | null; title: string; text: string }): Promise<void> {
  for (const admin of await activeAdmins(ctx.db)) await tell(ctx, { personId: admin.id, ...what });
}
