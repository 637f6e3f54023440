import { changesOfClocks } from './clocks.ts';
import { edited, layerFrom, previewOf, resolve, type Layer as RulesLayer, type Preview, type Rota as RulesRota } from '../rules/index.ts';
import { instantOfLocal, rotaFrom } from '../rules/reading.ts';
import { localOf } from './window.ts';
import type { Layer, LayerInput, Rota } from './layer-values.ts';
import type { Shifts } from './rows.ts';

const DAY = 86_400_000;

/** The rota as the rules read it. */
function asRules(rota: Rota, shifts: Shifts | undefined): RulesRota {
  return rotaFrom(rota.zone, rota.layers, shifts ?? { overrides: [], swaps: [], temporaries: [], absences: [], holidays: [] });
}

/** A layer that is being written; undefined while it says too little to be on call. */
function layerDrafted(rota: Rota, input: LayerInput): RulesLayer | undefined {
  // Whoever is new to the rota is known by number only, which names them as well.
  const ids = new Map(rota.layers.flatMap((layer) => layer.people.flat().map((person): [string, string] => [person.number, person.id])));
  const people = input.people.map((group) => (typeof group === 'string' ? [group] : group).map((number) => ids.get(number) ?? number));
  const clock = input.zone ?? rota.zone;
  const [from, until] = [input.from, input.until].map((local) => (local === undefined ? null : new Date(instantOfLocal(clock, local)).toISOString()));
  if (!people.some((group) => group.length) || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(input.start) || !Number.isInteger(input.length) || (input.length ?? 0) < 1) return undefined;
  if (input.hours?.some((line) => !line.days.length || !line.from || !line.until)) return undefined;
  const written = {
    id: 'draft',
    name: input.name,
    priority: input.priority ?? 0,
    kind: input.kind,
    length: input.length ?? 1,
    start: input.start,
    zone: input.zone ?? null,
    people,
    hours: input.hours ?? [],
    turns: input.turns ?? 'kept',
    shadow: input.shadow ?? false,
    onHolidays: input.onHolidays ?? 'as usual',
    firstTurn: 0,
    fromAt: from ?? null,
    untilAt: until ?? null,
  };
  return layerFrom(rota.zone, written);
}

export interface Drafted {
  readonly preview: Preview;
  readonly layers: readonly RulesLayer[];
  /** The layer whose place is taken, until it ends. */
  readonly ended: RulesLayer | undefined;
}

export interface Edit {
  readonly rota: Rota;
  readonly shifts: Shifts | undefined;
  /** The layer that changes; undefined for a new one. */
  readonly before: Layer | undefined;
  readonly input: LayerInput | undefined;
}

/** What the change would do in a window, by the same rules by which the desk pages. */
export function drafted(
  { rota, shifts, before, input }: Edit,
  { window, now }: { readonly window: { readonly from: number; readonly until: number }; readonly now: number },
): Drafted | undefined {
  const is = asRules(rota, shifts);
  const add = input && layerDrafted(rota, input);
  if (input && !add) return undefined;
  const startMoved = before !== undefined && input !== undefined && before.start.slice(0, 10) !== input.start.slice(0, 10);
  const layers = add ? edited(is.layers, { add, startMoved, ...(before && { endId: before.id }) }, now) : is.layers;
  return {
    preview: previewOf(is, { ...is, layers }, { window, zone: rota.zone, holidays: is.holidays ?? [] }),
    layers: layers.filter(({ until }) => until == null || until > now),
    ended: layers.find(({ id }) => id === before?.id && add),
  };
}

/** The shifts of one layer alone, a shadow as if it were none. */
export function shiftsOfLayer(layer: RulesLayer, window: { readonly from: number; readonly until: number }) {
  return resolve({ layers: [{ ...layer, shadow: false }], overrides: [], window });
}

export const LOOKS = ['four', 'eight', 'clocks'] as const;
export type Look = (typeof LOOKS)[number];

/** Weeks from this Monday on, or the two around the next change of the clocks. */
export function windowShown(look: Look, zone: string, now: number): { readonly from: number; readonly until: number } {
  const change = look === 'clocks' ? changesOfClocks(zone, now) : undefined;
  const around = change === undefined ? now : change - 6 * DAY;
  const days = look === 'four' ? 28 : look === 'eight' ? 56 : 14;
  const midnight = Date.parse(`${localOf(around, zone).slice(0, 10)}T00:00:00Z`);
  const monday = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY;
  const at = (days: number) => instantOfLocal(zone, new Date(monday + days * DAY).toISOString().slice(0, 16));
  return { from: at(0), until: at(days) };
}
