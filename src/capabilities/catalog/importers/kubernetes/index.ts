import * as z from 'zod';
import { declared, importer, unsaid } from '../reading.ts';
import type { Owner, Relation, Thing } from '../reading.ts';
import { listAt, textAt } from '../untyped.ts';
import { edgesOf, imagesOf, isOutward, workloadsOf } from './edges.ts';
import { objectsOf } from './objects.ts';
import type { KubeObject } from './objects.ts';

const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
const ownerLabels = ['team', 'owner', 'app.kubernetes.io/owner'];

const labelOf = ({ labels }: KubeObject, names: readonly string[]) => names.map((name) => labels.find(([key]) => key === name)?.[1]).find((value) => value !== undefined) ?? null;

function ownerOf(object: KubeObject, namespaces: ReadonlyMap<string, KubeObject>): string | null {
  const namespace = namespaces.get(`namespace:${object.namespace}`);
  const said = labelOf(object, ownerLabels) ?? (namespace ? labelOf(namespace, ownerLabels) : null);
  return said === null ? null : `team:${said.toLowerCase()}`;
}

function addressOf({ kind, spec, status }: KubeObject): string {
  if (kind === 'Node')
    return (
      listAt(status, 'addresses')
        .map((one) => ({ type: textAt(one, 'type'), address: textAt(one, 'address') }))
        .find(({ type }) => type === 'InternalIP')?.address ?? ''
    );
  if (kind === 'Ingress') return textAt(listAt(spec, 'rules')[0], 'host');
  const outside = listAt(status, 'loadBalancer', 'ingress')[0];
  return kind === 'Service' ? textAt(outside, 'hostname') || textAt(outside, 'ip') || textAt(spec, 'clusterIP').replace('None', '') : '';
}

function typeOf(object: KubeObject): Thing['type'] {
  if (object.kind === 'Node') return textAt(object.spec, 'providerID') === '' ? 'host' : 'vm';
  if (object.kind === 'PersistentVolumeClaim') return 'storage';
  return object.kind === 'Service' || object.kind === 'Ingress' ? 'network' : 'container';
}

function attributesOf(object: KubeObject, services: readonly string[]): Record<string, string> {
  const { kind, namespace, spec, status } = object;
  const said: [string, string][] = [
    ['kind', kind],
    ['namespace', namespace],
    ['images', imagesOf(object).join(', ')],
    ['replicas', textAt(spec, 'replicas')],
    ['schedule', textAt(spec, 'schedule')],
    ['services', services.join(', ')],
    [
      'hosts',
      kind === 'Ingress'
        ? listAt(spec, 'rules')
            .map((rule) => textAt(rule, 'host'))
            .filter((host) => host !== '')
            .join(', ')
        : '',
    ],
    ['storage class', textAt(spec, 'storageClassName')],
    ['size', kind === 'PersistentVolumeClaim' ? textAt(spec, 'resources', 'requests', 'storage') : ''],
    ['kubelet', textAt(status, 'nodeInfo', 'kubeletVersion')],
    ['operating system', textAt(status, 'nodeInfo', 'osImage')],
    ...object.labels.map(([key, value]): [string, string] => [`label ${key}`, value]),
  ];
  return Object.fromEntries(said.filter(([, value]) => value !== ''));
}

/** A dump of a cluster: `kubectl get nodes,namespaces,deployments,statefulsets,daemonsets,cronjobs,jobs,replicasets,pods,services,ingresses,pvc -A -o json`. */
export const kubernetes = importer({
  label: 'Kubernetes dump',
  accepts: ['*.json', '*.yaml', '*.yml'],
  /** What the cluster is called in the catalog. */
  options: z.strictObject({ cluster: z.string().trim().min(1).max(100).default('kubernetes') }),
  read(files, { cluster }, findings) {
    const objects = objectsOf(files, findings);
    if (objects.size === 0) return { things: [] };
    const workloads = workloadsOf(objects);
    const { relations, redundancy, services } = edgesOf(objects, workloads, findings);
    const namespaces = new Map([...objects].filter(([, { kind }]) => kind === 'Namespace'));
    const nodes = [...objects.values()].filter(({ kind }) => kind === 'Node');
    const others = [...objects.values()].filter((object) => object.kind === 'Ingress' || object.kind === 'PersistentVolumeClaim' || isOutward(object));
    const things = [...nodes, ...workloads, ...others].map((object): Thing => ({
      ...unsaid,
      ref: object.ref,
      kind: 'component',
      type: typeOf(object),
      name: object.namespace === '' ? object.name : `${object.namespace}/${object.name}`,
      address: addressOf(object),
      cloudId: textAt(object.spec, 'providerID').split('/').at(-1) || null,
      owner: ownerOf(object, namespaces),
      tags: [object.namespace, labelOf(object, ['app.kubernetes.io/part-of']) ?? ''].filter((tag) => tag !== ''),
      attributes: attributesOf(object, services.get(object.ref) ?? []),
      file: object.file,
    }));
    const zones = new Map(nodes.flatMap((node) => (labelOf(node, zoneLabels) === null ? [] : [[node.ref, labelOf(node, zoneLabels)!] as const])));
    const whole: Thing = { ...unsaid, ref: `cluster:${cluster}`, kind: 'component', type: 'cluster', name: cluster };
    const places = [...new Set(zones.values())].map((zone): Thing => ({ ...unsaid, ref: `zone:${zone}`, kind: 'component', type: 'zone', name: zone }));
    const stand: Relation[] = [
      ...nodes.map(({ ref }): Relation => ({ ...declared, provider: ref, consumer: whole.ref, word: 'partOf', impact: 'soft' })),
      ...[...zones].map(([node, zone]): Relation => ({ ...declared, provider: `zone:${zone}`, consumer: node, word: 'locatedIn', confidence: 90, inferred: true })),
    ];
    const teams = [...new Set(things.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
    const owners = teams.map((ref): Owner => ({ ref, kind: 'team', name: ref.slice('team:'.length), email: null }));
    return { things: [whole, ...places, ...things], relations: [...stand, ...relations], redundancy, owners };
  },
});
