import type { Draft, Findings, Owner, Reading, Redundancy, Relation, Thing } from './reading.ts';
import { isSecret, safeUrl } from './secrets.ts';
import { block, oneLine, refOf } from './wording.ts';

const mostRelations = 500_000;
const mostThings = 100_000;
const mostAttributes = 100;

function attributesOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(given)
    .filter(([key, value]) => key.trim() !== '' && value.trim() !== '' && !isSecret(key, value))
    .map(([key, value]) => [oneLine(key, 200), block(value, 500)] as const);
  return Object.fromEntries(kept.slice(0, mostAttributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function linksOf(given: Thing['links']): Thing['links'] {
  const kept = new Map<string, string>();
  for (const { label, url } of given) {
    const safe = safeUrl(url.trim());
    if (safe !== null && !kept.has(safe)) kept.set(safe, oneLine(label, 80) || oneLine(new URL(safe).hostname, 80));
  }
  return [...kept].slice(0, 20).map(([url, label]) => ({ label, url }));
}

const unlessSecret = (text: string) => (isSecret('', text) ? '' : text);

/** As the catalog writes them: lower case, without spaces, commas and semicolons. */
function tagsOf(given: readonly string[]): string[] {
  const tags = given.map((tag) =>
    oneLine(
      oneLine(unlessSecret(tag), 80)
        .toLowerCase()
        .replace(/[\s,;]+/g, '-'),
      80,
    ),
  );
  return [...new Set(tags)]
    .filter((tag) => tag !== '')
    .toSorted()
    .slice(0, 50);
}

function clean(thing: Thing): Thing {
  const orNull = (text: string | null, length: number) => (text === null ? null : oneLine(unlessSecret(text), length) || null);
  return {
    ...thing,
    ref: refOf(thing.ref),
    owner: thing.owner && refOf(thing.owner),
    lead: thing.lead && refOf(thing.lead),
    name: oneLine(thing.name, 200) || oneLine(thing.ref, 200),
    summary: block(unlessSecret(thing.summary), 1000),
    address: oneLine(unlessSecret(thing.address), 300),
    cloudId: orNull(thing.cloudId, 500),
    capability: orNull(thing.capability, 120),
    supportHours: orNull(thing.supportHours, 120),
    links: linksOf(thing.links),
    tags: tagsOf(thing.tags),
    attributes: attributesOf(thing.attributes),
  };
}

function uniqueThings(given: readonly Thing[], findings: Findings): Map<string, Thing> {
  const things = new Map<string, Thing>();
  const names = new Map<string, string>();
  for (const thing of given.slice(0, mostThings).map(clean)) {
    const place = { file: thing.file, line: thing.line, subject: thing.ref };
    if (things.has(thing.ref)) {
      findings.add('warning', 'duplicate', `${thing.ref} stands twice in this source; the first one counts.`, place);
      continue;
    }
    things.set(thing.ref, thing);
    const name = `${thing.kind} ${thing.type ?? ''} ${thing.name.toLowerCase()}`;
    const other = names.get(name);
    if (other !== undefined) findings.add('warning', 'duplicate-name', `${thing.ref} has the same name as ${other}: “${thing.name}”.`, { ...place, value: thing.name });
    else names.set(name, thing.ref);
  }
  if (given.length > mostThings) findings.add('error', 'too-many', `This source names ${given.length} services and components; at most ${mostThings} are read.`);
  return things;
}

function uniqueRelations(given: readonly Relation[], things: ReadonlyMap<string, Thing>, findings: Findings): Relation[] {
  const kept = new Map<string, Relation>();
  for (const relation of given.slice(0, mostRelations)) {
    const { word } = relation;
    const [provider, consumer] = [refOf(relation.provider), refOf(relation.consumer)];
    const place = { file: things.get(consumer)?.file ?? things.get(provider)?.file ?? null, line: things.get(consumer)?.line ?? null, subject: consumer };
    const missing = [provider, consumer].find((ref) => !things.has(ref));
    if (missing !== undefined) findings.add('warning', 'dangling-reference', `${consumer} ${word} ${provider}: ${missing} is not in this source.`, { ...place, value: missing });
    else if (provider === consumer) findings.add('warning', 'self-relation', `${consumer} ${word} itself; nothing can depend on itself.`, { ...place, value: word });
    else {
      // Two words for one dependency are one edge: the surer and the harder one stands.
      const key = JSON.stringify([provider, consumer]);
      const before = kept.get(key);
      if (before === undefined || rank(relation) > rank(before))
        kept.set(key, { ...relation, provider, consumer, note: oneLine(unlessSecret(relation.note), 500), group: relation.group && oneLine(relation.group, 80) });
    }
  }
  if (given.length > mostRelations) findings.add('error', 'too-many', `This source names ${given.length} dependencies; at most ${mostRelations} are read.`);
  return [...kept.values()];
}

function rank({ impact, confidence }: Relation): number {
  return confidence * 4 + ['none', 'soft', 'hard'].indexOf(impact);
}

function usedRedundancy(given: readonly Redundancy[], relations: readonly Relation[], findings: Findings): Redundancy[] {
  const used = new Set(relations.map(({ consumer, group }) => JSON.stringify([consumer, group])));
  const kept = new Map<string, Redundancy>();
  for (const each of given) {
    const one = { ...each, consumer: refOf(each.consumer), group: oneLine(each.group, 80) };
    const key = JSON.stringify([one.consumer, one.group]);
    if (used.has(key)) kept.set(key, one);
    else findings.add('warning', 'empty-group', `The redundancy group ${one.group} of ${one.consumer} has no member.`, { subject: one.consumer, value: one.group });
  }
  return [...kept.values()];
}

/** One place for what no source may do to the catalog, whatever its format. */
export function settle(draft: Draft, findings: Findings): Reading {
  const things = uniqueThings(draft.things, findings);
  const relations = uniqueRelations(draft.relations ?? [], things, findings);
  const redundancy = usedRedundancy(draft.redundancy ?? [], relations, findings);
  const owners = new Map<string, Owner>();
  for (const owner of draft.owners ?? []) {
    const ref = refOf(owner.ref);
    if (!owners.has(ref)) owners.set(ref, { ...owner, ref, name: oneLine(owner.name, 200) || ref, email: owner.email && oneLine(owner.email, 200) });
  }
  return { things: [...things.values()], relations, redundancy, owners: [...owners.values()], findings: findings.kept, complete: findings.complete(), states: draft.states ?? [] };
}
