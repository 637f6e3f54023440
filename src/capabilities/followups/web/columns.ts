import type { FollowUp } from '../contract.ts';
import { words } from './words.ts';

interface Column {
  readonly id: string;
  readonly title: string;
  readonly actions: readonly FollowUp[];
}

const STATES = ['overdue', 'open', 'asked', 'judged'] as const;

const stateOf = ({ state, overdue, helped }: FollowUp): (typeof STATES)[number] => (state === 'open' ? (overdue ? 'overdue' : 'open') : helped === 'open' ? 'asked' : 'judged');

/** The columns of the board; what is overdue comes first, then what is due first. */
export function columnsOf(actions: readonly FollowUp[], by: 'state' | 'owner'): readonly Column[] {
  if (by === 'state') return STATES.map((id) => ({ id, title: words.columns[id], actions: actions.filter((action) => stateOf(action) === id) }));
  const late = (all: readonly FollowUp[]) => all.filter(({ overdue }) => overdue).length;
  return [...Map.groupBy(actions, ({ owner }) => owner?.id ?? '')]
    .map(([id, own]) => ({ id, title: own[0]?.owner?.title ?? words.nobody, actions: own }))
    .toSorted((a, b) => late(b.actions) - late(a.actions) || b.actions.length - a.actions.length);
}
