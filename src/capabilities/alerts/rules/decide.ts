import { lasting } from '#capabilities/checks/rules/index.ts';
import { inhibitedBy, type Firing } from './inhibition.ts';
import type { Labels } from '#capabilities/mutes/rules/index.ts';
import { routed, type Routed, type Routing } from './options.ts';
import type { Hold, Outcome } from './outcomes.ts';
import type { Severity } from './severity.ts';

export interface Held {
  readonly why: Hold;
  /** The record that holds it: the mute or the alert. */
  readonly by: string | null;
  /** Epoch ms; null when only an event ends it. */
  readonly until: number | null;
}

export const STAGE_NAMES = ['mute', 'inhibit', 'confirm', 'settle', 'route'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** Which stage holds an alert back for which reason. */
export const STAGE_OF = { muted: 'mute', inhibited: 'inhibit', unconfirmed: 'confirm', settling: 'settle' } as const satisfies Record<Hold, StageName>;

/** What one stage answered, as it is kept with the alert. */
export interface Verdict {
  readonly stage: StageName;
  readonly verdict: string;
  readonly state: 'good' | 'info' | 'warning' | 'critical' | 'waiting';
  readonly sentence: string;
  readonly by: string | null;
}

/** An alert as the stages see it; instants in epoch ms. */
export interface Subject extends Firing {
  readonly severity: Severity;
  /** Node of the graph: the component that it is about, else its service. */
  readonly nodeId: string | null;
  readonly openedAt: number;
  /** The group it belongs to has fired often enough. */
  readonly confirmed: boolean;
  readonly firings: number;
}

/** An alert that fires, as a source of inhibition. */
export interface FiringAlert extends Firing {
  readonly number: string;
  readonly title: string;
}

export interface Muting {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly by: string;
  readonly until: number | null;
}

export interface Explained {
  /** The alert that explains it. */
  readonly by: string;
  readonly sentence: string;
}

/** What the stages know beside the alert; read once for a batch. */
export interface World {
  readonly now: number;
  readonly routing: Routing;
  readonly mutedBy: (labels: Labels, at: number) => Muting | null;
  readonly firing: readonly FiringAlert[];
  /** By the node of the graph that an alert is about. */
  readonly explained: ReadonlyMap<string, Explained>;
  /** Alerts that are held back, each with the one that explains it; kept up to date while one after another is decided. */
  readonly heldBy: Map<string, string>;
}

export interface Decision {
  readonly routed: Routed;
  readonly outcome: Outcome;
  readonly held: Held | null;
  /** Of the stages that had something to say; `wholeWay` fills in the others. */
  readonly verdicts: readonly Verdict[];
}

interface Answer {
  readonly held?: Held;
  readonly verdict: Verdict;
}

/** Null: nothing to say beside what `NOTHING` says. */
type Stage = (subject: Subject, world: World, routed: Routed) => Answer | null;

/** What a stage says that had nothing to do: the same for every alert, so it is not kept with each. */
const NOTHING: Readonly<Record<StageName, Verdict>> = {
  mute: { stage: 'mute', verdict: 'not muted', state: 'good', sentence: 'No maintenance and no mute covered it.', by: null },
  inhibit: {
    stage: 'inhibit',
    verdict: 'not explained',
    state: 'good',
    sentence: 'Nothing else that fired explained it: no rule, and nothing that its service depends on.',
    by: null,
  },
  confirm: { stage: 'confirm', verdict: 'at once', state: 'good', sentence: 'One signal is enough here.', by: null },
  settle: { stage: 'settle', verdict: 'at once', state: 'good', sentence: 'No rule waits for it to pass by itself.', by: null },
  route: { stage: 'route', verdict: '', state: 'good', sentence: '', by: null },
};

const mute: Stage = ({ labels }, { mutedBy, now }) => {
  const found = mutedBy(labels, now);
  if (!found) return null;
  const until = found.until === null ? 'until somebody ends it' : `for ${lasting(found.until - now)} more`;
  const sentence = `${found.number} “${found.title}” of ${found.by} covers it ${until}. When it ends and this still fires, it is told.`;
  return { held: { why: 'muted', by: found.id, until: found.until }, verdict: { stage: 'mute', verdict: 'muted', state: 'info', sentence, by: found.id } };
};

/** Whether an alert is held back because of the other, however indirectly. */
function isBehind(heldBy: ReadonlyMap<string, string>, id: string, other: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = heldBy.get(at)) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}

/** What is itself held back because of the subject does not explain it: else nobody would hear of either. */
const inhibit: Stage = (subject, { routing, firing, explained, heldBy: chain }) => {
  const found = inhibitedBy(routing.inhibit, firing, { ...subject, isBehind: (id) => isBehind(chain, id, subject.id) });
  if (found)
    return heldBy(found.source.id, `${found.source.number} “${found.source.title}” fires, and the rule “${named(routing, found.rule.id)}” says that it explains this one.`);
  const below = explained.get(subject.nodeId ?? '');
  return below && !isBehind(chain, below.by, subject.id) ? heldBy(below.by, below.sentence) : null;
};

function heldBy(id: string, sentence: string): Answer {
  return { held: { why: 'inhibited', by: id, until: null }, verdict: { stage: 'inhibit', verdict: 'explained', state: 'info', sentence, by: id } };
}

function named(routing: Routing, id: string): string {
  return routing.inhibit.find((rule) => rule.id === id)?.name ?? id;
}

const confirm: Stage = ({ confirmed, firings }, _world, { options: { openAfter, openWithinMinutes } }) => {
  if (openAfter <= 1) return null;
  const within = `of ${openAfter} signals within ${openWithinMinutes} min`;
  if (confirmed) return { verdict: { stage: 'confirm', verdict: 'often enough', state: 'good', sentence: `${openAfter} ${within} came.`, by: null } };
  const sentence = `${Math.min(firings, openAfter - 1)} ${within} came. Nobody is told before the rest.`;
  return { held: { why: 'unconfirmed', by: null, until: null }, verdict: { stage: 'confirm', verdict: 'waits for more', state: 'waiting', sentence, by: null } };
};

const settle: Stage = ({ openedAt }, { now }, { options: { holdSeconds } }) => {
  if (holdSeconds === 0) return null;
  const until = openedAt + holdSeconds * 1000;
  const length = lasting(holdSeconds * 1000);
  if (until <= now) return { verdict: { stage: 'settle', verdict: 'it stayed', state: 'good', sentence: `It still fired after ${length}.`, by: null } };
  return {
    held: { why: 'settling', by: null, until },
    verdict: { stage: 'settle', verdict: 'waits', state: 'waiting', sentence: `Nobody is told if it is over within ${length}.`, by: null },
  };
};

/** Muted? Explained by another? Often enough? Does it pass by itself? Then it goes where the rules send it. */
const STAGES: readonly Stage[] = [mute, inhibit, confirm, settle];

/** Every stage is asked, so that the answer is whole; the first that holds the alert back decides. */
export function decide(subject: Subject, world: World, way: Routed = routed(world.routing, subject.labels, subject.severity)): Decision {
  const answers = STAGES.flatMap((stage) => stage(subject, world, way) ?? []);
  return { routed: way, outcome: way.outcome, held: answers.find((one) => one.held)?.held ?? null, verdicts: answers.map((one) => one.verdict) };
}

/** The answers of all stages in their order, from those that were kept with the alert. */
export function wholeWay(kept: readonly Verdict[], route: { readonly outcome: Outcome; readonly ruleName: string; readonly severity: Severity }): readonly Verdict[] {
  return STAGE_NAMES.map((stage) => kept.find((one) => one.stage === stage) ?? (stage === 'route' ? routeVerdict(route) : NOTHING[stage]));
}

function routeVerdict({ outcome, ruleName, severity }: { readonly outcome: Outcome; readonly ruleName: string; readonly severity: Severity }): Verdict {
  const words = { page: 'page somebody', ticket: 'make an action', log: 'tell nobody' } as const;
  const because = ruleName === '' ? `It is ${severity}, and no rule says otherwise` : `The rule “${ruleName}” says so`;
  const wakes = outcome === 'log' && ruleName === '' ? ' Only critical and error page.' : '';
  return { stage: 'route', verdict: words[outcome], state: outcome === 'page' ? 'good' : 'info', sentence: `${because}.${wakes}`, by: null };
}
