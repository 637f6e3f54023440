import type { Out } from '#kernel/contract.ts';
import type { RotaBar, RotaRow } from '#web/ui/RotaBars.tsx';
import type { rotas } from '../contract/index.ts';
import { rhythmOf } from './rhythm.ts';
import type { Rota } from './layer-values.ts';
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
  /** `override`: somebody took everybody off on purpose; `absent`: whoever would be on call is away. */
  readonly because: 'layers' | 'override' | 'absent';
  readonly absent: readonly string[];
}

/** Hours in which nobody is paged: no layer covers them, whoever would be on call is away, or an override takes everybody off. */
export function gapsOf({ gaps, result }: Shifts): readonly Gap[] {
  const off = result.filter(({ people }) => !people.length).map(({ from, until }): Gap => ({ from, until, because: 'override', absent: [] }));
  const open = gaps
    .filter(({ from }) => !off.some((each) => each.from === from))
    .map(({ from, until, absent }): Gap => ({ from, until, because: absent.length ? 'absent' : 'layers', absent: absent.map(({ title }) => title) }));
  return [...open, ...off].toSorted((one, other) => one.from.localeCompare(other.from));
}

const named = ({ id, title }: { readonly id: string; readonly title: string }) => ({ id, name: title });

/** One row for each layer, one for what is changed for a time, one for shadows, and the result with its gaps. */
export function rowsOf(rota: Rota, shifts: Shifts): readonly RotaRow[] {
  const layers = rota.layers
    .filter(({ shadow }) => !shadow)
    .flatMap((layer): RotaRow[] => {
      const own = shifts.layers.find(({ layerId }) => layerId === layer.id)?.shifts ?? [];
      return Array.from({ length: deepest(own) }, (_, place) => ({
        id: `${layer.id} ${place}`,
        label: place ? words.rota.together : layer.name,
        sub: place ? words.rota.togetherSub : rhythmOf(layer),
        bars: barsAt(place, own),
        drag: 'swap',
      }));
    });
  const changes: RotaBar[] = [
    ...shifts.overrides.map(({ from, until, person, instead }): RotaBar => ({
      from,
      until,
      ...(person ? { kind: 'override', person: named(person) } : { kind: 'off', ...(instead && { person: named(instead) }) }),
    })),
    ...shifts.swaps
      .filter(({ state }) => state === 'open' || state === 'taken')
      .map(({ from, until, by, takenBy }): RotaBar =>
        takenBy ? { from, until, kind: 'override', person: named(takenBy) } : { from, until, kind: 'asked', ...(by && { person: named(by) }) },
      ),
    ...shifts.temporaries.flatMap((temporary) =>
      temporary.shifts.flatMap(({ from, until, person }): RotaBar[] => (person ? [{ from, until, kind: 'override', person: named(person) }] : [])),
    ),
  ];
  const gaps = gapsOf(shifts).map(({ from, until }): RotaBar => ({ from, until, kind: 'gap' }));
  return [
    ...layers,
    { id: 'overrides', label: words.rota.overrides, sub: words.rota.overridesSub, bars: changes, drag: 'stretch' },
    ...(shifts.shadows.length ? [{ id: 'shadows', label: words.layer.shadow, sub: words.rota.shadowSub, bars: barsAt(0, shifts.shadows) }] : []),
    ...Array.from({ length: deepest(shifts.result) }, (_, place): RotaRow => ({
      id: `result ${place}`,
      label: place ? words.rota.together : words.rota.result,
      sub: place ? words.rota.togetherSub : words.rota.resultSub,
      bars: place ? barsAt(place, shifts.result) : [...barsAt(0, shifts.result), ...gaps],
      result: true,
      drag: 'stretch',
    })),
  ];
}
