import { matches, matchesAll, writeMatchers, type Labels, type Matcher } from './matchers.ts';
import { activeUntil, isActive, type When } from './when.ts';

export interface MuteRule {
  readonly id: string;
  readonly number: string;
  /** The reason. */
  readonly title: string;
  /** Maintenance also counts neither way for uptime; a mute only silences. */
  readonly kind: 'maintenance' | 'mute';
  /** Any set suffices; of a set all must match. */
  readonly sets: readonly (readonly Matcher[])[];
  readonly when: When;
  /** Name of who made it. */
  readonly by: string;
}

export interface Muted {
  readonly mute: MuteRule;
  /** Null: no end in sight. */
  readonly until: number | null;
}

export function matchesAny(sets: MuteRule['sets'], labels: Labels): boolean {
  return sets.some((set) => matchesAll(set, labels));
}

/** What keeps these labels silent at the instant: of several, the one that ends last. */
export function mutedBy(rules: readonly MuteRule[], labels: Labels, at: number): Muted | null {
  let longest: Muted | null = null;
  for (const mute of rules) {
    if (!isActive(mute.when, at) || !matchesAny(mute.sets, labels)) continue;
    const until = activeUntil(mute.when, at);
    if (until === null) return { mute, until };
    if (longest === null || until > (longest.until ?? Infinity)) longest = { mute, until };
  }
  return longest;
}

/** Refuses a set that would silence everything, also what carries no label at all. */
export function refuseSets(sets: MuteRule['sets']): string | undefined {
  if (sets.length === 0) return 'Say what is kept silent: choose a service, a check or labels.';
  const open = sets.find((set) => set.every((matcher) => matches(matcher, {})));
  if (!open) return undefined;
  return open.length === 0
    ? 'A set without labels would silence everything. Name at least one label.'
    : 'This would silence everything that lacks these labels. Add one label that must be there.';
}

type What = Pick<MuteRule, 'kind' | 'sets' | 'when'>;

/** Whether both silence the same things in the same way at the same clock; where their windows begin and end is left aside. */
export function sameWhat(one: What, other: What): boolean {
  const told = ({ kind, sets, when: { from: _, until: __, ...pattern } }: What) => JSON.stringify([kind, sets.map(writeMatchers), sorted(pattern)]);
  return told(one) === told(other);
}

/** With fields in order of their names: what the database gives back has another order than what came in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
