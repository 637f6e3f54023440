import type { Thing } from '../../importers/reading.ts';

type Links = readonly { readonly label: string; readonly url: string }[];
/** What of a record a source may say; only what is said: a field that is left out is not emptied. `team` and `lead` are ids. */
export type Values = {
  readonly name?: string;
  readonly type?: string;
  readonly summary?: string;
  readonly lifecycle?: string;
  readonly address?: string;
  readonly cloudId?: string;
  readonly team?: string;
  readonly lead?: string;
  readonly capability?: string;
  readonly tier?: number;
  readonly usersAffected?: number;
  readonly rpoMinutes?: number;
  readonly rtoMinutes?: number;
  readonly supportHours?: string;
  readonly links?: Links;
  readonly tags?: readonly string[];
};
export type Field = keyof Values;

const OF_SERVICES: readonly Field[] = ['capability', 'tier', 'usersAffected', 'rpoMinutes', 'rtoMinutes', 'supportHours'];
const OF_COMPONENTS: readonly Field[] = ['type', 'address', 'cloudId'];

/** Letters and digits only, without case and accents: `Web-01` and `web 01` are one name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** An inventory calls a machine a host, whatever it runs on: these are one kind for finding and comparing. */
export function kindOfType(type: string | null | undefined): string {
  return type === 'host' || type === 'vm' || type === 'cloud' ? 'machine' : (type ?? '');
}

/** What a source says of a thing, in the catalog's fields. `ownerOf` finds the team or person that is meant, if there is one. */
export function valuesOf(thing: Thing, ownerOf: (ref: string) => { readonly kind: 'team' | 'person'; readonly id: string } | undefined): Values {
  const owners = [thing.owner, thing.lead].flatMap((ref) => (ref === null ? [] : (ownerOf(ref) ?? [])));
  const lead = owners.findLast(({ kind }) => kind === 'person')?.id;
  // What is gone is left out by its source; a record is retired by people, or when no source names it any more.
  const lifecycle = thing.lifecycle === 'retired' ? 'retiring' : thing.lifecycle;
  const all = {
    name: thing.name,
    type: thing.type,
    summary: thing.summary,
    lifecycle,
    address: thing.address,
    cloudId: thing.cloudId,
    team: owners.find(({ kind }) => kind === 'team')?.id,
    lead,
    capability: thing.capability?.slice(0, 120),
    tier: thing.tier,
    usersAffected: thing.usersAffected,
    rpoMinutes: thing.rpo,
    rtoMinutes: thing.rto,
    supportHours: thing.supportHours?.slice(0, 120),
    links: thing.links.toSorted((a, b) => (a.url < b.url ? -1 : 1)),
    tags: tagsOf(thing.tags),
  };
  const foreign = new Set(thing.kind === 'service' ? OF_COMPONENTS : OF_SERVICES);
  return Object.fromEntries(Object.entries(all).filter(([field, value]) => !isEmpty(value) && !foreign.has(field as Field))) as Values;
}

/** Tags as the catalog writes them: lower case, without spaces. */
function tagsOf(given: readonly string[]): readonly string[] {
  const tags = given.map((tag) =>
    tag
      .toLowerCase()
      .replaceAll(/[\s,;]+/g, '-')
      .slice(0, 80),
  );
  return [...new Set(tags)].toSorted().slice(0, 50);
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

export function isSame(a: unknown, b: unknown): boolean {
  return (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);
}

/** Tags are taken one by one: what the source adds comes in, what it drops goes, and what people added or removed stays so. */
function mergeTags(ours: readonly string[], base: readonly string[], theirs: readonly string[]): readonly string[] {
  const added = theirs.filter((tag) => !base.includes(tag));
  const dropped = base.filter((tag) => !theirs.includes(tag));
  return [...new Set([...ours, ...added])].filter((tag) => !dropped.includes(tag)).toSorted();
}

/** Another spelling of the same name, or another word for the same kind of machine. */
function isSpelling(field: Field, ours: Values, theirs: Values): boolean {
  if (field === 'type') return kindOfType(ours.type) === kindOfType(theirs.type);
  return field === 'name' && plainName(ours.name ?? '') === plainName(theirs.name ?? '');
}

export interface Conflict {
  readonly field: Field;
  /** What the record says. */
  readonly ours: unknown;
  /** What the source says. */
  readonly theirs: unknown;
}

/**
 * What a source may write: where the record still says what the source said last, or nothing at all. Where somebody
 * else has said something else, the record stays as it is and the two disagree.
 */
export function merge(ours: Values, base: Values | null, theirs: Values): { readonly write: Values; readonly conflicts: readonly Conflict[] } {
  const write: [Field, unknown][] = [];
  const conflicts: Conflict[] = [];
  for (const [field, said] of Object.entries(theirs) as [Field, unknown][]) {
    const [own, before] = [ours[field], base?.[field]];
    if (field === 'tags') {
      const tags = mergeTags(ours.tags ?? [], base?.tags ?? [], theirs.tags ?? []);
      if (!isSame(tags, ours.tags)) write.push([field, tags]);
      continue;
    }
    if (isSame(own, said) || (base === null && isSpelling(field, ours, theirs))) continue;
    if (isEmpty(own) || (base !== null && isSame(own, before))) write.push([field, said]);
    // A person has changed it since, and the source only repeats itself: that stands as a disagreement, but it is no news.
    else conflicts.push({ field, ours: own, theirs: said });
  }
  return { write: Object.fromEntries(write) as Values, conflicts };
}
