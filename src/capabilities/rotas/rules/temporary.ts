import { covered, type Window } from '#kernel/spans.ts';

/** Shifts that stand in for the whole rota inside a window. */
export interface Stand extends Window {
  readonly shifts: readonly (Window & { readonly personId: string })[];
}

/** Shifts cut to the window, those of one person joined, in order of begin and person. */
function tidy({ from, until, shifts }: Stand): Stand {
  const ofPerson = Map.groupBy(shifts, (shift) => shift.personId);
  const joined = [...ofPerson].flatMap(([personId, own]) =>
    covered(own.map((shift) => ({ from: Math.max(from, shift.from), until: Math.min(until, shift.until) }))).map((window) => ({ ...window, personId })),
  );
  return { from, until, shifts: joined.toSorted((a, b) => a.from - b.from || (a.personId < b.personId ? -1 : 1)) };
}

/** Those that overlap or touch become one. */
export function merged(stands: readonly Stand[]): Stand[] {
  return covered(stands).map((window) => tidy({ ...window, shifts: stands.filter((one) => one.from < window.until && one.until > window.from).flatMap(withinItself) }));
}

function withinItself({ from, until, shifts }: Stand) {
  return shifts.map((shift) => ({ ...shift, from: Math.max(from, shift.from), until: Math.min(until, shift.until) })).filter((shift) => shift.from < shift.until);
}

/** What is left outside of a window: one in the middle splits in two. */
export function without(stands: readonly Stand[], hole: Window): Stand[] {
  const parts = stands.flatMap((one) => [
    { ...one, until: Math.min(one.until, hole.from) },
    { ...one, from: Math.max(one.from, hole.until) },
  ]);
  return parts.filter((one) => one.from < one.until).map((one) => ({ ...one, shifts: withinItself(one) }));
}
