import { iso, ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actions } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { whoIsBehind } from '../behind.ts';
import type { oncall, PreviewLine } from '../contract.ts';
import { heldSentence } from '../paging/index.ts';
import * as engine from '../rules/escalation.ts';
import { whySkipped } from '../rules/sentences.ts';
import { lengthWords, policyWords } from '../rules/words.ts';
import * as store from '../store/index.ts';
import { stepsOf } from './policies.ts';
import { policyRow } from './seen.ts';

/** Waits and rounds are finite, so this is never reached by a policy the contract lets in. */
const MOST = 100;

interface Taken {
  readonly at: number;
  readonly before: engine.Escalation;
  readonly decisions: readonly engine.Decision[];
}

export const previewActions: Pick<Actions<typeof oncall>, 'preview'> = {
  /** The engine itself, run ahead: whom it finds is asked for the instant of each step. */
  async preview(ctx, { number, steps, repeat, urgency, at, severity, tier }) {
    const row = number ? await policyRow(ctx, number) : undefined;
    if (!row && !steps) throw invalidField('steps', 'Name a policy, or the steps of a draft.');
    const policy: engine.Policy = {
      steps: steps ? await stepsOf(ctx, steps) : (row?.steps ?? []),
      repeat: repeat ?? row?.repeat ?? 0,
      urgency: urgency ?? row?.urgency,
    };
    const targets = policy.steps.flatMap((step) => step.targets);
    const start = at ? ms(at) : ctx.now;
    const turns = row ? await store.turnsSeen(ctx.db, [row.id]) : [];
    const taking = new Map(turns.map((one) => [one.step, one.turns]));
    const turnOf = (step: number) => taking.get(step) ?? 0;
    const about = { severity: severity ?? null, tier: tier ?? null };
    const taken: Taken[] = [];
    let state = engine.begin(start);
    while (state.state === 'running' && state.nextAt !== null && taken.length < MOST) {
      const now = state.nextAt;
      const behind = await whoIsBehind(ctx.db, targets, now);
      const outcome = engine.decide(state, { policy, whoIs: (target) => behind.of(target).map((f) => f.personId), turnOf, about }, now);
      for (const d of outcome.decisions) if (d.kind === 'turn') taking.set(d.step, turnOf(d.step) + 1);
      taken.push({ at: now, before: state, decisions: outcome.decisions });
      state = outcome.state;
    }
    const refs = await refsOf(ctx.db, ctx.actor, [
      ...targets.map((t) => t.id),
      ...taken.flatMap(({ decisions }) => decisions.flatMap((d) => (d.kind === 'page' ? [d.personId] : d.kind === 'tell' ? d.channelIds : []))),
    ]);
    const seen = taken.flatMap((one) => linesOf(one, { policy, refs, start }));
    return { steps: seen, sentence: policyWords(policy, (target) => refs.get(target.id)?.title ?? 'somebody you cannot see') };
  },
};

interface Seen {
  readonly policy: engine.Policy;
  readonly refs: ReadonlyMap<string, Ref>;
  readonly start: number;
}

/** What one instant of the escalation does, as lines of the timeline. */
function linesOf({ at, before, decisions }: Taken, { policy, refs, start }: Seen): PreviewLine[] {
  const afterMinutes = Math.round((at - start) / 60_000);
  const base = { at: iso(at), afterMinutes, people: [] as Ref[], channels: [] as Ref[] };
  const known = (ids: readonly string[]) => ids.map((id) => refs.get(id)).filter((ref): ref is Ref => ref !== undefined);
  const soon = afterMinutes === 0 ? 'At once' : `After ${lengthWords(afterMinutes)}`;
  const lines = decisions.flatMap((d): PreviewLine[] => {
    if (d.kind === 'skip') {
      const targetNames = d.targets.map((t) => refs.get(t.id)?.title ?? 'somebody you cannot see');
      const sentence = whySkipped({ stepNumber: d.step + 1, stepCount: policy.steps.length, targetNames, condition: d.sentence });
      return [{ ...base, kind: 'skip', stepNumber: d.step + 1, roundNumber: d.round + 1, sentence }];
    }
    if (d.kind === 'hold') return [{ ...base, kind: 'hold', stepNumber: before.step + 1, roundNumber: before.round + 1, sentence: heldSentence(policy, d.until, at) }];
    if (d.kind !== 'exhausted') return [];
    const sentence = d.paged === 'nobody' ? `${soon} the administrators: no step has anybody.` : `${soon} the administrators, if nobody has answered by then.`;
    return [{ ...base, kind: 'administrators', stepNumber: policy.steps.length, roundNumber: before.round + 1, sentence }];
  });
  const pages = decisions.filter((d) => d.kind === 'page');
  const tells = decisions.filter((d) => d.kind === 'tell');
  const [first] = [...pages, ...tells];
  if (!first) return lines;
  const [people, channels] = [known(pages.map((d) => d.personId)), known(tells.flatMap((d) => d.channelIds))];
  const names = [...people, ...channels].map(({ title }) => title).join(', ');
  const page: PreviewLine = {
    ...base,
    kind: 'page',
    stepNumber: first.step + 1,
    roundNumber: first.round + 1,
    people,
    channels,
    sentence: `${soon}: ${names || 'somebody you cannot see'}.`,
  };
  return [...lines.filter((line) => line.kind === 'skip'), page, ...lines.filter((line) => line.kind !== 'skip')];
}
