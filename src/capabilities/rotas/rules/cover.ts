import { clip, type Window } from '#kernel/spans.ts';
import { resolve } from './layers.ts';
import type { Absence, Rota } from './shapes.ts';

/** A shift that nobody has because those who would have it are absent. */
export interface Emptied extends Window {
  readonly absent: readonly string[];
}

/** Parts of the window in which somebody who should be on call is absent; `open` when nobody else is on call with them. */
export function missedIn(rota: Rota, window: Window): (Emptied & { readonly open: boolean })[] {
  return resolve({ ...rota, window })
    .filter(({ value }) => value.absent.length > 0)
    .map(({ from, until, value }) => ({ from, until, absent: value.absent, open: value.people.length === 0 }));
}

export interface Able {
  readonly personId: string;
  /** Where they are on call at that time anyhow, in any rota. */
  readonly duties: readonly Window[];
  readonly absences: readonly Absence[];
  readonly active: boolean;
  readonly reachable: boolean;
  readonly hoursLately: number;
}

export interface Candidate {
  readonly personId: string;
  readonly able: boolean;
  readonly hoursLately: number;
  /** Why they, or why not, in sentences. */
  readonly reasons: readonly string[];
}

/** Who could take a shift: free and reachable, those with the fewest hours lately first; the others after them, with the reason. */
export function candidatesFor(window: Window, people: readonly Able[]): Candidate[] {
  return people
    .map((one): Candidate => {
      const against = [
        ...(one.active ? [] : ['Is not active here.']),
        ...(one.absences.some((away) => away.personId === one.personId && away.from < window.until && away.until > window.from) ? ['Is absent then.'] : []),
        ...(clip(
          one.duties.map((duty) => ({ ...duty, value: null })),
          window,
        ).length > 0
          ? ['Is on call then already.']
          : []),
        ...(one.reachable ? [] : ['Has no verified contact, so no page would surely arrive.']),
      ];
      const able = against.length === 0;
      return {
        personId: one.personId,
        able,
        hoursLately: one.hoursLately,
        reasons: able ? ['Is free then and reachable.', `Was on call for ${one.hoursLately} hours lately.`] : against,
      };
    })
    .toSorted((a, b) => Number(b.able) - Number(a.able) || a.hoursLately - b.hoursLately || (a.personId < b.personId ? -1 : 1));
}
