import type { Out } from '#kernel/contract.ts';
import type { RotaBar, RotaRow } from '#web/ui/RotaBars.tsx';
import type { rotas } from '../contract/index.ts';
import { rhythmOf } from './Layers.tsx';
import type { Rota } from './LayerFields.tsx';
import { words } from './words.ts';

export type Shifts = Out<(typeof rotas)['verbs']['shifts']>;
type Shift = Shifts['result'][number];

/** The bar of the person at this place of a shift; people on call together stand in rows below each other. */
function barsAt(place: number, shifts: readonly Shift[]): readonly RotaBar[] {
  return shifts.flatMap(({ from, until, people }) => {
    const person = people[place];
    return person ? [{ from, until, kind: 'shift', person: { id: person.id, name: person.title } }] : [];
  });
}

const deepest = (shifts: readonly Shift[]) => Math.max(1, ...shifts.map(({ people }) => people.length));

export interface Gap {
  readonly from: string;
  readonly until: string;
  /** `override`: somebody took everybody off on purpose. */
  readonly because: 'layers' | 'override';
}

/** Hours in which nobody is paged, whether no layer covers them or an override takes everybody off. */
export function gapsOf({ gaps, result }: Shifts): readonly Gap[] {
  const off = result.filter(({ people }) => !people.length).map(({ from, until }): Gap => ({ from, until, because: 'override' }));
  const open = gaps.filter(({ from }) => !off.some((each) => each.from === from)).map(({ from, until }): Gap => ({ from, until, because: 'layers' }));
  return [...open, ...off].toSorted((one, other) => one.from.localeCompare(other.from));
}

/** One row for each layer, one for the overrides, and the result with its gaps. */
export function rowsOf(rota: Rota, shifts: Shifts): readonly RotaRow[] {
  const layers = rota.layers.map((layer): RotaRow => ({
    id: layer.id,
    label: layer.name,
    sub: rhythmOf(layer),
    bars: barsAt(0, shifts.layers.find(({ layerId }) => layerId === layer.id)?.shifts ?? []),
  }));
  const overrides = shifts.overrides.map(({ from, until, person }): RotaBar => ({
    from,
    until,
    ...(person ? { kind: 'override', person: { id: person.id, name: person.title } } : { kind: 'off' }),
  }));
  const gaps = gapsOf(shifts).map(({ from, until }): RotaBar => ({ from, until, kind: 'gap' }));
  return [
    ...layers,
    { id: 'overrides', label: words.rota.overrides, sub: words.rota.overridesSub, bars: overrides },
    ...Array.from({ length: deepest(shifts.result) }, (_, place): RotaRow => ({
      id: `result ${place}`,
      label: place ? words.rota.together : words.rota.result,
      sub: place ? words.rota.togetherSub : words.rota.resultSub,
      bars: place ? barsAt(place, shifts.result) : [...barsAt(0, shifts.result), ...gaps],
      result: true,
    })),
  ];
}
