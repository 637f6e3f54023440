import { servicesByIds } from '#capabilities/catalog/index.ts';
import { beginPages, postToChannels, type PageOrder } from '#capabilities/notify/index.ts';
import { activeAdmins } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { localDate } from '#kernel/zoned.ts';
import { whoIsBehind, type Behind, type Found } from '../behind.ts';
import type { Severity } from '../rules/conditions.ts';
import * as engine from '../rules/escalation.ts';
import { whyFallback, whyHeld, whyPaged, whySkipped } from '../rules/sentences.ts';
import * as store from '../store/index.ts';

export interface PagingOrder {
  /** Id of the record that somebody must look at. */
  readonly about: string;
  /** Whose policy is used; without one the default policy. */
  readonly serviceId: string | null;
  /** Number of a policy that is used instead, unless it is retired. */
  readonly policy?: string | null;
  /** What steps and urgency may depend on. */
  readonly severity?: Severity | null;
  readonly title: string;
  readonly text: string;
}

/** A policy as a run keeps it. */
export const planOf = ({ steps, repeat, urgency, answerMinutes }: engine.Policy): engine.Policy => ({ steps, repeat, urgency, answerMinutes });

/**
 * Begins to page about a record, in the caller's transaction: the first step is taken at once. Without a policy, or
 * when no step has anybody on call, the administrators are paged at once and told why (never silent).
 */
export async function startPaging(ctx: Write, order: PagingOrder): Promise<void> {
  const policy = (await store.policyNamed(ctx.db, SYSTEM, order.policy ?? null)) ?? (await store.policyFor(ctx.db, SYSTEM, order.serviceId));
  const tier = order.serviceId === null ? null : ((await servicesByIds(ctx.db, SYSTEM, [order.serviceId])).get(order.serviceId)?.tier ?? null);
  const escalation = engine.begin(ctx.now);
  const run: store.RunRow = {
    id: uuidv7(ctx.now),
    aboutId: order.about,
    policyId: policy?.id ?? null,
    policy: policy ? planOf(policy) : { steps: [], repeat: 0 },
    policyName: policy?.title ?? 'no escalation policy',
    title: order.title,
    text: order.text,
    escalation,
    state: 'running',
    nextAt: iso(ctx.now),
    startedAt: iso(ctx.now),
    endedAt: null,
    serviceId: order.serviceId,
    severity: order.severity ?? null,
    tier,
  };
  await store.insertRun(ctx.db, run);
  await ctx.record({ record: order.about, did: 'paging.started', data: { policy: policy?.number ?? null, covered: policy?.covered ?? false } });
  await takeStep(ctx, run);
}

/** What the rules need to decide about a run. */
export async function planFor(ctx: Write, run: store.RunRow): Promise<{ plan: engine.Plan; behind: Behind }> {
  const { policy, policyId, severity, tier } = run;
  const behind = await whoIsBehind(
    ctx.db,
    policy.steps.flatMap((step) => step.targets),
    ctx.now,
  );
  const inTurns = policy.steps.flatMap((step, at) => (step.turns ? [at] : []));
  const turns = policyId !== null && inTurns.length > 0 ? await store.turnsOf(ctx.db, policyId, inTurns) : new Map<number, number>();
  return { behind, plan: { policy, whoIs: (target) => behind.of(target).map((f) => f.personId), turnOf: (step) => turns.get(step) ?? 0, about: { severity, tier } } };
}

/** Takes what is due of a run: pages people, skips empty steps, sets the next deadline, or falls back. */
export async function takeStep(ctx: Write, run: store.RunRow): Promise<void> {
  const { plan, behind } = await planFor(ctx, run);
  const { state, decisions } = engine.decide(run.escalation, plan, ctx.now);
  await carryOut(ctx, run, { decisions, behind, urgency: state.urgency ?? 'high', byId: run.escalation.by ?? null });
  const isOver = decisions.some((decision) => decision.kind === 'exhausted');
  await save(ctx, run, { escalation: state, state: isOver ? 'exhausted' : state.state === 'running' ? 'running' : run.state });
}

/** The open run about a record. The record is locked first, as by everything that writes about it, so that nobody waits for each other. */
export async function openRun(ctx: Write, about: string): Promise<store.RunRow | undefined> {
  await ctx.expect(about, undefined);
  return store.openRun(ctx.db, about);
}

/** Keeps how a run stands, and sets or takes back its timer. */
export async function save(ctx: Write, run: store.RunRow, to: store.Turned): Promise<void> {
  await store.saveRun(ctx.db, run.id, to);
  const key = `oncall:${run.id}`;
  if (to.escalation.nextAt === null || to.state === 'ended') await ctx.cancel(key);
  else await ctx.enqueue('oncall.step', { run: run.id }, { key, runAt: to.escalation.nextAt, attempts: 25 });
}

interface Decided {
  readonly decisions: readonly engine.Decision[];
  readonly behind: Behind;
  readonly urgency: 'high' | 'low';
  /** Who acknowledged or asks, for the sentences. */
  readonly byId: string | null;
}

/** Pages, tells and writes down what was decided; the state is kept by the caller. */
export async function carryOut(ctx: Write, run: store.RunRow, { decisions, behind, urgency, byId }: Decided): Promise<void> {
  const byName = byId === null ? null : ((await refsOf(ctx.db, SYSTEM, [byId])).get(byId)?.title ?? null);
  const { aboutId: about, title, text, serviceId } = run;
  const orders = new Map<string, PageOrder>();
  const shadows: PageOrder[] = [];
  for (const decision of decisions) {
    if (decision.kind === 'page') {
      const why = (found: Found | undefined, isShadow: boolean) =>
        whyPaged({
          ...decision.because,
          rotaName: found?.rotaName ?? null,
          layerName: found?.layerName ?? null,
          teamName: found?.teamName ?? null,
          overridden: found?.overridden ?? null,
          byName,
          isShadow,
        });
      const found = behind.of(decision.target).find((f) => f.personId === decision.personId);
      orders.set(decision.personId, { personId: decision.personId, about, title, text, serviceId, urgency, why: why(found, false) });
      for (const shadow of behind.shadows(decision.target))
        shadows.push({ personId: shadow.personId, about, title, text, serviceId, urgency, shadow: true, why: why(shadow, true) });
    } else if (decision.kind === 'tell') {
      await postToChannels(ctx, {
        channelIds: decision.channelIds,
        about,
        title,
        text,
        why: `Named in ${run.policyName}, step ${decision.because.stepNumber} of ${decision.because.stepCount}.`,
      });
    } else if (decision.kind === 'skip') {
      await ctx.record({ record: about, did: 'paging.skipped', data: { step: decision.step + 1, sentence: await skippedSentence(ctx, run, decision) } });
    } else if (decision.kind === 'turn' && run.policyId !== null) {
      await store.takeTurn(ctx.db, run.policyId, decision.step);
    } else if (decision.kind === 'hold') {
      await ctx.record({ record: about, did: 'paging.held', data: { until: iso(decision.until), sentence: heldSentence(run.policy, decision.until, ctx.now) } });
    }
  }
  const beside = [...new Map(shadows.filter(({ personId }) => !orders.has(personId)).map((order) => [order.personId, order])).values()];
  await beginPages(ctx, [...orders.values(), ...beside]);
  const exhausted = decisions.find((decision) => decision.kind === 'exhausted');
  if (exhausted) await fallBack(ctx, run, exhausted);
}

/** "Waits until 08:00: low urgency outside of support hours." in the zone of the support hours. */
export function heldSentence({ urgency }: engine.Policy, until: number, now: number): string {
  const zone = urgency?.support?.zone ?? 'UTC';
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(new Date(until));
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' }).format(new Date(until));
  return whyHeld({ clock, day: localDate(zone, until) === localDate(zone, now) ? null : day });
}

async function skippedSentence(ctx: Write, run: store.RunRow, decision: { step: number; targets: readonly engine.Target[]; sentence?: string }): Promise<string> {
  const refs = await refsOf(
    ctx.db,
    SYSTEM,
    decision.targets.map((t) => t.id),
  );
  return whySkipped({
    stepNumber: decision.step + 1,
    stepCount: run.policy.steps.length,
    targetNames: decision.targets.map((t) => refs.get(t.id)?.title ?? '?'),
    condition: decision.sentence,
  });
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
    admins.map((admin) => ({ personId: admin.id, about: run.aboutId, title: run.title, text: run.text, why, urgency: 'high' })),
  );
}
