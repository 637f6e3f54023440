const WORST_FIRST = ['critical', 'warning', 'good', 'unknown'] as const;
export type HealthState = (typeof WORST_FIRST)[number];
export const UNWATCHED = 'No check or alert source watches it';

/** The worst fact; what is unknown counts only when nothing else is known. */
export function worstOf<T extends { readonly state: HealthState }>(facts: readonly T[]): T | undefined {
  return facts.toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))[0];
}
