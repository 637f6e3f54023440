/** What outsiders read of a component; the words are those of Statuspage, which readers and programs know. */
export const STATES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const;
export type ComponentState = (typeof STATES)[number];

export const INCIDENT_PHASES = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const;
export const MAINTENANCE_PHASES = ['scheduled', 'in_progress', 'verifying', 'completed'] as const;
export const PHASES = [...INCIDENT_PHASES, ...MAINTENANCE_PHASES] as const;
export type Phase = (typeof PHASES)[number];
export type PostKind = 'incident' | 'maintenance';

export const STATE_WORDS: Readonly<Record<ComponentState, string>> = {
  operational: 'Works',
  degraded_performance: 'Slower than usual',
  partial_outage: 'Partly down',
  major_outage: 'Down',
  under_maintenance: 'Under maintenance',
};

export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  investigating: 'Investigating',
  identified: 'Cause found',
  monitoring: 'Watching the fix',
  resolved: 'Resolved',
  postmortem: 'What happened',
  scheduled: 'Planned',
  in_progress: 'In progress',
  verifying: 'Checking the result',
  completed: 'Completed',
};

const RANK: Readonly<Record<ComponentState, number>> = { operational: 0, degraded_performance: 1, under_maintenance: 2, partial_outage: 3, major_outage: 4 };

export function worstOf(states: readonly ComponentState[]): ComponentState {
  return states.reduce<ComponentState>((worst, state) => (RANK[state] > RANK[worst] ? state : worst), 'operational');
}

const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof IMPACTS)[number];

/** How bad a post is, from what it says of components. */
export function impactOf(states: readonly ComponentState[]): Impact {
  const worst = worstOf(states.filter((state) => state !== 'under_maintenance'));
  if (worst === 'major_outage') return 'critical';
  if (worst === 'partial_outage') return 'major';
  return worst === 'degraded_performance' ? 'minor' : 'none';
}

const OPEN: readonly Phase[] = ['investigating', 'identified', 'monitoring', 'in_progress', 'verifying'];
/** A post in these phases says how its components are; one that is planned or over does not. */
export const speaks = (phase: Phase): boolean => OPEN.includes(phase);
export const isOver = (phase: Phase): boolean => phase === 'resolved' || phase === 'postmortem' || phase === 'completed';

/** Why the next phase is refused; undefined when it may come. */
export function refusePhase(kind: PostKind, from: Phase | null, to: Phase): string | undefined {
  const own: readonly Phase[] = kind === 'incident' ? INCIDENT_PHASES : MAINTENANCE_PHASES;
  if (!own.includes(to)) return `A post about ${kind === 'incident' ? 'an incident' : 'maintenance'} has the phases ${own.join(', ')}.`;
  if (to === 'postmortem' && from !== 'resolved' && from !== 'postmortem') return 'Say first that it is resolved; what happened is told after that.';
  if (from === 'resolved' && to !== 'postmortem' && to !== 'investigating') return 'It is resolved. Go on with what happened, or take it up again as investigating.';
  if (from === 'postmortem' && to !== 'postmortem') return 'It is closed. Write a new post, or add to what happened.';
  if (from === 'completed') return 'This maintenance is completed. Plan a new one.';
  if (from !== null && kind === 'maintenance' && to === 'scheduled' && from !== 'scheduled') return 'This maintenance has begun. Say that it is verified or completed.';
  return undefined;
}

interface Counting {
  readonly byHand: ComponentState;
  /** What the posts that speak say of it, planned work left out. */
  readonly posts: readonly ComponentState[];
  readonly inMaintenance: boolean;
  /** What its checks count as now; empty when it does not follow them. */
  readonly checks: readonly ('up' | 'down' | 'none')[];
}

/** What outsiders see of a component. Planned work hides what checks find meanwhile, never what people say. */
export function shownState({ byHand, posts, inMaintenance, checks }: Counting): ComponentState {
  const said = worstOf([byHand, ...posts]);
  if (inMaintenance) return worstOf([said, 'under_maintenance']);
  const down = checks.filter((one) => one === 'down').length;
  const found: ComponentState = down === 0 ? 'operational' : down === checks.length ? 'major_outage' : 'partial_outage';
  return worstOf([said, found]);
}

/**
 * What stands above everything. A problem that people are told of is never green, also when no part is named in it
 * (a post that names none counts for nothing elsewhere, so that a page says all is well above its own trouble).
 */
export function overallOf(states: readonly ComponentState[], problems: readonly Phase[]): { readonly worst: ComponentState; readonly words: string } {
  const worst = worstOf(states);
  if (worst === 'operational' || worst === 'under_maintenance') {
    if (problems.some((phase) => phase === 'investigating' || phase === 'identified'))
      return { worst: worstOf([worst, 'degraded_performance']), words: 'We are working on a problem' };
    if (worst === 'operational' && problems.includes('monitoring')) return { worst, words: 'It works again, and we keep watching' };
  }
  return { worst, words: states.length === 0 ? 'Nothing is shown here yet' : wordsOf(worst, states) };
}

function wordsOf(worst: ComponentState, states: readonly ComponentState[]): string {
  switch (worst) {
    case 'operational':
      return 'Everything works';
    case 'degraded_performance':
      return states.length === 1 ? 'Slower than usual' : 'Some parts are slower than usual';
    case 'under_maintenance':
      return 'Planned maintenance is going on';
    case 'partial_outage':
      return states.length === 1 ? 'Partly down' : 'Some parts do not work for everybody';
    case 'major_outage':
      return states.every((state) => state === 'major_outage') ? 'Nothing works at the moment' : 'Some parts do not work';
  }
}
