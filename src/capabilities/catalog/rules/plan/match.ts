import { slugOf } from '../slug.ts';
import type { Thing } from '../../importers/reading.ts';
import { isEmpty, kindOfType, plainName, type Values } from './values.ts';

/** A record of the catalog as a plan sees it. */
export interface KnownRecord {
  readonly id: string;
  readonly kind: 'service' | 'component';
  readonly number: string;
  /** Services only. */
  readonly slug: string | null;
  /** Retired, by hand or because no source named it any more. */
  readonly archived: boolean;
  readonly values: Values;
}

export type Match = { readonly id: string; readonly because: string };

/** Finds the record that a thing seen for the first time is; none where two could be meant. */
export function matcherOf(records: Iterable<KnownRecord>): (thing: Thing, isFree: (id: string) => boolean) => Match | null {
  const index = new Map<string, string[]>();
  const put = (key: string, id: string) => {
    const known = index.get(key);
    if (known) known.push(id);
    else index.set(key, [id]);
  };
  for (const { id, kind, slug, archived, values } of records) {
    if (archived) continue;
    for (const [how, value] of keysOf({ kind, slug, name: values.name ?? '', type: values.type, address: values.address, cloudId: values.cloudId })) put(`${how} ${value}`, id);
  }
  return (thing, isFree) => {
    const slug = thing.kind === 'service' ? (thing.slug ?? slugOf(thing.name)) : null;
    for (const [how, value] of keysOf({ ...thing, slug })) {
      const found = (index.get(`${how} ${value}`) ?? []).filter(isFree);
      if (found.length === 1) return { id: found[0]!, because: `the same ${how}: ${value}` };
    }
    return null;
  };
}

type Keyed = {
  readonly kind: string;
  readonly slug: string | null;
  readonly name: string;
  readonly type: string | null | undefined;
  readonly address: unknown;
  readonly cloudId: unknown;
};

/** By what two of a kind are the same, the surest first. */
function keysOf({ kind, slug, name, type, address, cloudId }: Keyed): readonly (readonly [string, string])[] {
  const plain = plainName(name);
  const named = plain === '' ? [] : ([[kind === 'service' ? 'name' : `name of a ${kindOfType(type)}`, plain]] as const);
  if (kind === 'service') return [...(isEmpty(slug) ? [] : ([['slug', slug!]] as const)), ...named];
  const text = (value: unknown) => String(value).toLowerCase();
  return [
    ...(isEmpty(cloudId) ? [] : ([['cloud id', text(cloudId)]] as const)),
    ...(isEmpty(address) ? [] : ([[`address of a ${kindOfType(type)}`, text(address)]] as const)),
    ...named,
  ];
}
