import { STAGE_OF, type Verdict } from './decide.ts';
import type { Hold, Outcome } from './outcomes.ts';
import type { AlertState } from './state.ts';

type RefOf = { readonly id: string; readonly kind: string; readonly number: string; readonly title: string };

/** What is known of an alert's way, gathered by the server; instants RFC 3339. */
export interface Way {
  readonly openedAt: string;
  readonly from: string;
  readonly signalCount: number;
  readonly seenBeforeCount: number;
  readonly severity: string;
  readonly outcome: Outcome;
  readonly held: Hold | null;
  /** When it is looked at again; null when an event decides. */
  readonly wakeAt: string | null;
  /** What the stages said, in their order, with the record that each names. */
  readonly verdicts: readonly (Verdict & { readonly record: RefOf | null; readonly plain: boolean })[];
  readonly group: { readonly count: number; readonly open: number; readonly lead: RefOf | null; readonly isLead: boolean } | null;
  readonly reopens: number;
  readonly calmSince: string | null;
  readonly service: RefOf | null;
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
  /** It had nothing to do: shown only when somebody asks for everything. */
  readonly plain: boolean;
}

/** How an alert reached whom: one stage per question, in the order in which the desk asked it. */
export function stagesOf(way: Way): readonly StageOf[] {
  const stage = (question: string, verdict: string, rest: Partial<StageOf> & { sentence: string }): StageOf => ({
    question,
    verdict,
    state: 'good',
    at: null,
    record: null,
    plain: false,
    ...rest,
  });
  const repeats = way.signalCount - 1;
  const again = way.reopens > 0 ? ` It was over and fired again ${way.reopens === 1 ? 'once' : `${way.reopens} times`}.` : '';
  return [
    stage('Received', 'accepted', { sentence: `${way.from} said it fires.`, at: way.openedAt }),
    stage('Same as before?', 'new', {
      sentence: `No open alert had this key, so this is a new one.${repeats > 0 ? ` ${repeats} later ${repeats === 1 ? 'signal' : 'signals'} joined it.` : ''}${way.seenBeforeCount > 0 ? ` It fired ${way.seenBeforeCount} ${way.seenBeforeCount === 1 ? 'time' : 'times'} in the 90 days before.` : ''}${again}`,
      at: way.openedAt,
    }),
    way.service
      ? stage('Which service?', way.service.title, { sentence: way.serviceBecause, at: way.openedAt, record: way.service })
      : stage('Which service?', 'unknown', { state: 'unknown', sentence: way.serviceBecause, at: way.openedAt }),
    ...way.verdicts.map(({ stage: name, verdict, state, sentence, record, plain }) => stage(QUESTIONS[name], verdict, { state, sentence, record, plain, at: way.openedAt })),
    ...groupStages(way, stage),
    ...(way.held ? [stage('Told?', 'not yet', { state: 'waiting', sentence: notYet(way), at: way.wakeAt })] : way.outcome === 'page' ? pagingStages(way, stage) : []),
    ...endStages(way, stage),
  ];
}

type Make = (question: string, verdict: string, rest: Partial<StageOf> & { sentence: string }) => StageOf;

const QUESTIONS: Readonly<Record<Verdict['stage'], string>> = {
  mute: 'Muted?',
  inhibit: 'Explained by another?',
  confirm: 'Often enough?',
  settle: 'Does it pass by itself?',
  route: 'Where to?',
};

function notYet({ held, wakeAt }: Way): string {
  if (held === 'muted') return wakeAt ? 'It is looked at again when the mute ends.' : 'It is looked at again when somebody ends the mute.';
  if (held === 'inhibited') return 'It is looked at again as soon as what explains it is over.';
  if (held === 'unconfirmed') return 'It is looked at again with its next signal.';
  return 'It is looked at again when the wait is over.';
}

function groupStages({ group, openedAt, outcome, held }: Way, stage: Make): StageOf[] {
  if (!group || group.count < 2) return [];
  const others = group.count - 1;
  const many = `${others} other ${others === 1 ? 'alert' : 'alerts'} of the same kind`;
  const fire = `${group.open} of all ${group.count} still ${group.open === 1 ? 'fires' : 'fire'}.`;
  if (group.isLead) return [stage('Together with others?', `${group.count} alerts`, { sentence: `It stands for ${many}: one page for all of them. ${fire}`, at: openedAt })];
  const told = outcome !== 'page' || held ? '' : group.lead ? ` People were paged about ${group.lead.number}; whoever has that has this too, unless it gets worse.` : '';
  return [stage('Together with others?', `one of ${group.count}`, { state: 'info', sentence: `It belongs with ${many}.${told} ${fire}`, at: openedAt, record: group.lead })];
}

/** Why the viewer was not paged, as a sentence; `next`: the next step pages them. */
export function whyNotMe(way: Way, next: boolean): string {
  const held = way.verdicts.find(({ stage }) => stage === STAGE_OF[way.held ?? 'muted']);
  if (way.held && held) return `Nobody is told yet. ${held.sentence}`;
  if (way.outcome === 'log') return `Nobody is paged. ${way.verdicts.find(({ stage }) => stage === 'route')?.sentence ?? ''}`;
  if (way.outcome === 'ticket') return `Nobody is paged: it asks for an action. ${way.verdicts.find(({ stage }) => stage === 'route')?.sentence ?? ''}`;
  if (way.paging === 'running' && next) return 'You are next, if nobody answers before.';
  const names = [...new Set(way.pages.map((page) => page.name))];
  if (names.length === 0) return way.group?.lead && !way.group.isLead ? `People were paged about ${way.group.lead.number}, which it belongs with.` : 'Nobody was on call.';
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''} ${names.length === 1 ? 'was' : 'were'} paged by ${way.policyName}; you were not in the steps taken so far.`;
}

/** How a page ended, in a word; anything else that took it back ended it. */
const ENDS: Readonly<Record<string, string>> = {
  acknowledged: 'answered',
  snoozed: 'answered',
  resolved: 'over',
  escalated: 'passed on',
  'handed over': 'handed over',
  'the next step was taken': 'no answer',
};

function pagingStages(way: Way, stage: Make): StageOf[] {
  if (way.paging === 'none') return [];
  const routed = stage('Whom to page?', way.policyName, {
    state: way.policy ? 'good' : 'critical',
    record: way.policy,
    at: way.openedAt,
    sentence: way.policy ? `The escalation policy ${way.policyName} is in charge.` : 'No escalation policy is in charge and there is no default one.',
  });
  const skipped = way.skipped.map((one) =>
    stage('Step skipped', one.sentence.includes('nobody is on call') ? 'nobody on call' : 'does not apply', { state: 'warning', sentence: one.sentence, at: one.at }),
  );
  const pages = way.pages.map((page) => {
    const waiting = page.endedAt === null;
    const verdict = waiting ? 'waiting' : (ENDS[page.endedWhy ?? ''] ?? 'ended');
    const state = waiting ? ('waiting' as const) : verdict === 'no answer' ? ('warning' as const) : verdict === 'ended' ? ('info' as const) : ('good' as const);
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
    ...(way.calmSince && !way.resolvedAt
      ? [stage('Over?', 'calm', { state: 'waiting', sentence: 'Its sender says that it is over. It is resolved if it stays calm.', at: way.calmSince })]
      : []),
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
