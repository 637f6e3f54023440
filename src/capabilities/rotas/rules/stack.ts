import { clip, inOrder, overlay, together, type Span, type Window } from '#kernel/spans.ts';
import { addDays, clockOfDay, localDate } from '#kernel/zoned.ts';
import { shiftAt, shiftsIn } from './handoffs.ts';
import { isOpen, openIn } from '#kernel/weekly.ts';
import type { By, Layer, Override, Rota } from './shapes.ts';
import { cellsOf, type Cells } from './turns.ts';

/** One person (null: nobody) by one layer or change: what the stack is made of. */
export type Slot = { readonly personId: string | null; readonly layerId: string | null; readonly by: By; readonly changeId: string | null };
export type Slots = readonly Slot[];

const cells = new WeakMap<Layer, Cells>();

function cellsOfLayer(layer: Layer): Cells {
  const known = cells.get(layer);
  if (known) return known;
  const made = cellsOf(layer);
  cells.set(layer, made);
  return made;
}

/** The parts of the spans inside of the windows; both in order, neither overlapping itself. */
function within<T>(spans: readonly Span<T>[], windows: readonly Window[]): Span<T>[] {
  const kept: Span<T>[] = [];
  let first = 0;
  for (const span of spans) {
    while (first < windows.length && windows[first]!.until <= span.from) first += 1;
    for (let i = first; i < windows.length && windows[i]!.from < span.until; i += 1) {
      kept.push({ from: Math.max(span.from, windows[i]!.from), until: Math.min(span.until, windows[i]!.until), value: span.value });
    }
  }
  return kept;
}

function holidayWindows(holidays: readonly string[], zone: string): Window[] {
  const midnight = { clock: '00:00', which: 'first' } as const;
  return [...new Set(holidays)].toSorted().map((date) => ({ from: clockOfDay(zone, date, midnight), until: clockOfDay(zone, addDays(date, 1), midnight) }));
}

/** The groups of a layer in turn, inside of its hours; one span a shift. */
export function groupsOf(layer: Layer, window: Window, holidays: readonly string[] = []): Span<readonly string[]>[] {
  const count = layer.people.length;
  const open = { from: Math.max(window.from, layer.from ?? -Infinity), until: Math.min(window.until, layer.until ?? Infinity) };
  if (count === 0 || open.from >= open.until) return [];
  const { rotation, turnOf } = cellsOfLayer(layer);
  let shifts: Span<readonly string[]>[] = [];
  for (const { from, until, turn } of shiftsIn(rotation, open)) {
    const counted = turnOf(turn);
    if (counted === null) continue;
    const group = layer.people[(((counted + (layer.firstTurn ?? 0)) % count) + count) % count]!;
    if (group.length > 0) shifts.push({ from, until, value: group });
  }
  if (layer.hours && layer.hours.length > 0) shifts = within(shifts, openIn(layer.hours, rotation.zone, open));
  if (layer.onHolidays === 'only') shifts = within(shifts, holidayWindows(holidays, rotation.zone));
  if (layer.onHolidays === 'off')
    shifts = overlay(
      shifts,
      holidayWindows(holidays, rotation.zone).map((day) => ({ ...day, value: [] })),
    ).filter(({ value }) => value.length > 0);
  return clip(shifts, open);
}

/** The group of a layer at an instant; the same as `groupsOf` says for any window around it. */
export function groupAt(layer: Layer, at: number, holidays: readonly string[] = []): readonly string[] {
  const count = layer.people.length;
  if (count === 0 || at < (layer.from ?? -Infinity) || at >= (layer.until ?? Infinity)) return [];
  const { zone } = layer.rotation;
  if (layer.hours && layer.hours.length > 0 && !isOpen(layer.hours, zone, at)) return [];
  if (layer.onHolidays === 'only' && !holidays.includes(localDate(zone, at))) return [];
  if (layer.onHolidays === 'off' && holidays.includes(localDate(zone, at))) return [];
  const { rotation, turnOf } = cellsOfLayer(layer);
  const turn = turnOf(shiftAt(rotation, at).turn);
  return turn === null ? [] : layer.people[(((turn + (layer.firstTurn ?? 0)) % count) + count) % count]!;
}

function slotsOf(layer: Layer, window: Window, holidays: readonly string[]): Span<Slots>[] {
  return groupsOf(layer, window, holidays).map(({ from, until, value }) => ({
    from,
    until,
    value: value.map((personId) => ({ personId, layerId: layer.id, by: 'layer', changeId: null })),
  }));
}

/** Where two overlap, the one later in the list wins. */
function stacked(overrides: readonly Override[]): Span<Slots>[] {
  return overrides.reduce<Span<Slots>[]>(
    (lower, { id, from, until, personId, layerId }) =>
      overlay(lower, inOrder([{ from, until, value: [{ personId, layerId: layerId ?? null, by: 'override' as const, changeId: id }] }])),
    [],
  );
}

export const concernsLayer = (one: Override) => one.layerId != null && (one.kind ?? 'replace') === 'replace' && one.insteadId == null;

/** Layers over one another, with the overrides that concern one layer. A layer switched off lets lower ones through. */
export function stackOf({ layers, overrides, holidays = [] }: Rota, window: Window): Span<Slots>[] {
  const ofLayer = Map.groupBy(
    overrides.filter((one) => concernsLayer(one) && one.from < window.until && one.until > window.from),
    (one) => one.layerId,
  );
  const off: Span<Slots>[] = [];
  const byPriority = new Map<number, Span<Slots>[][]>();
  for (const layer of layers) {
    let whole = slotsOf(layer, window, holidays);
    const changed = ofLayer.get(layer.id);
    if (changed) {
      const replaced = stacked(changed);
      off.push(...replaced.filter((span) => span.value[0]?.personId === null));
      whole = overlay(whole, replaced).filter((span) => span.value[0]?.personId !== null);
    }
    if (whole.length === 0) continue;
    const level = byPriority.get(layer.priority);
    if (level) level.push(whole);
    else byPriority.set(layer.priority, [whole]);
  }
  const levels = [...byPriority].sort(([a], [b]) => a - b).map(([, each]) => (each.length === 1 ? each[0]! : flat(each.flat())));
  return levels.reduce((lower, upper) => (lower.length === 0 ? upper : overlay(lower, upper)), off.length === 0 ? [] : flat(off));
}

function flat(spans: readonly Span<Slots>[]): Span<Slots>[] {
  return together(spans).map(({ from, until, value }) => ({ from, until, value: value.flat() }));
}

/** The same for one instant, without making spans. */
export function stackAt({ layers, overrides, holidays = [] }: Rota, at: number): Slots {
  let [priority, off]: [number, boolean] = [-1, false];
  let slots: Slot[] = [];
  for (const layer of layers) {
    let found: readonly Slot[] | undefined;
    for (const one of overrides) {
      if (one.layerId === layer.id && concernsLayer(one) && one.from <= at && one.until > at)
        found = [{ personId: one.personId, layerId: layer.id, by: 'override', changeId: one.id }];
    }
    if (found?.[0]?.personId === null) {
      if (!off && priority < 0) slots = [...found];
      off = true;
      continue;
    }
    if (layer.priority < priority) continue;
    found ??= groupAt(layer, at, holidays).map((personId) => ({ personId, layerId: layer.id, by: 'layer', changeId: null }));
    if (found.length === 0) continue;
    if (layer.priority > priority) slots = [...found];
    else slots.push(...found);
    priority = layer.priority;
  }
  return slots;
}
