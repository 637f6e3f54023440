import { clip, gaps, inOrder, merge, overlay, together } from '#kernel/spans.ts';
import type { Span, Window } from '#kernel/spans.ts';
import { shiftsIn } from './handoffs.ts';
import type { Rotation } from './handoffs.ts';

/** People take turns in the order given. Of layers that cover the same time the higher priority wins; equal ones are on call together. */
export type Layer = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly rotation: Rotation;
  readonly people: readonly string[];
  /** Epoch ms; the layer covers nothing before or after. Editing a layer ends the old one, so the past stays. */
  readonly from?: number | null;
  readonly until?: number | null;
};

/** `personId` null: nobody, on purpose. With `layerId` it replaces only that layer's person; without, everybody. Epoch ms. */
export type Override = {
  readonly id: string;
  readonly personId: string | null;
  readonly from: number;
  readonly until: number;
  readonly layerId?: string | null;
};

export type Rota = { readonly layers: readonly Layer[]; readonly overrides: readonly Override[] };

/** `layerIds[i]` is the layer that put `people[i]` on call, null for an override of the whole rota. `people` is empty only on purpose. */
export type OnCall = {
  readonly people: readonly string[];
  readonly by: 'layer' | 'override';
  readonly layerId: string | null;
  readonly layerIds: readonly (string | null)[];
  readonly overrideId?: string;
};

export type Handover = { readonly at: number; readonly before: readonly string[]; readonly after: readonly string[] };

/** One person of one layer, or one override: what the stack is made of. */
type Slot = { readonly personId: string | null; readonly layerId: string | null; readonly overrideId: string | null };

const equalLists = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((x, i) => x === b[i]);

function sameOnCall(a: OnCall, b: OnCall): boolean {
  return a.by === b.by && a.overrideId === b.overrideId && equalLists(a.people, b.people) && equalLists(a.layerIds, b.layerIds);
}

function turnsOf(layer: Layer, window: Window): Span<Slot>[] {
  const count = layer.people.length;
  if (count === 0) return [];
  const open = { from: Math.max(window.from, layer.from ?? -Infinity), until: Math.min(window.until, layer.until ?? Infinity) };
  const shifts = shiftsIn(layer.rotation, open).map(({ from, until, turn }) => ({
    from,
    until,
    value: { personId: layer.people[((turn % count) + count) % count]!, layerId: layer.id, overrideId: null },
  }));
  return clip(shifts, open);
}

/** Where two overlap, the one later in the list wins. */
function stacked(overrides: readonly Override[]): Span<Slot>[] {
  return overrides.reduce<Span<Slot>[]>(
    (lower, { id, from, until, personId, layerId }) => overlay(lower, inOrder([{ from, until, value: { personId, layerId: layerId ?? null, overrideId: id } }])),
    [],
  );
}

function onCallOf(slots: readonly Slot[]): OnCall {
  const there = slots.filter((slot, i) => slot.personId !== null && slots.findIndex((s) => s.personId === slot.personId) === i);
  const overridden = slots.find((slot) => slot.overrideId !== null);
  return {
    people: there.map((slot) => slot.personId!),
    by: overridden ? 'override' : 'layer',
    layerId: (there[0] ?? slots[0])?.layerId ?? null,
    layerIds: there.map((slot) => slot.layerId),
    ...(overridden ? { overrideId: overridden.overrideId! } : {}),
  };
}

/**
 * Who is on call when, in order, without overlaps; where nobody is, there is no span. An override decides inside its
 * window and changes nothing outside. A layer switched off by an override lets lower layers through; if none covers, that is nobody on purpose.
 */
export function resolve({ layers, overrides, window }: Rota & { readonly window: Window }): Span<OnCall>[] {
  const inside = overrides.filter((o) => o.from < window.until && o.until > window.from);
  const ofLayer = Map.groupBy(inside, (o) => o.layerId ?? null);
  const off: Span<Slot>[] = [];
  const byPriority = new Map<number, Span<Slot>[]>();
  for (const layer of layers) {
    const replaced = stacked(ofLayer.get(layer.id) ?? []);
    const whole = overlay(turnsOf(layer, window), replaced);
    off.push(...replaced.filter((s) => s.value.personId === null));
    byPriority.set(layer.priority, [...(byPriority.get(layer.priority) ?? []), ...whole.filter((s) => s.value.personId !== null)]);
  }
  const levels = [...byPriority].sort(([a], [b]) => a - b).map(([, spans]) => together(spans));
  const everybody = together(stacked(ofLayer.get(null) ?? []));
  const slots = [...levels, everybody].reduce((lower, upper) => overlay(lower, upper), together(off));
  return merge(
    clip(slots, window).map((s) => ({ ...s, value: onCallOf(s.value) })),
    sameOnCall,
  );
}

/** Who is on call at the instant; null when nobody is and nobody meant it so. */
export function onCallAt(rota: Rota, now: number): OnCall | null {
  return resolve({ ...rota, window: { from: now, until: now + 1 } })[0]?.value ?? null;
}

/** The parts of the window with nobody on call, unless an override says so on purpose. */
export function gapsIn(rota: Rota, window: Window): Window[] {
  return gaps(window, resolve({ ...rota, window }));
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

function changesIn(spans: readonly Span<OnCall>[], window: Window): Handover[] {
  const nobody = gaps(window, spans).map(({ from, until }) => ({ from, until, value: [] as readonly string[] }));
  const people = spans.map(({ from, until, value }) => ({ from, until, value: value.people.toSorted() as readonly string[] }));
  const pieces = merge<readonly string[]>([...people, ...nobody], equalLists);
  return pieces.slice(1).map(({ from, value }, i) => ({ at: from, before: pieces[i]!.value, after: value }));
}
