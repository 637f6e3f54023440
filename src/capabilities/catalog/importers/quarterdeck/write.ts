import { stringify } from 'yaml';
import type { Owner, Reading, Relation, Thing } from '../reading.ts';

type Catalog = Pick<Reading, 'things' | 'relations' | 'redundancy' | 'owners'>;

const byText =
  <T>(text: (one: T) => string) =>
  (a: T, b: T) =>
    text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;

/** `service:payments-api` → `{ service: 'payments-api' }`. */
function named(ref: string): Record<string, string> {
  return { [ref.startsWith('service:') ? 'service' : 'component']: ref.slice(ref.indexOf(':') + 1) };
}

function need({ provider, impact, group, note, word, confidence, inferred }: Relation) {
  return {
    ...named(provider),
    ...(impact !== 'hard' && { impact }),
    ...(group !== null && { group }),
    ...(note !== '' && { note }),
    ...(word !== 'dependsOn' && { as: word }),
    ...(confidence !== 100 && { confidence }),
    ...(inferred && { inferred }),
  };
}

/** Names rather than references; a person by the address people are found by. */
function ownerName(ref: string | null, owners: ReadonlyMap<string, Owner>): string | null {
  const owner = ref === null ? undefined : owners.get(ref);
  return owner === undefined ? null : owner.kind === 'person' ? (owner.email ?? owner.name) : owner.name;
}

const isSaid = (value: unknown) =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0) && !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

/**
 * The catalog as the desk's own YAML: a document for each service, then for each component, in the order of their names for references, and each
 * field on its line in one fixed order, so that a change of the catalog is a change of few lines. `ref` is `service:SLUG` or `component:ID`.
 */
export function writeQuarterdeck(catalog: Catalog): string {
  return [...quarterdeckDocuments(catalog)].join('');
}

/** The same, a document at a time: a large catalog takes seconds, and a caller may pause between two of them. */
export function* quarterdeckDocuments({ things, relations, redundancy, owners }: Catalog): Generator<string> {
  const people = new Map(owners.map((owner) => [owner.ref, owner]));
  const needs = Map.groupBy(relations, ({ consumer }) => consumer);
  const groups = Map.groupBy(redundancy, ({ consumer }) => consumer);
  for (const thing of things.toSorted(byText((one: Thing) => `${one.kind === 'service' ? 0 : 1}${one.ref}`))) {
    const mine = (groups.get(thing.ref) ?? []).toSorted(byText(({ group }) => group));
    const fields = {
      quarterdeck: 'v1',
      ...named(thing.ref),
      name: thing.name,
      type: thing.type,
      summary: thing.summary,
      lifecycle: thing.lifecycle,
      tier: thing.tier,
      team: ownerName(thing.owner, people),
      lead: ownerName(thing.lead, people),
      capability: thing.capability,
      usersAffected: thing.usersAffected,
      rpo: thing.rpo,
      rto: thing.rto,
      supportHours: thing.supportHours,
      address: thing.address,
      cloudId: thing.cloudId,
      links: thing.links,
      tags: thing.tags,
      attributes: new Map(Object.entries(thing.attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      needs: (needs.get(thing.ref) ?? []).toSorted(byText(({ provider }) => provider)).map(need),
      redundancy: new Map(mine.map(({ group, minUp, unit }) => [group, unit === 'percent' ? `${minUp}%` : minUp])),
    };
    const said = Object.entries(fields).filter(([, value]) => (value instanceof Map ? value.size > 0 : isSaid(value)));
    yield `---\n${stringify(new Map(said), { lineWidth: 0, aliasDuplicateObjects: false })}`;
  }
}
