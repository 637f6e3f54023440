import { clip, gaps, merge, type Span, type Window } from '#kernel/spans.ts';
import type { Absence, Handover, Layer, OnCall, Override, Rota, Swap, Temporary } from './shapes.ts';
import { concernsLayer, stackAt, stackOf, type Slot, type Slots } from './stack.ts';

const equalLists = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((x, i) => x === b[i]);

function sameOnCall(a: OnCall, b: OnCall): boolean {
  return (
    a.by === b.by && a.changeId === b.changeId && a.layerId === b.layerId && equalLists(a.people, b.people) && equalLists(a.layerIds, b.layerIds) && equalLists(a.absent, b.absent)
  );
}

/** What is done to the stack inside a window. Every change knows when it was made: a later one is done to what the earlier ones left. */
type Change = Window & { readonly madeAt: number; readonly does: (slots: Slots) => Slots; readonly fills: boolean };

function overrideChange(one: Override): Change {
  const { id, from, until, personId, insteadId = null, layerId = null, madeAt = 0, kind = 'replace' } = one;
  const made: Slot = { personId, layerId, by: 'override', changeId: id };
  if (kind === 'add') return { from, until, madeAt, fills: true, does: (slots) => [...slots.filter((slot) => slot.personId !== null), made] };
  if (insteadId === null) return { from, until, madeAt, fills: true, does: () => [kind === 'remove' ? { ...made, personId: null } : made] };
  return { from, until, madeAt, fills: false, does: inPlaceOf(insteadId, kind === 'remove' ? { ...made, personId: null } : made) };
}

/** Puts one in the place of another, only where that other is on call. */
function inPlaceOf(insteadId: string, by: Slot) {
  return (slots: Slots): Slots =>
    slots.some((slot) => slot.personId === insteadId && (by.layerId === null || slot.layerId === by.layerId))
      ? slots.map((slot) => (slot.personId === insteadId && (by.layerId === null || slot.layerId === by.layerId) ? { ...by, layerId: slot.layerId } : slot))
      : slots;
}

function swapChanges({ id, by, from, until, takenBy, inReturn, madeAt = 0 }: Swap): Change[] {
  if (takenBy === null) return [];
  const slot = (personId: string): Slot => ({ personId, layerId: null, by: 'swap', changeId: id });
  const there: Change = { from, until, madeAt, fills: false, does: inPlaceOf(by, slot(takenBy)) };
  return inReturn ? [there, { ...inReturn, madeAt, fills: false, does: inPlaceOf(takenBy, slot(by)) }] : [there];
}

function temporaryChanges({ id, from, until, shifts, madeAt = 0 }: Temporary): Change[] {
  const slot = (personId: string | null): Slot => ({ personId, layerId: null, by: 'temporary', changeId: id });
  return [
    { from, until, madeAt, fills: true, does: () => [slot(null)] },
    ...shifts.map((shift): Change => ({
      from: Math.max(from, shift.from),
      until: Math.min(until, shift.until),
      madeAt,
      fills: true,
      does: (slots) => [...slots.filter((each) => each.personId !== null), slot(shift.personId)],
    })),
  ];
}

/** The spans, which are in order, with the change done where it holds. */
function changed(spans: readonly Span<Slots>[], change: Change): Span<Slots>[] {
  const { from, until } = change;
  const first = spans.findIndex((span) => span.until > from);
  const begin = first < 0 ? spans.length : first;
  let end = begin;
  while (end < spans.length && spans[end]!.from < until) end += 1;
  const touched = spans.slice(begin, end);
  const inside = clip(touched, change);
  const pieces = change.fills ? [...inside, ...gaps(change, inside).map((gap) => ({ ...gap, value: [] as Slots }))].sort((a, b) => a.from - b.from) : inside;
  const [head, tail] = [touched[0], touched.at(-1)];
  return [
    ...spans.slice(0, begin),
    ...(head && head.from < from ? [{ ...head, until: from }] : []),
    ...pieces.map((span) => ({ ...span, value: change.does(span.value) })),
    ...(tail && tail.until > until ? [{ ...tail, from: until }] : []),
    ...spans.slice(end),
  ];
}

function onCallOf(slots: Slots, absent: ReadonlySet<string> | undefined): OnCall {
  const there: Slot[] = [];
  const away: string[] = [];
  let change: Slot | undefined;
  for (const slot of slots) {
    if (change === undefined && slot.changeId !== null) change = slot;
    if (slot.personId === null) continue;
    if (absent?.has(slot.personId)) {
      if (!away.includes(slot.personId)) away.push(slot.personId);
    } else if (!there.some(({ personId }) => personId === slot.personId)) there.push(slot);
  }
  return {
    people: there.map((slot) => slot.personId!),
    absent: away,
    by: change?.by ?? 'layer',
    layerId: (there[0] ?? slots[0])?.layerId ?? null,
    layerIds: there.map((slot) => slot.layerId),
    ...(change ? { changeId: change.changeId! } : {}),
  };
}

/** Cuts the spans where somebody's absence begins or ends, and says who is absent in each piece. */
function withAbsences(spans: readonly Span<Slots>[], absences: readonly Absence[]): Span<OnCall>[] {
  return spans.flatMap((span) => {
    const hit = absences.filter((one) => one.from < span.until && one.until > span.from && span.value.some(({ personId }) => personId === one.personId));
    if (hit.length === 0) return [{ ...span, value: onCallOf(span.value, undefined) }];
    const edges = [...new Set([span.from, span.until, ...hit.flatMap((one) => [one.from, one.until])])].filter((at) => at >= span.from && at <= span.until).sort((a, b) => a - b);
    return edges.slice(1).map((until, i) => {
      const from = edges[i]!;
      const away = new Set(hit.filter((one) => one.from <= from && one.until >= until).map(({ personId }) => personId));
      return { from, until, value: onCallOf(span.value, away) };
    });
  });
}

/**
 * Who is on call when, in order, without overlaps; where nobody is, there is no span. Layers first, then the changes in the order in
 * which they were made: each decides inside its window and changes nothing outside. Who is absent is taken off last, and nobody steps in by himself.
 */
export function resolve(asked: Rota & { readonly window: Window }): Span<OnCall>[] {
  const { window } = asked;
  const spans = changesOf(asked, window).reduce((lower, change) => changed(lower, change), stackOf({ ...asked, layers: asked.layers.filter((layer) => !layer.shadow) }, window));
  const absences = (asked.absences ?? []).filter((one) => one.from < window.until && one.until > window.from);
  const inside = clip(spans, window);
  const found = absences.length > 0 ? withAbsences(inside, absences) : inside.map(({ from, until, value }) => ({ from, until, value: onCallOf(value, undefined) }));
  return merge(
    found.filter(({ value }) => value.people.length > 0 || value.absent.length > 0 || value.changeId !== undefined),
    sameOnCall,
  );
}

function changesOf({ overrides, swaps = [], temporaries = [], layers }: Rota, window: Window): Change[] {
  if (overrides.length === 0 && swaps.length === 0 && temporaries.length === 0) return [];
  const holds = (one: Window) => one.from < window.until && one.until > window.from && one.from < one.until;
  const isShadow = (id: string | null | undefined) => id != null && layers.some((layer) => layer.shadow && layer.id === id);
  const changes = overrides.filter((one) => holds(one) && !concernsLayer(one) && !isShadow(one.layerId)).map(overrideChange);
  if (temporaries.length > 0) changes.unshift(...temporaries.filter(holds).flatMap(temporaryChanges).filter(holds));
  if (swaps.length > 0) changes.push(...swaps.flatMap(swapChanges).filter(holds));
  return changes.sort((a, b) => a.madeAt - b.madeAt);
}

/** Who is told beside those on call: the shadow layers, all together. */
export function shadowsIn({ layers, overrides, absences, holidays }: Rota, window: Window): Span<OnCall>[] {
  const shadows = layers.filter((layer) => layer.shadow).map((layer): Layer => ({ ...layer, shadow: false, priority: 0 }));
  if (shadows.length === 0) return [];
  const own = overrides.filter((one) => shadows.some(({ id }) => id === one.layerId));
  return resolve({ layers: shadows, overrides: own, ...(absences && { absences }), ...(holidays && { holidays }), window }).filter(({ value }) => value.people.length > 0);
}

/** Who is on call at the instant; null when nobody is and nobody meant it so. The same as any window around it says. */
export function onCallAt(rota: Rota, now: number): OnCall | null {
  const window = { from: now, until: now + 1 };
  const layers = rota.layers.some((layer) => layer.shadow) ? rota.layers.filter((layer) => !layer.shadow) : rota.layers;
  let slots = stackAt({ ...rota, layers }, now);
  for (const change of changesOf(rota, window)) if (change.fills || slots.length > 0) slots = change.does(slots);
  if (slots.length === 0) return null;
  const away = rota.absences?.filter((one) => one.from <= now && one.until > now).map(({ personId }) => personId) ?? [];
  return onCallOf(slots, away.length > 0 ? new Set(away) : undefined);
}

/** Nobody is paged although nobody meant it so: those who would be are absent. */
export const isEmptied = ({ people, absent }: OnCall): boolean => people.length === 0 && absent.length > 0;

/** The parts of the window with nobody on call, unless a change says so on purpose. */
export function gapsIn(rota: Rota, window: Window): Window[] {
  return gaps(
    window,
    resolve({ ...rota, window }).filter(({ value }) => !isEmptied(value)),
  );
}

const WEEK = 7 * 24 * 3_600_000;
const FARTHEST = 110 * WEEK;

/** The next changes of the people on call after `from`, at most `count`, looking two years ahead. A gap is a change to nobody. */
export function nextHandovers(rota: Rota, from: number, count: number): Handover[] {
  for (let ahead = 4 * WEEK; ; ahead *= 3) {
    const window = { from, until: from + Math.min(ahead, FARTHEST) };
    const found = changesIn(resolve({ ...rota, window }), window);
    if (found.length >= count || ahead >= FARTHEST) return found.slice(0, count);
  }
}

/** Every change of the people on call inside the window, in order. */
export function changesOfPeople(rota: Rota, window: Window): Handover[] {
  return changesIn(resolve({ ...rota, window }), window);
}

function changesIn(spans: readonly Span<OnCall>[], window: Window): Handover[] {
  const nobody = gaps(window, spans).map(({ from, until }) => ({ from, until, value: [] as readonly string[] }));
  const people = spans.map(({ from, until, value }) => ({ from, until, value: value.people.toSorted() as readonly string[] }));
  const pieces = merge<readonly string[]>([...people, ...nobody], equalLists);
  return pieces.slice(1).map(({ from, value }, i) => ({ at: from, before: pieces[i]!.value, after: value }));
}
