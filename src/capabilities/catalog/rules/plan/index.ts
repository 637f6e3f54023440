import type { Thing } from '../../importers/reading.ts';
import type { FieldMove } from '../moves.ts';
import { slugOf } from '../slug.ts';
import { planEdges, type PlannedEdge } from './edges.ts';
import { matcherOf } from './match.ts';
import { isSame, merge, valuesOf, type Conflict, type Field, type Values } from './values.ts';
import type { Identity, SaidGroup, SaidReading, World } from './world.ts';

export type { KnownRecord } from './match.ts';
export { isSame, kindOfType, plainName, type Field, type Values } from './values.ts';
export type { PlannedEdge } from './edges.ts';
export type { Identity, KnownEdge, World } from './world.ts';

export type ThingOp = 'create' | 'match' | 'change' | 'return' | 'same';
export interface PlannedThing {
  readonly op: ThingOp;
  readonly ref: string;
  readonly kind: 'service' | 'component';
  /** Null: it is made when the plan is applied. */
  readonly recordId: string | null;
  readonly name: string;
  /** New services. */
  readonly slug: string | null;
  readonly because: string;
  /** What is written. */
  readonly write: Values;
  readonly fields: readonly FieldMove[];
  readonly conflicts: readonly Conflict[];
  /** It disagrees with the record in something that it did not say before: who only repeats itself says nothing new. */
  readonly isNews: boolean;
  /** All that the source says, kept for the next comparison. */
  readonly said: Identity['said'] & { readonly attributes: Readonly<Record<string, string>>; readonly owner: string | null };
}

export interface Plan {
  readonly things: readonly PlannedThing[];
  readonly stale: readonly { readonly ref: string; readonly recordId: string; readonly name: string }[];
  readonly edges: readonly PlannedEdge[];
  /** Null takes the group's size away: the source says it no longer. */
  readonly groups: readonly { readonly consumerRef: string; readonly group: string; readonly minUp: number | null; readonly unit: 'count' | 'percent' }[];
}

/** What applying a reading would do to the catalog. Nothing goes stale or ends by a reading that is not complete. */
export function planOf(reading: SaidReading, world: World): Plan {
  const matchOf = matcherOf(world.records.values());
  const taken = new Set([...world.identities.values()].map(({ recordId }) => recordId));
  const slugs = new Set([...world.records.values()].flatMap(({ slug }) => slug ?? []));
  const groupsOf = Map.groupBy(reading.redundancy, ({ consumer }) => consumer);
  const things = reading.things.map((thing): PlannedThing => {
    const theirs = valuesOf(thing, world.ownerOf);
    const groups = (groupsOf.get(thing.ref) ?? []).map(({ group, minUp, unit }) => ({ group, minUp, unit }));
    const said = { values: theirs, groups, attributes: thing.attributes, owner: thing.owner };
    const identity = world.identities.get(thing.ref);
    const match = identity ? null : matchOf(thing, (id) => !taken.has(id));
    const record = world.records.get(identity?.recordId ?? match?.id ?? '');
    const shared = { ref: thing.ref, kind: record?.kind ?? thing.kind, said };
    if (!record) {
      const slug = thing.kind === 'service' ? freeSlug(thing, slugs) : null;
      return {
        ...shared,
        op: 'create',
        recordId: null,
        name: thing.name,
        slug,
        because: 'nothing in the catalog is this',
        write: theirs,
        fields: movesOf({}, theirs, world.nameOf),
        conflicts: [],
        isNews: false,
      };
    }
    taken.add(record.id);
    const { write, conflicts } = merge(record.values, identity?.said.values ?? null, record.kind === thing.kind ? theirs : {});
    const fields = movesOf(record.values, write, world.nameOf);
    const returns = record.archived && identity?.archivedByDesk === true;
    const op = match ? 'match' : returns ? 'return' : fields.length > 0 && !record.archived ? 'change' : 'same';
    const because = match?.because ?? (returns ? 'its source names it again' : `known from this source as ${record.number}`);
    return {
      ...shared,
      op,
      recordId: record.id,
      name: record.values.name ?? thing.name,
      slug: null,
      because,
      write: record.archived && !returns ? {} : write,
      fields,
      conflicts,
      isNews: conflicts.some(({ field, theirs: says }) => !isSame(says, identity?.said.values[field])),
    };
  });
  const named = new Set(reading.things.map(({ ref }) => ref));
  const gone = reading.complete ? [...world.identities].filter(([ref, { staleSince }]) => !named.has(ref) && staleSince === null) : [];
  const recordOf = new Map(things.map(({ ref, recordId }) => [ref, recordId]));
  // Nothing depends on what people retired, whatever the source says.
  const retired = new Set(things.flatMap(({ ref, recordId, op }) => (op !== 'return' && world.records.get(recordId ?? '')?.archived ? [ref] : [])));
  const relations = reading.relations.filter(({ provider, consumer }) => !retired.has(provider) && !retired.has(consumer));
  return {
    things,
    stale: gone.map(([ref, { recordId }]) => ({ ref, recordId, name: world.records.get(recordId)?.values.name ?? ref })),
    edges: planEdges({ ...reading, relations }, world, recordOf),
    groups: planGroups(things, world),
  };
}

function freeSlug(thing: Thing, slugs: Set<string>): string {
  const wanted = thing.slug ?? (slugOf(thing.name) || slugOf(thing.ref) || 'service');
  let slug = wanted;
  for (let i = 2; slugs.has(slug); i += 1) slug = `${wanted.slice(0, 74)}-${i}`;
  slugs.add(slug);
  return slug;
}

const WORDS: { readonly [K in Field]?: string } = { cloudId: 'cloud id', usersAffected: 'users affected', rpoMinutes: 'RPO', rtoMinutes: 'RTO', supportHours: 'support hours' };

/** Written fields in words: what the page and the table of changes show. */
function movesOf(ours: Values, write: Values, nameOf: (id: string) => string): readonly FieldMove[] {
  return (Object.keys(write) as Field[]).map((field) => ({
    field: WORDS[field] ?? field,
    before: wordsOf(field, ours[field], nameOf),
    after: wordsOf(field, write[field], nameOf),
  }));
}

/** One value as people read it. */
export function wordsOf(field: Field, value: unknown, nameOf: (id: string) => string): string {
  if (typeof value === 'string') return field === 'team' || field === 'lead' ? nameOf(value) : value;
  if (typeof value === 'number') return field.endsWith('Minutes') ? `${value} min` : `${value}`;
  if (!Array.isArray(value)) return '';
  return (value as readonly (string | { readonly label: string })[]).map((one) => (typeof one === 'string' ? one : one.label)).join(', ');
}

function planGroups(things: readonly PlannedThing[], world: World): Plan['groups'] {
  const present = new Map(world.redundancies.map((one) => [`${one.consumerId} ${one.group}`, one]));
  return things.flatMap(({ ref, recordId, said }) => {
    const before = new Map((world.identities.get(ref)?.said.groups ?? []).map((one) => [one.group, one]));
    const agree = (a: SaidGroup | undefined, b: SaidGroup | undefined) => a?.minUp === b?.minUp && a?.unit === b?.unit;
    const now = (group: string) => present.get(`${recordId} ${group}`);
    // What a person has set since stays while the source only repeats itself.
    const set = said.groups.filter((one) => !agree(one, now(one.group)) && !agree(one, before.get(one.group)));
    const dropped = [...before.values()].filter((one) => !said.groups.some(({ group }) => group === one.group) && agree(one, now(one.group)));
    return [...set.map((one) => ({ ...one, consumerRef: ref })), ...dropped.map(({ group, unit }) => ({ consumerRef: ref, group, unit, minUp: null }))];
  });
}

/** Whether it would do nothing but see everything again, and says nothing new. */
export function isIdle({ things, stale, edges, groups }: Plan): boolean {
  return things.every(({ op, isNews }) => op === 'same' && !isNews) && stale.length === 0 && groups.length === 0 && edges.every(({ op }) => op === 'seen');
}
