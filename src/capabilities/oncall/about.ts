import { attemptsOf, pagesAbout } from '#capabilities/notify/index.ts';
import type { Ref } from '#kernel/contract.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { whoIsBehind } from './behind.ts';
import { oncall, type Paging } from './contract.ts';
import type { Seer } from './actions/seen.ts';
import { heldSentence } from './paging/index.ts';
import { chosenOf } from './rules/escalation.ts';
import * as store from './store/index.ts';

/** The step that follows, unless the policy is at its end. */
export function comingStep({ policy, escalation }: Pick<store.RunRow, 'policy' | 'escalation'>) {
  if (escalation.step < policy.steps.length) return policy.steps[escalation.step];
  return escalation.round < policy.repeat ? policy.steps[0] : undefined;
}

type Standing = Pick<store.RunRow, 'aboutId' | 'policyId' | 'policy' | 'escalation' | 'state' | 'nextAt'>;

/** Whom the coming step of each run would page as things stand now, by the record it is about; a fixed number of queries. */
export async function comingPeople(ctx: Seer, runs: readonly Standing[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const running = runs.flatMap((run) => {
    const step = run.state === 'running' && run.nextAt !== null ? comingStep(run) : undefined;
    return step ? [{ run, step }] : [];
  });
  const behind = await whoIsBehind(
    ctx.db,
    running.flatMap(({ step }) => step.targets),
    ctx.now,
  );
  const inTurn = running.filter(({ step }) => step.turns).flatMap(({ run }) => run.policyId ?? []);
  const turns = inTurn.length > 0 ? await store.turnsSeen(ctx.db, inTurn) : [];
  return new Map(
    running.map(({ run, step }) => {
      const people = [...new Set(step.targets.flatMap((target) => behind.of(target).map((found) => found.personId)))];
      const taken = turns.find((one) => one.policyId === run.policyId && one.step === run.policy.steps.indexOf(step))?.turns ?? 0;
      return [run.aboutId, chosenOf(step, people, taken)];
    }),
  );
}

/** How paging about a record stands, with everything a person who was woken wants to know. */
export async function pagingAbout(ctx: Seer, recordId: string): Promise<Paging> {
  const run = await store.latestRun(ctx.db, recordId);
  const pages = await pagesAbout(ctx.db, recordId);
  const attempts = await attemptsOf(
    ctx.db,
    pages.map((page) => page.id),
  );
  const nextIds = run ? ((await comingPeople(ctx, [run])).get(recordId) ?? []) : [];
  const refs = await refsOf(ctx.db, ctx.actor, [...pages.map((p) => p.personId), ...nextIds, run?.policyId, run?.escalation.by]);
  const nextPeople = nextIds.map((id) => refs.get(id)).filter((ref): ref is Ref => ref !== undefined);
  const acknowledgedBy = run?.state === 'acknowledged' ? (refs.get(run.escalation.by ?? '') ?? null) : null;
  return {
    state: run?.state ?? 'none',
    policy: refs.get(run?.policyId ?? '') ?? null,
    policyName: run?.policyName ?? '',
    startedAt: run?.startedAt ?? null,
    nextAt: run?.state === 'running' ? run.nextAt : null,
    nextPeople,
    stepNumber: run?.escalation.step ?? 0,
    stepCount: run?.policy.steps.length ?? 0,
    urgency: run?.escalation.urgency ?? 'high',
    acknowledgedBy,
    until: run && (run.state === 'acknowledged' || run.escalation.waits) ? run.nextAt : null,
    comes: run ? comes(run, ctx.now, nextPeople) : null,
    pages: pages.map((p) => ({
      person: refs.get(p.personId) ?? null,
      why: p.why,
      startedAt: p.startedAt,
      endedAt: p.endedAt,
      endedWhy: p.endedWhy,
      attempts: attempts.get(p.id) ?? [],
    })),
    may: mayAnswer(ctx, run),
  };
}

function mayAnswer({ actor }: Seer, run: store.RunRow | undefined): Paging['may'] {
  const refused = refusePermission(actor, 'oncall.answer', oncall.permissions) ?? (!run || run.state === 'ended' ? 'Nobody is paged about this now.' : null);
  return { snooze: refused, handOver: refused, help: refused ?? (run?.state === 'acknowledged' ? null : 'Acknowledge it first; then the next people can be called beside you.') };
}

/** What comes next by itself, in words. */
export function comes(run: Pick<store.RunRow, 'policy' | 'escalation' | 'state' | 'nextAt'>, now: number, nextPeople: readonly Ref[]): string | null {
  const { escalation, policy, state, nextAt } = run;
  if (state === 'running' && nextAt === null) return 'Low urgency: nobody else is paged by itself.';
  if (nextAt === null) return state === 'exhausted' ? 'The administrators were paged; nothing more comes by itself.' : null;
  if (state === 'acknowledged')
    return escalation.back === 'snoozed' ? 'The snooze ends, and paging begins anew unless it is over by then.' : 'Unless it is over by then, whoever is on call is paged anew.';
  if (escalation.waits) return heldSentence(policy, Date.parse(nextAt), now);
  const names = nextPeople.map(({ title }) => title);
  if (comingStep(run) === undefined) return 'The administrators are paged.';
  return names.length === 0 ? 'The next step is taken; nobody is behind it now.' : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} paged.`;
}
