import type { Findings, SourceFile } from '../reading.ts';
import { at, entriesAt, isFields, listAt, textAt } from '../untyped.ts';
import { yamlDocuments } from '../yaml.ts';

/** One document of the catalog (backstage.io descriptor format), its envelope checked. */
export interface Entity {
  /** `kind:namespace/name` in lower case. */
  readonly ref: string;
  /** As written. */
  readonly kind: string;
  readonly name: string;
  /** Lower case. */
  readonly namespace: string;
  readonly metadata: unknown;
  readonly spec: unknown;
  readonly file: string;
  readonly line: number;
}

const rootKeys = ['apiVersion', 'kind', 'metadata', 'spec', 'relations', 'status'];
const knownKinds = ['component', 'api', 'resource', 'system', 'domain', 'group', 'user', 'location', 'template'];
const namePattern = /^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;
const namespacePattern = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
const tagPattern = /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/;
/** `${{ values.name }}`, `{{cookiecutter.name}}`: a file that a template writes entities with is not one. */
const placeholder = /\$?\{\{|\{%|\$\{[a-z]/i;

export function isName(text: string): boolean {
  return text.length <= 63 && namePattern.test(text);
}

export function isNamespace(text: string): boolean {
  return text.length <= 63 && namespacePattern.test(text);
}

const required: Readonly<Record<string, readonly string[]>> = {
  component: ['type', 'lifecycle', 'owner'],
  api: ['type', 'lifecycle', 'owner', 'definition'],
  resource: ['type', 'owner'],
  system: ['owner'],
  domain: ['owner'],
  group: ['type', 'children'],
};
const usualLifecycles = ['experimental', 'production', 'deprecated'];
/** What people write for a field of the specification, and what it should have been. */
const misspelt: Readonly<Record<string, string>> = {
  consumesApi: 'consumesApis',
  providesApi: 'providesApis',
  apiConsumedBy: 'consumesApis at the consumer',
  apiProvidedBy: 'providesApis at the provider',
  dependOn: 'dependsOn',
  depends_on: 'dependsOn',
  dependencies: 'dependsOn',
  dependenciesOf: 'dependencyOf',
  partOf: 'system',
  ownedBy: 'owner',
  subComponentOf: 'subcomponentOf',
};

function checkFields(entity: Entity, findings: Findings): void {
  const { ref, kind, metadata, spec, file, line } = entity;
  const place = { file, line, subject: ref };
  for (const field of required[kind.toLowerCase()] ?? []) {
    const said = at(spec, field);
    if (said !== undefined && said !== null && said !== '') continue;
    if (field === 'owner') findings.add('warning', 'missing-owner', `${ref} has no owner.`, place);
    else findings.add('warning', 'missing-field', `${ref} has no spec.${field}.`, { ...place, value: field });
  }
  const lifecycle = textAt(spec, 'lifecycle');
  if (lifecycle !== '' && !usualLifecycles.includes(lifecycle)) {
    findings.add('warning', 'unusual-lifecycle', `${ref} has the lifecycle “${lifecycle}”; usual are ${usualLifecycles.join(', ')}.`, { ...place, value: lifecycle });
  }
  for (const [field] of entriesAt(spec)) {
    const meant = Object.hasOwn(misspelt, field) ? misspelt[field] : undefined;
    if (meant !== undefined) findings.add('warning', 'misspelt-field', `${ref} says spec.${field}, which means nothing; write ${meant}.`, { ...place, value: field });
  }
  for (const tag of listAt(metadata, 'tags')) {
    const text = textAt({ tag }, 'tag');
    if (text.length > 63 || !tagPattern.test(text)) findings.add('info', 'odd-tag', `${ref} has a tag that Backstage would refuse: “${text}”.`, { ...place, value: text });
  }
  if (!knownKinds.includes(kind.toLowerCase())) findings.add('info', 'unknown-kind', `${ref} is of the kind ${kind}, which the catalog does not show.`, { ...place, value: kind });
}

/** Without a kind or a name there is nothing to call it by. A file that is something else entirely (a MkDocs configuration) makes no read incomplete. */
function refuse(value: unknown, place: { file: string; line: number }, findings: Findings): null {
  const isOther = at(value, 'apiVersion') === undefined && at(value, 'kind') === undefined;
  findings.add(isOther ? 'warning' : 'error', 'no-kind-or-name', 'This document has no kind or no metadata.name, so it is not an entity.', place);
  return null;
}

function entityOf(value: unknown, file: string, line: number, findings: Findings): Entity | null {
  const place = { file, line };
  const [kind, name] = [textAt(value, 'kind'), textAt(value, 'metadata', 'name')];
  if (kind === '' || name === '') return refuse(value, place, findings);
  if ([kind, name, textAt(value, 'metadata', 'namespace')].some((text) => placeholder.test(text))) {
    findings.add('warning', 'template-placeholder', `This document is a template: its name is “${name}”. It is left out.`, { ...place, value: name });
    return null;
  }
  const namespace = (textAt(value, 'metadata', 'namespace') || 'default').toLowerCase();
  const ref = `${kind}:${namespace}/${name}`.toLowerCase();
  const unknown = entriesAt(value).flatMap(([key]) => (rootKeys.includes(key) ? [] : [key]));
  if (unknown.length > 0) {
    findings.add('warning', 'unknown-root-keys', `${ref} has ${unknown.join(', ')} outside of spec, where it means nothing. Move it into spec.`, {
      ...place,
      subject: ref,
      value: unknown.join(', '),
    });
  }
  if (!isName(name))
    findings.add('warning', 'invalid-name', `“${name}” is no valid name: letters and digits, single - _ . between, at most 63.`, { ...place, subject: ref, value: name });
  if (!isNamespace(namespace))
    findings.add('warning', 'invalid-name', `“${namespace}” is no valid namespace: letters and digits, single - between, at most 63.`, {
      ...place,
      subject: ref,
      value: namespace,
    });
  const entity = { ref, kind, name, namespace, metadata: at(value, 'metadata'), spec: at(value, 'spec'), file, line };
  checkFields(entity, findings);
  return entity;
}

/** Every entity of the files; the first of two with one reference counts. */
export function entitiesOf(files: readonly SourceFile[], findings: Findings): Entity[] {
  const entities = new Map<string, Entity>();
  for (const file of files) {
    for (const { value, line } of yamlDocuments(file, findings)) {
      const entity = isFields(value) ? entityOf(value, file.path, line, findings) : refuse(value, { file: file.path, line }, findings);
      if (entity === null) continue;
      const first = entities.get(entity.ref);
      if (first === undefined) entities.set(entity.ref, entity);
      else {
        const place = { file: entity.file, line, subject: entity.ref };
        findings.add('warning', 'duplicate', `${entity.ref} stands already in ${first.file}, line ${first.line}; the first one counts.`, place);
      }
    }
  }
  return [...entities.values()];
}
