import { declared } from '../reading.ts';
import type { Findings, Redundancy, Relation } from '../reading.ts';
import { at, listAt, textAt, textsAt } from '../untyped.ts';
import { refTo } from './objects.ts';
import type { KubeObject } from './objects.ts';

type Objects = ReadonlyMap<string, KubeObject>;
export interface Edges {
  readonly relations: Relation[];
  readonly redundancy: Redundancy[];
}

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'CronJob', 'Job', 'Pod'];

/** The workload something belongs to in the end: Pod → ReplicaSet → Deployment. Null: what made it is not in the dump. */
export function workloadOf(object: KubeObject, objects: Objects): KubeObject | null {
  let here = object;
  for (let step = 0; step < 5; step += 1) {
    const { madeBy, namespace } = here;
    if (madeBy === null) return workloadKinds.includes(here.kind) ? here : null;
    const above: KubeObject | undefined =
      objects.get(refTo(madeBy.kind, namespace, madeBy.name)) ?? objects.get(refTo('Deployment', namespace, madeBy.name.replace(/-[a-z0-9]+$/, '')));
    if (above === undefined || above === here) return here === object && here.kind === 'Pod' ? null : here;
    here = above;
  }
  return null;
}

/** Those that nothing else in the dump made. */
export function workloadsOf(objects: Objects): KubeObject[] {
  return [...objects.values()].filter((object) => workloadKinds.includes(object.kind) && workloadOf(object, objects) === object);
}

function podTemplate({ kind, spec }: KubeObject): unknown {
  if (kind === 'Pod') return spec;
  return kind === 'CronJob' ? at(spec, 'jobTemplate', 'spec', 'template', 'spec') : at(spec, 'template', 'spec');
}

/** Names of the images; nothing else of a container is looked at: its environment is full of secrets. */
export function imagesOf(object: KubeObject): string[] {
  return [...new Set(listAt(podTemplate(object), 'containers').map((container) => textAt(container, 'image')))].filter((image) => image !== '');
}

function podLabels({ kind, labels, spec }: KubeObject): ReadonlyMap<string, string> {
  if (kind === 'Pod') return new Map(labels);
  return new Map(kind === 'CronJob' ? textsAt(spec, 'jobTemplate', 'spec', 'template', 'metadata', 'labels') : textsAt(spec, 'template', 'metadata', 'labels'));
}

/** More ways in which services lead to workloads than anybody can look at. */
const mostEdges = 200_000;

function groupWith(members: readonly string[], consumer: string, word: string, group: string, edges: Edges): void {
  const grouped = members.length > 1 ? group : null;
  for (const provider of members) edges.relations.push({ ...declared, provider, consumer, word, group: grouped, confidence: 90, inferred: true });
  if (grouped !== null) edges.redundancy.push({ consumer, group, minUp: 1, unit: 'count' });
}

/** Where the running pods of each workload stand: it lives as long as one of those nodes does. */
function addNodes(objects: Objects, edges: Edges): void {
  const nodes = new Map<string, Set<string>>();
  for (const pod of objects.values()) {
    if (pod.kind !== 'Pod' || ['Succeeded', 'Failed'].includes(textAt(pod.status, 'phase'))) continue;
    const [workload, node] = [workloadOf(pod, objects), refTo('Node', '', textAt(pod.spec, 'nodeName'))];
    if (workload !== null && objects.has(node)) nodes.set(workload.ref, (nodes.get(workload.ref) ?? new Set()).add(node));
  }
  for (const [consumer, members] of nodes) groupWith([...members].toSorted(), consumer, 'runsOn', 'nodes', edges);
}

/** Workloads by one label of their pods, so that a selector looks at few of them. */
function selecting(workloads: readonly KubeObject[]): (namespace: string, selector: readonly (readonly [string, string])[]) => string[] {
  const byLabel = new Map<string, { ref: string; labels: ReadonlyMap<string, string> }[]>();
  for (const workload of workloads) {
    const labels = podLabels(workload);
    for (const [key, value] of labels) {
      const index = JSON.stringify([workload.namespace, key, value]);
      const entry = { ref: workload.ref, labels };
      if (!byLabel.get(index)?.push(entry)) byLabel.set(index, [entry]);
    }
  }
  return (namespace, selector) => {
    const sets = selector.map(([key, value]) => byLabel.get(JSON.stringify([namespace, key, value])) ?? []);
    const smallest = sets.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return smallest.filter(({ labels }) => selector.every(([key, value]) => labels.get(key) === value)).map(({ ref }) => ref);
  };
}

/** What an Ingress sends requests to, in both forms of the API. */
export function backendsOf({ spec }: KubeObject): string[] {
  const paths = listAt(spec, 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'));
  const backends = [at(spec, 'defaultBackend'), at(spec, 'backend'), ...paths.map((path) => at(path, 'backend'))];
  return [...new Set(backends.map((backend) => textAt(backend, 'service', 'name') || textAt(backend, 'serviceName')))].filter((name) => name !== '');
}

/** Services that are reached from outside are things; the others only lead from an Ingress to its workloads. */
export function isOutward({ kind, spec }: KubeObject): boolean {
  return kind === 'Service' && ['LoadBalancer', 'NodePort'].includes(textAt(spec, 'type'));
}

function addRoutes(objects: Objects, workloads: readonly KubeObject[], edges: Edges, findings: Findings): Map<string, string[]> {
  const select = selecting(workloads);
  const served = new Map<string, string[]>();
  let routes = 0;
  for (const service of objects.values()) {
    if (service.kind !== 'Service') continue;
    const selector = textsAt(service.spec, 'selector');
    const members = selector.length === 0 ? [] : select(service.namespace, selector);
    served.set(service.ref, members);
    routes += members.length;
    if (routes > mostEdges) {
      findings.add('error', 'too-many', `The services of this dump select workloads in more than ${mostEdges} ways; the rest is left out.`, { file: service.file });
      break;
    }
    if (selector.length > 0 && members.length === 0)
      findings.add('warning', 'selects-nothing', `${service.ref} selects no workload of this dump.`, { file: service.file, subject: service.ref });
    if (isOutward(service)) groupWith(members, service.ref, 'routesTo', service.name, edges);
  }
  for (const ingress of objects.values()) {
    if (ingress.kind !== 'Ingress') continue;
    for (const name of backendsOf(ingress)) {
      const service = refTo('Service', ingress.namespace, name);
      const members = served.get(service);
      if (members === undefined) {
        const place = { file: ingress.file, subject: ingress.ref, value: service };
        findings.add('warning', 'dangling-reference', `${ingress.ref} sends requests to ${service}, which is not in this dump.`, place);
      } else if (edges.relations.length < 2 * mostEdges) groupWith(members, ingress.ref, 'routesTo', name, edges);
      else {
        findings.add('error', 'too-many', 'The ingresses of this dump lead to more workloads than can be read.', { file: ingress.file });
        return served;
      }
    }
  }
  return served;
}

/** Claims a workload mounts; those made from a template belong to one replica each. */
function addClaims(objects: Objects, workloads: readonly KubeObject[], edges: Edges): void {
  const claims = new Map<string, string[]>();
  for (const { kind, namespace, name } of objects.values()) {
    const stem = JSON.stringify([namespace, name.replace(/-\d+$/, '')]);
    if (kind === 'PersistentVolumeClaim' && !claims.get(stem)?.push(name)) claims.set(stem, [name]);
  }
  for (const workload of workloads) {
    for (const volume of listAt(podTemplate(workload), 'volumes')) {
      const claim = refTo('PersistentVolumeClaim', workload.namespace, textAt(volume, 'persistentVolumeClaim', 'claimName'));
      if (objects.has(claim)) edges.relations.push({ ...declared, provider: claim, consumer: workload.ref, word: 'mounts' });
    }
    for (const template of listAt(workload.spec, 'volumeClaimTemplates')) {
      const name = textAt(template, 'metadata', 'name');
      const members = claims.get(JSON.stringify([workload.namespace, `${name}-${workload.name}`])) ?? [];
      groupWith(members.map((member) => refTo('PersistentVolumeClaim', workload.namespace, member)).toSorted(), workload.ref, 'mounts', name, edges);
    }
  }
}

/** Also says which services lead to each workload. */
export function edgesOf(objects: Objects, workloads: readonly KubeObject[], findings: Findings): Edges & { readonly services: ReadonlyMap<string, readonly string[]> } {
  const edges: Edges = { relations: [], redundancy: [] };
  addNodes(objects, edges);
  const served = addRoutes(objects, workloads, edges, findings);
  addClaims(objects, workloads, edges);
  const services = new Map<string, string[]>();
  for (const [service, members] of served) {
    for (const member of members) if (!services.get(member)?.push(service)) services.set(member, [service]);
  }
  return { ...edges, services };
}
