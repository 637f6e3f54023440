import type { Findings } from '../reading.ts';
import { at } from '../untyped.ts';
import { isName, isNamespace } from './entity.ts';
import type { Entity } from './entity.ts';

/** `[from, word, to]` as Backstage itself derives it, by entity reference. */
export interface Derived {
  readonly from: string;
  readonly word: string;
  readonly to: string;
}

interface Field {
  readonly name: string;
  readonly word: string;
  /** Null: the kind must be written. */
  readonly kind: string | null;
  /** The named entity is where the relation begins. */
  readonly inverse?: true;
}

/** well-known-relations.md: each pair of relations in its forward direction. */
const fields: readonly Field[] = [
  { name: 'owner', word: 'ownedBy', kind: 'group' },
  { name: 'system', word: 'partOf', kind: 'system' },
  { name: 'domain', word: 'partOf', kind: 'domain' },
  { name: 'subdomainOf', word: 'partOf', kind: 'domain' },
  { name: 'subcomponentOf', word: 'partOf', kind: 'component' },
  { name: 'providesApis', word: 'providesApi', kind: 'api' },
  { name: 'consumesApis', word: 'consumesApi', kind: 'api' },
  { name: 'dependsOn', word: 'dependsOn', kind: null },
  { name: 'dependencyOf', word: 'dependsOn', kind: null, inverse: true },
  { name: 'parent', word: 'childOf', kind: 'group' },
  { name: 'children', word: 'childOf', kind: 'group', inverse: true },
  { name: 'memberOf', word: 'memberOf', kind: 'group' },
  { name: 'members', word: 'memberOf', kind: 'user', inverse: true },
];

type Parsed = { readonly ref: string } | { readonly fault: 'kind' | 'form' };

/** `[kind:][namespace/]name`, split at the first colon and the first slash. */
export function parseRef(text: string, kind: string | null, namespace: string): Parsed {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  const slash = rest.indexOf('/');
  const parts = { kind: colon < 0 ? kind : text.slice(0, colon).trim(), namespace: slash < 0 ? namespace : rest.slice(0, slash).trim(), name: rest.slice(slash + 1).trim() };
  if (parts.kind === null || parts.kind === '') return { fault: 'kind' };
  if (!isName(parts.name) || !isNamespace(parts.namespace) || !/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(parts.kind)) return { fault: 'form' };
  return { ref: `${parts.kind}:${parts.namespace}/${parts.name}`.toLowerCase() };
}

function named(entity: Entity, field: Field, written: unknown, findings: Findings): string | null {
  const place = { file: entity.file, line: entity.line, subject: entity.ref };
  const parsed = typeof written === 'string' && written.length < 300 ? parseRef(written.trim(), field.kind, entity.namespace) : { fault: 'form' as const };
  if ('ref' in parsed) return parsed.ref;
  const shown = typeof written === 'string' ? written : (JSON.stringify(written)?.slice(0, 60) ?? '');
  if (parsed.fault === 'kind') {
    findings.add('warning', 'reference-without-kind', `${entity.ref} says ${field.name}: ${shown} without a kind; write component:${shown} or resource:${shown}.`, {
      ...place,
      value: shown,
    });
  } else findings.add('warning', 'bad-reference', `${entity.ref} says ${field.name}: ${shown}, which is no reference to an entity.`, { ...place, value: shown });
  return null;
}

/** The relations that the entities say, each once, in the order of their texts. */
export function relationsOf(entities: readonly Entity[], findings: Findings): Derived[] {
  const found = new Map<string, Derived>();
  for (const entity of entities) {
    for (const field of fields) {
      const written = at(entity.spec, field.name);
      if (written === undefined || written === null || written === '') continue;
      for (const one of Array.isArray(written) ? written : [written]) {
        const other = named(entity, field, one, findings);
        if (other === null) continue;
        const [from, to] = field.inverse ? [other, entity.ref] : [entity.ref, other];
        found.set(`${from} ${field.word} ${to}`, { from, word: field.word, to });
      }
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation);
}

/** References that no entity answers to, each once and sorted. */
export function danglingOf(entities: readonly Entity[], relations: readonly Derived[]): string[] {
  const known = new Set(entities.map(({ ref }) => ref));
  return [...new Set(relations.flatMap(({ from, to }) => [from, to]))].filter((ref) => !known.has(ref)).toSorted();
}

/**
 * Circles of `dependsOn`: each entity that depends on itself, and each set of entities of which every one depends on every other (Tarjan's
 * strongly connected components, without recursion). Sorted inside and outside.
 */
export function cyclesOf(relations: readonly Derived[]): string[][] {
  const next = new Map<string, string[]>();
  const cycles: string[][] = [];
  for (const { from, word, to } of relations) {
    if (word !== 'dependsOn') continue;
    if (from === to) cycles.push([from]);
    else if (!next.get(from)?.push(to)) next.set(from, [to]);
  }
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const enter = (ref: string) => {
    order.set(ref, order.size);
    low.set(ref, order.size - 1);
    open.push(ref);
    isOpen.add(ref);
    return { ref, place: 0 };
  };
  const lower = (ref: string, to: number) => low.set(ref, Math.min(low.get(ref) ?? to, to));
  for (const start of next.keys()) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = next.get(top.ref)?.[top.place];
      top.place += 1;
      if (to !== undefined) {
        if (!order.has(to)) path.push(enter(to));
        else if (isOpen.has(to)) lower(top.ref, order.get(to) ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.ref, low.get(top.ref) ?? 0);
      if (low.get(top.ref) !== order.get(top.ref)) continue;
      const members = open.splice(open.lastIndexOf(top.ref));
      for (const member of members) isOpen.delete(member);
      if (members.length > 1) cycles.push(members.toSorted());
    }
  }
  return cycles.toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
}
