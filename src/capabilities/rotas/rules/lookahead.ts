import { clip, gaps, total, type Window } from '#kernel/spans.ts';
import { isEmptied, resolve } from './layers.ts';
import type { Rota } from './shapes.ts';

export type FindingKind = 'gap' | 'absent' | 'left' | 'unreachable';

/** What is wrong ahead: a time nobody covers, a shift of somebody who is absent, has left, or cannot be reached. */
export interface Found extends Window {
  readonly kind: FindingKind;
  readonly personId: string | null;
  readonly hours: number;
}

export interface People {
  readonly active: (personId: string) => boolean;
  readonly reachable: (personId: string) => boolean;
}

const hours = (windows: readonly Window[]) => Math.round((total(windows) / 3_600_000) * 10) / 10;

/** Gaps and shifts without anybody who may be paged, in a window. Somebody who has left or cannot be reached is one finding however many shifts they have. */
export function lookAhead(rota: Rota, window: Window, people: People): Found[] {
  const spans = resolve({ ...rota, window });
  const open = gaps(window, spans).map((gap): Found => ({ ...gap, kind: 'gap', personId: null, hours: hours([gap]) }));
  const absent = spans.flatMap((span) => span.value.absent.map((personId): Found => ({ kind: 'absent', personId, from: span.from, until: span.until, hours: hours([span]) })));
  const duties = new Map<string, Window[]>();
  for (const { from, until, value } of spans) for (const id of value.people) duties.set(id, [...(duties.get(id) ?? []), { from, until }]);
  const persons = [...duties].flatMap(([personId, shifts]): Found[] => {
    const kind = !people.active(personId) ? 'left' : people.reachable(personId) ? undefined : 'unreachable';
    return kind ? [{ kind, personId, from: shifts[0]!.from, until: shifts.at(-1)!.until, hours: hours(shifts) }] : [];
  });
  return [...open, ...absent, ...persons].toSorted((a, b) => a.from - b.from || a.until - b.until);
}

/** Shifts that look covered and are not: everybody on call then has left or is absent. */
export function emptyShifts(rota: Rota, window: Window, active: (personId: string) => boolean): Window[] {
  const spans = resolve({ ...rota, window });
  const empty = spans.filter(({ value }) => isEmptied(value) || (value.people.length > 0 && !value.people.some(active)));
  return clip(empty, window).map(({ from, until }) => ({ from, until }));
}

/** Whether a finding is one that was told before: the same matter, at a time that overlaps (of a person, at any time). */
export function sameFinding(a: Pick<Found, 'kind' | 'personId' | 'from' | 'until'>, b: typeof a): boolean {
  if (a.kind !== b.kind || a.personId !== b.personId) return false;
  return a.kind === 'left' || a.kind === 'unreachable' || (a.from < b.until && b.from < a.until);
}
