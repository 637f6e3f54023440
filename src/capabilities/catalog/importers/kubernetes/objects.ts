import type { Findings, SourceFile } from '../reading.ts';
import { at, isFields, listAt, parseJson, textAt, textsAt } from '../untyped.ts';
import { yamlDocuments } from '../yaml.ts';

/** One object of the API, its envelope read. */
export interface KubeObject {
  /** As written: `Deployment`. */
  readonly kind: string;
  /** Empty for what belongs to the cluster. */
  readonly namespace: string;
  readonly name: string;
  /** `deployment:shop/web`, `node:worker-1`. */
  readonly ref: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly spec: unknown;
  readonly status: unknown;
  /** The object that made it, in the same namespace. */
  readonly madeBy: { readonly kind: string; readonly name: string } | null;
  readonly file: string;
}

/** Everything else is counted and left alone: above all Secret and ConfigMap. */
export const readKinds = [
  'Node',
  'Namespace',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'CronJob',
  'Job',
  'Pod',
  'Service',
  'Ingress',
  'PersistentVolumeClaim',
] as const;

export function refTo(kind: string, namespace: string, name: string): string {
  return `${kind.toLowerCase()}:${namespace === '' ? '' : `${namespace}/`}${name}`;
}

function objectOf(value: unknown, file: string): KubeObject | null {
  const [kind, name] = [textAt(value, 'kind'), textAt(value, 'metadata', 'name')];
  if (kind === '' || name === '') return null;
  const namespace = textAt(value, 'metadata', 'namespace') || (kind === 'Node' || kind === 'Namespace' ? '' : 'default');
  const owners = listAt(value, 'metadata', 'ownerReferences');
  const owner = owners.find((one) => at(one, 'controller') === true) ?? owners[0];
  const madeBy = textAt(owner, 'name') === '' ? null : { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') };
  return {
    kind,
    namespace,
    name,
    ref: refTo(kind, namespace, name),
    labels: textsAt(value, 'metadata', 'labels'),
    spec: at(value, 'spec'),
    status: at(value, 'status'),
    madeBy,
    file,
  };
}

/** Lists may hold lists (`kubectl get` of several kinds); the depth is limited by the guard of the size. */
function flattened(value: unknown, file: string, findings: Findings): unknown[] {
  const items = at(value, 'items');
  if (!Array.isArray(items)) return [value];
  if (textAt(value, 'metadata', 'continue') !== '') {
    findings.add('error', 'truncated', 'This list is only a part: the server kept the rest for later. Use `kubectl get … --chunk-size=0 -o json`.', { file });
  }
  const kind = textAt(value, 'kind').replace(/List$/, '');
  // Items of a typed list (`PodList`) leave their kind out.
  return items.flatMap((item: unknown) => flattened(isFields(item) && at(item, 'kind') === undefined && kind !== '' ? { ...item, kind } : item, file, findings));
}

function valuesOf(source: SourceFile, findings: Findings): unknown[] {
  if (!/^\s*[{[]/.test(source.text)) return yamlDocuments(source, findings).map(({ value }) => value);
  const parsed = parseJson(source.text);
  if ('value' in parsed) return Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  findings.add('error', 'json', `This file cannot be read: ${parsed.fault}.`, { file: source.path });
  return [];
}

/** The objects that are read, by reference; the first of two counts. */
export function objectsOf(files: readonly SourceFile[], findings: Findings): Map<string, KubeObject> {
  const objects = new Map<string, KubeObject>();
  const left = new Map<string, number>();
  for (const source of files) {
    for (const value of valuesOf(source, findings).flatMap((one) => flattened(one, source.path, findings))) {
      const object = objectOf(value, source.path);
      const place = { file: source.path };
      if (object === null) findings.add('error', 'no-object', 'This holds something that is no Kubernetes object: it has no kind or no metadata.name.', place);
      else if (!readKinds.some((kind) => kind === object.kind)) left.set(object.kind, (left.get(object.kind) ?? 0) + 1);
      else if (objects.has(object.ref)) findings.add('warning', 'duplicate', `${object.ref} stands twice in this dump; the first one counts.`, { ...place, subject: object.ref });
      else objects.set(object.ref, object);
    }
  }
  if (left.size > 0) {
    const kinds = [...left].map(([kind, count]) => `${count} × ${kind}`).toSorted();
    findings.add('info', 'not-a-thing', `Left out: ${kinds.slice(0, 10).join(', ')}${kinds.length > 10 ? ' …' : ''}. The contents of Secrets and ConfigMaps are never looked at.`, {
      value: kinds.join(', '),
    });
  }
  return objects;
}
