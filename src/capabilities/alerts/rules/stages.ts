import type { AlertState } from './state.ts';

/** What is known of an alert's way, gathered by the server; instants RFC 3339. */
export interface Way {
  readonly openedAt: string;
  readonly from: string;
  readonly signalCount: number;
  readonly seenBeforeCount: number;
  readonly severity: string;
  readonly service: { readonly id: string; readonly kind: string; readonly number: string; readonly title: string } | null;
  readonly serviceBecause: string;
  readonly state: AlertState;
  readonly acknowledged: { readonly by: string; readonly at: string } | null;
  readonly resolvedAt: string | null;
  readonly policyName: string;
  readonly policy: Way['service'];
  readonly paging: 'running' | 'acknowledged' | 'exhausted' | 'ended' | 'none';
  readonly skipped: readonly { readonly sentence: string; readonly at: string }[];
  readonly pages: readonly {
    readonly name: string;
    readonly why: string;
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly endedWhy: string | null;
    readonly told: string;
  }[];
}

export interface StageOf {
  readonly question: string;
  readonly verdict: string;
  readonly state: 'good' | 'info' | 'warning' | 'critical' | 'unknown' | 'waiting';
  readonly sentence: string;
  readonly at: string | null;
  readonly record: Way['service'];
}

/** How an alert reached whom: one stage per question, in the order in which the desk asked it. */
export function stagesOf(way: Way): readonly StageOf[] {
  const stage = (question: string, verdict: string, rest: Partial<StageOf> & { sentence: string }): StageOf => ({
    question,
    verdict,
    state: 'good',
    at: null,
    record: null,
    ...rest,
  });
  const repeats = way.signalCount - 1;
  return [
    stage('Received', 'accepted', { sentence: `${way.from} said it fires.`, at: way.openedAt }),
    stage('Same as before?', 'new', {
      sentence: `No open alert had this key, so this is a new one.${repeats > 0 ? ` ${repeats} later ${repeats === 1 ? 'signal' : 'signals'} joined it.` : ''}${way.seenBeforeCount > 0 ? ` It fired ${way.seenBeforeCount} ${way.seenBeforeCount === 1 ? 'time' : 'times'} in the 90 days before.` : ''}`,
      at: way.openedAt,
    }),
    way.service
      ? stage('Which service?', way.service.title, { sentence: way.serviceBecause, at: way.openedAt, record: way.service })
      : stage('Which service?', 'unknown', { state: 'unknown', sentence: way.serviceBecause, at: way.openedAt }),
    ...pagingStages(way, stage),
    ...endStages(way, stage),
  ];
}

type Make = (question: string, verdict: string, rest: Partial<StageOf> & { sentence: string }) => StageOf;

function pagingStages(way: Way, stage: Make): StageOf[] {
  if (way.paging === 'none') {
    return [
      stage('Whom to page?', 'nobody', {
        state: 'info',
        sentence: `Alerts of severity ${way.severity} are shown, but wake nobody. Only critical and error page.`,
        at: way.openedAt,
      }),
    ];
  }
  const routed = stage('Whom to page?', way.policyName, {
    state: way.policy ? 'good' : 'critical',
    record: way.policy,
    at: way.openedAt,
    sentence: way.policy ? `The escalation policy ${way.policyName} is in charge.` : 'No escalation policy is in charge and there is no default one.',
  });
  const skipped = way.skipped.map((one) => stage('Step skipped', 'nobody on call', { state: 'warning', sentence: one.sentence, at: one.at }));
  const pages = way.pages.map((page) => {
    const waiting = page.endedAt === null;
    const verdict = waiting ? 'waiting' : page.endedWhy === 'acknowledged' ? 'answered' : page.endedWhy === 'resolved' ? 'over' : 'no answer';
    const state = waiting ? ('waiting' as const) : verdict === 'no answer' ? ('warning' as const) : ('good' as const);
    return stage(`Paged ${page.name}`, verdict, { state, sentence: `${page.why}${page.told ? ` ${page.told}` : ''}`, at: page.startedAt });
  });
  const exhausted =
    way.paging === 'exhausted'
      ? [stage('Nobody answered', 'administrators', { state: 'critical', sentence: 'The policy came to its end without an answer. The administrators are paged.', at: null })]
      : [];
  return [routed, ...[...skipped, ...pages].toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')), ...exhausted];
}

function endStages(way: Way, stage: Make): StageOf[] {
  return [
    ...(way.acknowledged
      ? [stage('Who has it?', way.acknowledged.by, { state: 'info' as const, sentence: `${way.acknowledged.by} acknowledged it; nobody else is paged.`, at: way.acknowledged.at })]
      : []),
    ...(way.resolvedAt ? [stage('Over?', 'resolved', { sentence: 'It no longer fires.', at: way.resolvedAt })] : []),
  ];
}

/** Why an answer is refused in the state the alert is in; undefined when it can be given. */
export function refuseAnswer(deed: 'acknowledge' | 'escalate' | 'resolve' | 'unacknowledge', state: AlertState): string | undefined {
  if (state === 'resolved') return 'It is resolved already.';
  if (deed === 'unacknowledge' && state !== 'acknowledged') return 'It is not acknowledged.';
  return undefined;
}
