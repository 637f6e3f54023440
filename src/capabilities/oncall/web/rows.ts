import type { Out, Ref } from '#kernel/contract.ts'
import type { RotaBar, RotaRow } from '#web/ui/RotaBars.tsx'
import type { oncall } from '../contract.ts'
import { rhythmOf } from './Layers.tsx'
import type { Rota } from './LayerFields.tsx'
import { words } from './words.ts'

export type Shifts = Out<(typeof oncall)['verbs']['shifts']>
type Shift = Shifts['result'][number]

/** People on call together share one bar: its colour is the first one's, its words name all. */
function together(people: readonly Ref[]): Pick<RotaBar, 'person'> {
  const [first] = people
  return first ? { person: { id: first.id, name: people.map(({ title }) => title).join(', ') } } : {}
}

const barOf = ({ from, until, people, by }: Shift): RotaBar => ({ from, until, kind: people.length ? (by === 'override' ? 'override' : 'shift') : 'off', ...together(people) })

export interface Gap {
  readonly from: string
  readonly until: string
  /** `override`: somebody took everybody off on purpose. */
  readonly because: 'layers' | 'override'
}

/** Hours in which nobody is paged, whether no layer covers them or an override takes everybody off. */
export function gapsOf({ gaps, result }: Shifts): readonly Gap[] {
  const off = result.filter(({ people }) => !people.length).map(({ from, until }): Gap => ({ from, until, because: 'override' }))
  const open = gaps.filter(({ from }) => !off.some((each) => each.from === from)).map(({ from, until }): Gap => ({ from, until, because: 'layers' }))
  return [...open, ...off].toSorted((one, other) => one.from.localeCompare(other.from))
}

/** One row for each layer, one for the overrides, and the result with its gaps. */
export function rowsOf(rota: Rota, shifts: Shifts): readonly RotaRow[] {
  const layers = rota.layers.map((layer): RotaRow => ({
    id: layer.id,
    label: layer.name,
    sub: rhythmOf(layer),
    bars: shifts.layers.find(({ layerId }) => layerId === layer.id)?.shifts.map(barOf) ?? [],
  }))
  const overrides = shifts.overrides.map(({ from, until, person }): RotaBar => ({ from, until, ...(person ? { kind: 'override', person: { id: person.id, name: person.title } } : { kind: 'off' }) }))
  const result = shifts.result.filter(({ people }) => people.length).map((shift) => ({ ...barOf(shift), kind: 'shift' as const }))
  const gaps = gapsOf(shifts).map(({ from, until }): RotaBar => ({ from, until, kind: 'gap' }))
  return [
    ...layers,
    { id: 'overrides', label: words.rota.overrides, sub: words.rota.overridesSub, bars: overrides },
    { id: 'result', label: words.rota.result, sub: words.rota.resultSub, bars: [...result, ...gaps].toSorted((one, other) => String(one.from).localeCompare(String(other.from))), result: true },
  ]
}
