import { ALWAYS_HIGH, refuseStep, UNKNOWN, urgencyOf, type About, type Urgency, type UrgencyRule, type When } from './conditions.ts';

export type TargetKind = 'rota' | 'person' | 'team' | 'channel';
export type Target = { readonly kind: TargetKind; readonly id: string };

/** `turns`: one person after another, one each time. `everyone`: each is paged until they acknowledge themselves. */
export type Step = {
  readonly targets: readonly Target[];
  readonly waitMinutes: number;
  readonly when?: When | undefined;
  readonly turns?: boolean | undefined;
  readonly everyone?: boolean | undefined;
};

/** Runs through its steps once and then `repeat` (0 to 5) times more. `answerMinutes`: how long an acknowledgement holds, 0 for ever. */
export type Policy = { readonly steps: readonly Step[]; readonly repeat: number; readonly urgency?: UrgencyRule | undefined; readonly answerMinutes?: number | undefined };

/** Why the step at hand is taken; kept so that a page can say it. */
export type Cause = 'started' | 'unanswered' | 'unreachable' | 'left' | 'escalated' | 'timeout' | 'snoozed' | 'help';

/**
 * `step` (from 0) is the one to page when `nextAt` (epoch ms) has come; equal to the number of steps, the round is over. `round` from 0.
 * An acknowledged one with `nextAt` begins anew then, because of `back`. A running one without `nextAt` was told with low urgency.
 */
export type Escalation = {
  readonly step: number;
  readonly round: number;
  readonly state: 'running' | 'acknowledged' | 'ended';
  readonly nextAt: number | null;
  readonly cause: Cause;
  readonly back?: 'timeout' | 'snoozed';
  /** Who acknowledged; null is the sender or the desk itself. */
  readonly by?: string | null;
  readonly urgency?: Urgency;
  /** It waits for support hours and has told nobody yet. */
  readonly waits?: true;
  /** A person asked for more by hand: from then on it is urgent. */
  readonly raised?: true;
  /** Somebody was paged before. */
  readonly told?: true;
  /** The step that was taken last pages each person until they acknowledge themselves. */
  readonly everyone?: true;
};

/** What is needed to say why: numbers from 1. `previous` as in `whyPaged`. */
export type Because = {
  readonly stepNumber: number;
  readonly stepCount: number;
  readonly roundNumber: number;
  readonly roundCount: number;
  readonly previous: Exclude<Cause, 'started'> | 'nobody' | null;
};

type Place = { readonly step: number; readonly round: number };

export type Decision =
  | (Place & { readonly kind: 'page'; readonly personId: string; readonly target: Target; readonly because: Because })
  | (Place & { readonly kind: 'tell'; readonly channelIds: readonly string[]; readonly because: Because })
  | (Place & { readonly kind: 'skip'; readonly targets: readonly Target[]; readonly reason: 'nobody on call' | 'condition'; readonly sentence?: string })
  | (Place & { readonly kind: 'turn' })
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'hold'; readonly until: number }
  | { readonly kind: 'back'; readonly why: 'timeout' | 'snoozed'; readonly by: string | null }
  | { readonly kind: 'exhausted'; readonly fallback: true; readonly rounds: number; readonly paged: 'somebody' | 'nobody' };

/** `whoIs` answers who is behind a target at the instant of the decision; an empty list is nobody. `turnOf`: how often a step has taken turns before. */
export type Plan = {
  readonly policy: Policy;
  readonly whoIs: (target: Target) => readonly string[];
  readonly turnOf?: (step: number) => number;
  readonly about?: About;
};
export type Outcome = { readonly state: Escalation; readonly decisions: readonly Decision[] };

const MINUTE = 60_000;
const MOST_REPEATS = 5;

/** A new escalation, due at once; also when it begins anew because of something. */
export function begin(now: number, cause: Cause = 'started'): Escalation {
  return { step: 0, round: 0, state: 'running', nextAt: now, cause };
}

/** Acknowledgement stops everything that is still to come. With `until` it holds that long only, and then paging begins anew. */
export function acknowledge(state: Escalation, held?: { readonly by: string | null; readonly until: number | null; readonly back: 'timeout' | 'snoozed' }): Escalation {
  if (state.state === 'ended' || (state.state === 'acknowledged' && held?.back !== 'snoozed')) return state;
  const { waits: _waits, back: _back, ...rest } = state;
  return { ...rest, state: 'acknowledged', nextAt: held?.until ?? null, ...(held && { by: held.by }), ...(held?.until != null && { back: held.back }) };
}

/** How long an acknowledgement holds: an urgent one must show that somebody is still at it. */
export function holdsUntil(state: Escalation, policy: Policy, now: number): number | null {
  const minutes = policy.answerMinutes ?? 0;
  return minutes > 0 && state.urgency !== 'low' ? now + minutes * MINUTE : null;
}

/** Resolved or withdrawn: nothing more is decided. */
export function end(state: Escalation): Escalation {
  return { ...state, state: 'ended', nextAt: null };
}

/** By hand: the next step at once, also when acknowledged (it runs again). Ended ones stay ended. */
export function escalate(state: Escalation, now: number): Escalation {
  if (state.state === 'ended') return state;
  const { back: _back, by: _by, ...rest } = state;
  return { ...rest, state: 'running', nextAt: now, raised: true, cause: state.cause === 'started' && state.step === 0 && !state.waits ? 'started' : 'escalated' };
}

/** Somebody else is asked now; if they do not answer, the escalation goes on where it was, after the wait of the step taken last. */
export function handOver(state: Escalation, { steps }: Policy, now: number): Escalation {
  const wait = (steps[state.step - 1] ?? steps[0])?.waitMinutes ?? 15;
  const { back: _back, by: _by, waits: _waits, everyone: _everyone, ...rest } = state;
  return { ...rest, state: 'running', nextAt: now + Math.max(1, wait) * MINUTE, cause: 'unanswered', raised: true, told: true };
}

/** Whoever has it needs help: the next people are paged beside them, and the acknowledgement stays. */
export function help(state: Escalation, plan: Plan, now: number): Outcome {
  if (state.state !== 'acknowledged') return { state, decisions: [] };
  const asked = decide({ ...state, state: 'running', nextAt: now, cause: 'help' }, plan, now);
  return {
    state: { ...state, step: asked.state.step, round: asked.state.round, everyone: true },
    decisions: asked.decisions.filter(({ kind }) => kind !== 'wait'),
  };
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

/** Whom the step pages: everybody behind it, or whose turn it is. */
export function chosenOf<P>(step: Pick<Step, 'turns'>, people: readonly P[], turn: number): readonly P[] {
  return step.turns && people.length > 0 ? [people[turn % people.length]!] : people;
}

/** An acknowledgement that held only so long is over: from the first step, to whoever is on call now. */
function backAgain(state: Escalation, now: number): { state: Escalation; decisions: readonly Decision[] } {
  if (state.state !== 'acknowledged' || state.back === undefined || state.nextAt === null || now < state.nextAt) return { state, decisions: [] };
  return { state: { ...begin(now, state.back), told: true }, decisions: [{ kind: 'back', why: state.back, by: state.by ?? null }] };
}

/**
 * What to do now and the state after it. A step without anybody is reported and not waited for; the last round without
 * an acknowledgement, or a whole round without anybody, ends in the fallback. Each wait counts from `now`, so a late
 * run never shortens a person's time to answer, and a deadline never moves back.
 */
export function decide(given: Escalation, plan: Plan, now: number): Outcome {
  const { state, decisions: before } = backAgain(given, now);
  if (state.state !== 'running' || state.nextAt === null) return { state, decisions: before };
  if (now < state.nextAt) return { state, decisions: [{ kind: state.waits ? 'hold' : 'wait', until: state.nextAt }] };
  const { urgency, waitsUntil } = urgencyOf(state.raised ? ALWAYS_HIGH : (plan.policy.urgency ?? ALWAYS_HIGH), plan.about ?? UNKNOWN, now);
  if (waitsUntil !== null && state.cause !== 'help')
    return { state: { ...state, nextAt: waitsUntil, urgency, waits: true }, decisions: [...before, { kind: 'hold', until: waitsUntil }] };
  const { waits: _waits, everyone: _everyone, ...ready } = state;
  const taken = takeNext({ ...ready, ...(plan.policy.urgency && { urgency }) }, plan, now);
  return { state: taken.state, decisions: [...before, ...taken.decisions] };
}

function takeNext(state: Escalation, { policy, whoIs, turnOf = () => 0, about = UNKNOWN }: Plan, now: number): Outcome {
  const stepCount = policy.steps.length;
  const rounds = 1 + Math.min(Math.max(policy.repeat, 0), MOST_REPEATS);
  const decisions: Decision[] = [];
  let { step, round } = state;
  for (let skipped = 0; ; skipped += 1, step += 1) {
    if (step >= stepCount && round + 1 < rounds) [step, round] = [0, round + 1];
    const current = policy.steps[step];
    // Nobody's rota changes within one instant: after one whole round of nobody the others would say the same.
    if (current === undefined || skipped >= stepCount) {
      decisions.push({ kind: 'exhausted', fallback: true, rounds, paged: state.told ? 'somebody' : 'nobody' });
      return { state: { ...state, step, round, state: 'ended', nextAt: null }, decisions };
    }
    const because = { stepNumber: step + 1, stepCount, roundNumber: round + 1, roundCount: rounds, previous: previousOf(state.cause, skipped) };
    const sentence = refuseStep(current.when, about, now);
    if (sentence !== undefined) {
      decisions.push({ kind: 'skip', step, round, targets: current.targets, reason: 'condition', sentence });
      continue;
    }
    const channelIds = current.targets.filter(({ kind }) => kind === 'channel').map(({ id }) => id);
    if (channelIds.length > 0) decisions.push({ kind: 'tell', step, round, channelIds, because });
    const people = peopleOf(current, whoIs);
    // A channel cannot answer, so a step that also names people is not waited for when nobody of them is there.
    if (people.length === 0 && (channelIds.length === 0 || channelIds.length < current.targets.length)) {
      decisions.push({ kind: 'skip', step, round, targets: current.targets.filter(({ kind }) => kind !== 'channel'), reason: 'nobody on call' });
      continue;
    }
    for (const { personId, target } of chosenOf(current, people, turnOf(step))) decisions.push({ kind: 'page', personId, step, round, target, because });
    if (current.turns && people.length > 0) decisions.push({ kind: 'turn', step, round });
    const nextAt = people.length > 0 && state.urgency === 'low' ? null : now + Math.max(0, current.waitMinutes) * MINUTE;
    if (nextAt !== null) decisions.push({ kind: 'wait', until: nextAt });
    return { state: after(state, { current, step, round, nextAt, isPaged: people.length > 0 }), decisions };
  }
}

/** The state once a step was taken. Low urgency has no deadline: whoever was told has it in their hands. */
function after(state: Escalation, taken: Place & { readonly current: Step; readonly nextAt: number | null; readonly isPaged: boolean }): Escalation {
  const { current, step, round, nextAt, isPaged } = taken;
  return { ...state, step: step + 1, round, nextAt, cause: 'unanswered', ...((isPaged || state.told) && { told: true }), ...(current.everyone && { everyone: true }) };
}

/** `due`: the timer or a pass of the engine; it does nothing before its time. */
export type EscalationEvent = { readonly kind: 'due' | 'acknowledge' | 'escalate' | 'end'; readonly at: number };

/** One event applied; the state depends on nothing but the events, so replaying them gives the same one. */
export function advance(state: Escalation, event: EscalationEvent, plan: Plan): Outcome {
  if (event.kind === 'acknowledge') return { state: acknowledge(state), decisions: [] };
  if (event.kind === 'end') return { state: end(state), decisions: [] };
  return decide(event.kind === 'escalate' ? escalate(state, event.at) : state, plan, event.at);
}
