import type { Owner } from '../importers/reading.ts';
import { plainName } from '../rules/index.ts';
import type { NamedOwner } from '../store/world.ts';

export type Meant = Pick<NamedOwner, 'id' | 'kind'>;

/** Whom a source means by an owner: who was named for it, else the one team or person of that name. */
export function ownersMeant(owners: readonly Owner[], given: Readonly<Record<string, string>>, known: readonly NamedOwner[]): ReadonlyMap<string, Meant> {
  const byName = Map.groupBy(known, ({ kind, title }) => `${kind} ${plainName(title)}`);
  const byId = new Map(known.map((one) => [one.id, one]));
  const found = new Map<string, Meant>();
  for (const { ref, kind, name } of owners) {
    const chosen = byId.get(given[ref] ?? '');
    // `group:default/payments-team` is also asked for by its last word.
    const names = [name, ref.slice(ref.lastIndexOf('/') + 1)].map((one) => plainName(one).replace(/team$/, ''));
    const fits = chosen ? [chosen] : names.flatMap((one) => [one, `${one}team`].flatMap((word) => byName.get(`${kind} ${word}`) ?? []));
    const distinct = [...new Map(fits.map((one) => [one.id, one])).values()];
    if (distinct.length === 1) found.set(ref, { id: distinct[0]!.id, kind: distinct[0]!.kind });
  }
  return found;
}
