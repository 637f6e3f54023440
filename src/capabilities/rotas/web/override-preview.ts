import { previewOf, type Override } from '../rules/index.ts';
import { instantOfLocal, rotaFrom } from '../rules/reading.ts';
import type { Rota } from './layer-values.ts';
import type { Shifts } from './rows.ts';

export interface Change {
  readonly from: number;
  readonly until: number;
  /** Names, as they are shown. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Said {
  readonly kind: 'replace' | 'add' | 'remove';
  /** Number of who comes; '' is nobody. */
  readonly person: string;
  readonly instead: string;
  readonly layerId: string;
  readonly from: string;
  readonly until: string;
}

/** What an override would change, by the same rules by which the desk pages; undefined while its times say nothing. */
export function changesOf(
  { rota, shifts, names }: { readonly rota: Rota; readonly shifts: Shifts; readonly names: ReadonlyMap<string, string> },
  said: Said,
  now: number,
): readonly Change[] | undefined {
  const [from, until] = [Math.max(now, instantOfLocal(rota.zone, said.from)), instantOfLocal(rota.zone, said.until)];
  if (!(from < until)) return undefined;
  const is = rotaFrom(rota.zone, rota.layers, shifts);
  const ids = new Map(rota.layers.flatMap((layer) => layer.people.flat().map((person): [string, string] => [person.number, person.id])));
  const idOf = (number: string) => (number === '' ? null : (ids.get(number) ?? number));
  const override: Override = { id: 'draft', kind: said.kind, personId: idOf(said.person), insteadId: idOf(said.instead), layerId: said.layerId || null, from, until, madeAt: now };
  const { differs } = previewOf(is, { ...is, overrides: [...is.overrides, override] }, { window: { from, until }, zone: rota.zone, holidays: is.holidays ?? [] });
  const named = (people: readonly string[]) => people.map((id) => names.get(id) ?? id);
  return differs.map((piece) => ({ from: piece.from, until: piece.until, before: named(piece.before), after: named(piece.after) }));
}
