export type Target = { readonly kind: 'rota' | 'person' | 'team'; readonly id: string };
export type Step = { readonly targets: readonly Target[]; readonly waitMinutes: number };

/** Runs through its steps once and then `repeat` (0 to 5) times more. */
export type Policy = { readonly steps: readonly Step[]; readonly repeat: number };

/** Why the step at hand is taken; kept so that a page can say it. */
export type Cause = 'started' | 'unanswered' | 'escalated';

/** `step` (from 0) is the one to page when `nextAt` (epoch ms) has come; equal to the number of steps, the round is over. `round` from 0. */
export type Escalation = {
  readonly step: number;
  readonly round: number;
  readonly state: 'running' | 'acknowledged' | 'ended';
  readonly nextAt: number | null;
  readonly cause: Cause;
};

/** What is needed to say why: numbers from 1. `previous` as in `whyPaged`. */
export type Because = {
  readonly stepNumber: number;
  readonly stepCount: number;
  readonly roundNumber: number;
  readonly roundCount: number;
  readonly previous: 'unanswered' | 'nobody' | 'escalated' | null;
};

export type Decision =
  | { readonly kind: 'page'; readonly personId: string; readonly step: number; readonly round: number; readonly target: Target; readonly because: Because }
  | { readonly kind: 'skip'; readonly step: number; readonly round: number; readonly targets: readonly Target[]; readonly reason: 'nobody on call' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'exhausted'; readonly fallback: true; readonly rounds: number; readonly paged: 'somebody' | 'nobody' };

/** `whoIs` answers who is behind a target at the instant of the decision; an empty list is nobody. */
export type Plan = { readonly policy: Policy; readonly whoIs: (target: Target) => readonly string[] };
export type Outcome = { readonly state: Escalation; readonly decisions: readonly Decision[] };

const MOST_REPEATS = 5;

/** A new escalation, due at once. Also after an acknowledgement ran out, or when the policy was changed. */
export function begin(now: number): Escalation {
  return { step: 0, round: 0, state: 'running', nextAt: now, cause: 'started' };
}

/** Acknowledgement stops everything that is still to come. */
export function acknowledge(state: Escalation): Escalation {
  return state.state === 'running' ? { ...state, state: 'acknowledged', nextAt: null } : state;
}

/** Resolved or withdrawn: nothing more is decided. */
export function end(state: Escalation): Escalation {
  return { ...state, state: 'ended', nextAt: null };
}

/** By hand: the next step at once, also when acknowledged (it runs again). Ended ones stay ended. */
export function escalate(state: Escalation, now: number): Escalation {
  if (state.state === 'ended') return state;
  return { ...state, state: 'running', nextAt: now, cause: state.cause === 'started' && state.step === 0 ? 'started' : 'escalated' };
}

function peopleOf(step: Step, whoIs: Plan['whoIs']): { personId: string; target: Target }[] {
  const found = new Map<string, Target>();
  for (const target of step.targets) {
    for (const personId of whoIs(target)) if (!found.has(personId)) found.set(personId, target);
  }
  return [...found].map(([personId, target]) => ({ personId, target }));
}

function previousOf(cause: Cause, skipped: number): Because['previous'] {
  if (skipped > 0) return 'nobody';
  return cause === 'started' ? null : cause;
}

/**
 * What to do now and the state after it. A step without anybody is reported and not waited for; the last round without
 * an acknowledgement, or a whole round without anybody, ends in the fallback. Each wait counts from `now`, so a late
 * run never shortens a person's time to answer, and a deadline never moves back.
 */
export function decide(state: Escalation, { policy, whoIs }: Plan, now: number): Outcome {
  if (state.state !== 'running' || state.nextAt === null) return { state, decisions: [] };
  if (now < state.nextAt) return { state, decisions: [{ kind: 'wait', until: state.nextAt }] };
  const stepCount = policy.steps.length;
  const rounds = 1 + Math.min(Math.max(policy.repeat, 0), MOST_REPEATS);
  const decisions: Decision[] = [];
  let { step, round } = state;
  for (let skipped = 0; ; skipped += 1, step += 1) {
    if (step >= stepCount && round + 1 < rounds) [step, round] = [0, round + 1];
    const current = policy.steps[step];
    // Nobody's rota changes within one instant: after one whole round of nobody the others would say the same.
    if (current === undefined || skipped >= stepCount) {
      const paged = state.cause === 'started' && state.step === 0 ? 'nobody' : 'somebody';
      decisions.push({ kind: 'exhausted', fallback: true, rounds, paged });
      return { state: { step, round, state: 'ended', nextAt: null, cause: state.cause }, decisions };
    }
    const people = peopleOf(current, whoIs);
    if (people.length === 0) {
      decisions.push({ kind: 'skip', step, round, targets: current.targets, reason: 'nobody on call' });
      continue;
    }
    const because = { stepNumber: step + 1, stepCount, roundNumber: round + 1, roundCount: rounds, previous: previousOf(state.cause, skipped) };
    for (const { personId, target } of people) decisions.push({ kind: 'page', personId, step, round, target, because });
    const until = now + Math.max(0, current.waitMinutes) * 60_000;
    decisions.push({ kind: 'wait', until });
    return { state: { step: step + 1, round, state: 'running', nextAt: until, cause: 'unanswered' }, decisions };
  }
}

/** `due`: the timer or a pass of the engine; it does nothing before its time. */
export type EscalationEvent = { readonly kind: 'due' | 'acknowledge' | 'escalate' | 'end'; readonly at: number };

/** One event applied; the state depends on nothing but the events, so replaying them gives the same one. */
export function advance(state: Escalation, event: EscalationEvent, plan: Plan): Outcome {
  if (event.kind === 'acknowledge') return { state: acknowledge(state), decisions: [] };
  if (event.kind === 'end') return { state: end(state), decisions: [] };
  return decide(event.kind === 'escalate' ? escalate(state, event.at) : state, plan, event.at);
}
