import * as z from 'zod';
import { importer, unsaid } from '../reading.ts';
import type { Draft, Finding, Findings, Relation, SourceFile, Thing } from '../reading.ts';
import { at, entriesAt, isFields, listAt, parseJson, textAt } from '../untyped.ts';
import { addresses, componentTypeOf, isThing, lifted } from './types.ts';

/** One instance of a resource, read. */
interface Instance {
  readonly thing: Thing;
  /** The address without any index, as `dependencies` write it. */
  readonly configured: string;
  /** `module.a.`, or empty at the root: before 0.13 a dependency left its own module out. */
  readonly module: string;
  readonly needs: readonly string[];
}

const mostEdges = 200_000;

/** `module.a["k"].module.b[0]` → `module.a.module.b`. */
const withoutIndexes = (address: string) => address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');

/** Names of the attributes the state marks as sensitive: the first step of each path. */
function sensitiveOf(instance: unknown): Set<string> {
  const steps = listAt(instance, 'sensitive_attributes').map((path) => (Array.isArray(path) ? (path[0] as unknown) : path));
  return new Set(steps.map((step) => (typeof step === 'string' ? step.split('.')[0]! : textAt(step, 'value'))));
}

/** A scalar, or a list of scalars; nothing deeper is lifted. */
function shown(value: unknown): string {
  if (!Array.isArray(value)) return textAt({ value }, 'value');
  return value
    .slice(0, 50)
    .map((item: unknown) => textAt({ item }, 'item'))
    .filter((text) => text !== '')
    .join(', ');
}

/** Tags of AWS and Azure are a mapping, of Google a list beside a mapping of labels. */
function tagsOf(attributes: unknown): (readonly [string, string])[] {
  const mapped = ['tags_all', 'tags', 'labels'].flatMap((name) => entriesAt(attributes, name).map(([key, value]) => [key, textAt({ value }, 'value')] as const));
  const listed = listAt(attributes, 'tags').map((tag) => ['', textAt({ tag }, 'tag')] as const);
  return [...new Map([...mapped, ...listed].map((pair) => [pair.join('='), pair] as const)).values()].filter(([, value]) => value !== '');
}

function thingOf(resource: unknown, instance: unknown, ref: string, address: string, file: string): Thing {
  const type = textAt(resource, 'type');
  const raw = at(instance, 'attributes') ?? at(instance, 'attributes_flat');
  const hidden = sensitiveOf(instance);
  const attributes = isFields(raw) ? Object.fromEntries(Object.entries(raw).filter(([name]) => !hidden.has(name))) : {};
  const tags = tagsOf(attributes);
  const said = [['terraform', address], ['resource type', type], ['provider', textAt(resource, 'provider')], ...lifted.map((name) => [name, shown(at(attributes, name))])] as [
    string,
    string,
  ][];
  const id = textAt(attributes, 'arn') || textAt(attributes, 'self_link') || textAt(attributes, 'id');
  const named = tags.find(([key]) => key.toLowerCase() === 'name')?.[1] ?? (textAt(attributes, 'fqdn') || textAt(attributes, 'name'));
  return {
    ...unsaid,
    ref,
    kind: 'component',
    type: componentTypeOf(type),
    name: named || address,
    summary: textAt(attributes, 'description'),
    address: addresses.map((name) => textAt(attributes, name)).find((text) => text !== '') ?? '',
    cloudId: id || null,
    // Tag keys with a value are attributes, so that the rule for secret names applies to them too.
    tags: tags.flatMap(([key, value]) => (key === '' ? [value] : [])),
    attributes: Object.fromEntries([...said, ...tags.filter(([key]) => key !== '').map(([key, value]) => [`tag ${key}`, value])].filter(([, value]) => value !== '')),
    file,
  };
}

function indexed(address: string, instance: unknown): string {
  const key = at(instance, 'index_key');
  if (typeof key === 'number') return `${address}[${key}]`;
  return typeof key === 'string' ? `${address}[${JSON.stringify(key)}]` : address;
}

function instancesOf(resource: unknown, prefix: string, file: string, findings: Findings): Instance[] {
  const type = textAt(resource, 'type');
  const module = textAt(resource, 'module') === '' ? '' : `${withoutIndexes(textAt(resource, 'module'))}.`;
  const address = [textAt(resource, 'module'), type, textAt(resource, 'name')].filter((part) => part !== '').join('.');
  return listAt(resource, 'instances').flatMap((instance) => {
    const full = indexed(address, instance);
    const ref = prefix + full;
    const place = { file, subject: ref };
    if (textAt(instance, 'deposed') !== '') {
      findings.add(
        'warning',
        'deposed',
        `${full} was replaced, and the old one could not be destroyed: it still exists as ${textAt(instance, 'deposed')}. Run terraform apply.`,
        place,
      );
      return [];
    }
    if (textAt(instance, 'status') === 'tainted') findings.add('warning', 'tainted', `${full} is tainted: its creation failed halfway, and the next apply replaces it.`, place);
    const thing = thingOf(resource, instance, ref, full, file);
    if (thing.cloudId === null) findings.add('warning', 'no-id', `${full} has no id; it is kept by its address alone.`, place);
    const needs = [...listAt(instance, 'dependencies'), ...listAt(instance, 'depends_on')].map((one) => withoutIndexes(textAt({ one }, 'one')));
    return [{ thing, configured: withoutIndexes(address), module, needs: [...new Set(needs)].filter((one) => one !== '') }];
  });
}

/** `dependencies` only say what was created before what, over any number of steps: worth a look, hardly a fact. */
function edgesOf(instances: readonly Instance[], file: string, skipped: ReadonlySet<string>, findings: Findings): Relation[] {
  const known = new Map<string, Instance[]>();
  for (const instance of instances) if (!known.get(instance.configured)?.push(instance)) known.set(instance.configured, [instance]);
  const edges: Relation[] = [];
  const hanging = new Set<string>();
  for (const { thing, configured, module, needs } of instances) {
    for (const written of needs) {
      const need = known.has(written) || skipped.has(written) ? written : module + written;
      const providers = known.get(need);
      if (providers === undefined && !skipped.has(need)) hanging.add(written);
      for (const provider of need === configured ? [] : (providers ?? [])) {
        if (edges.length === mostEdges) {
          findings.add('error', 'too-many', `The resources of this state depend on each other in more than ${mostEdges} ways.`, { file });
          return edges;
        }
        edges.push({ provider: provider.thing.ref, consumer: thing.ref, impact: 'soft', group: null, word: 'dependsOn', note: '', confidence: 30, inferred: true });
      }
    }
  }
  if (hanging.size > 0) {
    const names = [...hanging].toSorted();
    findings.add('info', 'hanging-dependencies', `${names.length} dependencies lead to nothing in this state: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}.`, {
      file,
      value: names.join(', '),
    });
  }
  return edges;
}

function refusalOf(version: unknown): string {
  const number = typeof version === 'number' ? version : null;
  if (number === null) return 'This is no Terraform state: it has no version.';
  const older = number < 4 ? ' Terraform 0.12 or later writes version 4: run `terraform init` and `terraform refresh` with it.' : ' This desk does not know it yet.';
  return `This Terraform state has version ${number}; only version 4 is read.${older}`;
}

function readState({ path: file, text }: SourceFile, findings: Findings): Required<Pick<Draft, 'things' | 'relations' | 'states'>> {
  const nothing = { things: [], relations: [], states: [] };
  const refuse = (code: string, sentence: string) => {
    findings.add('error', code, sentence, { file });
    return nothing;
  };
  const parsed = parseJson(text);
  if ('fault' in parsed) return refuse('json', `This file cannot be read: ${parsed.fault}.`);
  const state = parsed.value;
  if (at(state, 'version') !== 4) return refuse('version', refusalOf(at(state, 'version')));
  const [lineage, serial] = [textAt(state, 'lineage') || null, at(state, 'serial')];
  if (lineage === null) findings.add('warning', 'no-lineage', 'This state has no lineage, so an older copy of it cannot be told from a newer one.', { file });
  if (!Array.isArray(at(state, 'resources'))) return refuse('no-resources', 'This state has no list of resources.');
  const instances: Instance[] = [];
  const skipped = new Map<string, number>();
  const absent = new Set<string>();
  const note = (level: Finding['level'], code: string, sentence: string, value: string) => findings.add(level, code, sentence, { file, value });
  for (const resource of listAt(state, 'resources')) {
    const [mode, type, name] = [textAt(resource, 'mode'), textAt(resource, 'type'), textAt(resource, 'name')];
    const address = [withoutIndexes(textAt(resource, 'module')), mode === 'data' ? 'data' : '', type, name].filter((part) => part !== '').join('.');
    if (mode === 'data') absent.add(address);
    else if (mode !== 'managed') note('warning', 'unknown-mode', `The resource ${address || '(without a name)'} has the mode “${mode}”, which is not known; it is left out.`, mode);
    else if (type === '' || name === '' || !Array.isArray(at(resource, 'instances')))
      note('error', 'bad-resource', `The resource ${address || '(without a name)'} has no type, name or instances.`, address);
    else if (isThing(type)) instances.push(...instancesOf(resource, lineage === null ? '' : `${lineage}/`, file, findings));
    else {
      absent.add(address);
      skipped.set(type, (skipped.get(type) ?? 0) + 1);
    }
  }
  if (skipped.size > 0) {
    const types = [...skipped].map(([type, count]) => `${count} × ${type}`).toSorted();
    note('info', 'not-a-thing', `Left out, because nobody runs them: ${types.slice(0, 10).join(', ')}${types.length > 10 ? ' …' : ''}.`, types.join(', '));
  }
  return {
    things: instances.map(({ thing }) => thing),
    relations: edgesOf(instances, file, absent, findings),
    states: [{ file, lineage, serial: typeof serial === 'number' ? serial : null }],
  };
}

/** Terraform and OpenTofu state, version 4 (hashicorp/terraform `internal/states/statefile/version4.go`). Outputs and `private` are never looked at. */
export const terraform = importer({
  label: 'Terraform state',
  accepts: ['*.tfstate', '*.json'],
  options: z.strictObject({}),
  read(files, _, findings) {
    const states = files.map((file) => readState(file, findings));
    return { things: states.flatMap(({ things }) => things), relations: states.flatMap(({ relations }) => relations), states: states.flatMap(({ states: stamps }) => stamps) };
  },
});
