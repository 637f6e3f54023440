import type { GraphEdge, GraphNode, Redundancy } from '#capabilities/catalog/rules/index.ts';

export interface Estate {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly redundancies: readonly { readonly consumerId: string; readonly group: string; readonly redundancy: Redundancy }[];
  /** What most rests on: sites, the core of the network, storage, shared services. */
  readonly core: readonly string[];
}

const ONE: Redundancy = { minUp: 1, unit: 'count' };
const HALF: Redundancy = { minUp: 50, unit: 'percent' };
const SHARED = 8;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * An estate as companies have it, of exactly so many nodes and edges, four edges a node and above 5,000 nodes: sites, racks with two switches and two power units each,
 * hosts, virtual machines, containers, databases and services in tiers. What is left of the edges goes between services and to shared ones, a few of which nearly all use.
 */
export function estate(nodeCount: number, edgeCount: number, seed: number): Estate {
  const roll = dice(seed);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const redundancies: Estate['redundancies'][number][] = [];
  const known = new Set<number>();
  const indexOf = new Map<string, number>();
  const id = (of: number) => {
    const tail = Array.from({ length: 3 }, () =>
      Math.floor(roll() * 2 ** 24)
        .toString(16)
        .padStart(6, '0'),
    ).join('');
    const head = (0x19a00000000 + of).toString(16).padStart(12, '0');
    return `${head.slice(0, 8)}-${head.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}`;
  };
  const make = (kind: string, count: number): string[] =>
    Array.from({ length: count }, () => {
      const service = kind === 'service';
      const tier = service ? 1 + Math.floor(4 * Math.sqrt(roll())) : null;
      const node = { id: id(nodes.length), kind, tier, users: service ? Math.floor(10 ** (roll() * 4)) : 0, lifecycle: 'live' } as const;
      indexOf.set(node.id, nodes.length);
      nodes.push(node);
      return node.id;
    });
  const link = (providerId: string, consumerId: string, group = '', impact: GraphEdge['impact'] = 'hard'): boolean => {
    const pair = indexOf.get(providerId)! * nodeCount + indexOf.get(consumerId)!;
    if (providerId === consumerId || known.has(pair)) return false;
    known.add(pair);
    edges.push({ id: id(nodeCount + edges.length), providerId, consumerId, impact, group });
    return true;
  };
  const redundant = (providers: readonly string[], consumerId: string, group: string, redundancy = ONE) => {
    for (const provider of providers) link(provider, consumerId, group);
    redundancies.push({ consumerId, group, redundancy });
  };
  const any = (list: readonly string[]): string => list[Math.floor(roll() * list.length)]!;
  /** The first ones far more often than the last. */
  const favoured = (list: readonly string[], among = list.length): number => Math.floor(Math.min(among, list.length) * roll() ** 3);

  const backbone = make('network', 1)[0]!;
  const vendors = make('vendor', 12);
  const sites = make('site', Math.max(2, Math.round(nodeCount / 10_000)));
  const cores = sites.map((site) => {
    const pair = make('network', 2);
    for (const one of pair) for (const provider of [backbone, site]) link(provider, one);
    return pair;
  });
  const storage = make('storage', Math.ceil(nodeCount / 500));
  for (const one of storage) link(any(sites), one);
  const hosts: string[] = [];
  for (let rackCount = Math.floor(nodeCount / 100); rackCount > 0; rackCount -= 1) {
    const site = Math.floor(roll() * sites.length);
    const rack = make('rack', 1)[0]!;
    const [switches, power] = [make('network', 2), make('power', 2)];
    link(sites[site]!, rack);
    for (const one of [...switches, ...power]) link(rack, one);
    for (const one of switches) redundant(cores[site]!, one, 'core');
    for (const host of make('host', 10)) {
      link(rack, host);
      redundant(switches, host, 'network');
      redundant(power, host, 'power');
      link(vendors[favoured(vendors)]!, host, '', 'none');
      hosts.push(host);
    }
  }
  const machines = make('vm', Math.floor(nodeCount * 0.4));
  for (const vm of machines) {
    if (roll() < 0.3) redundant([any(hosts), any(hosts)], vm, 'cluster');
    else link(any(hosts), vm);
    link(storage[favoured(storage)]!, vm);
  }
  const databases = make('database', Math.floor(nodeCount * 0.05));
  for (const database of databases) link(any(machines), database);
  const services = make('service', Math.floor(nodeCount * 0.09));
  const containers = make('container', nodeCount - nodes.length);
  for (const container of containers) link(any(machines), container);
  for (const service of services) {
    const web = Array.from({ length: 2 + Math.floor(roll() * 3) }, () => any(containers));
    redundant(web, service, 'web', roll() < 0.5 ? ONE : HALF);
    if (roll() < 0.5) redundant([any(databases), any(databases)], service, 'db');
    else link(any(databases), service);
  }
  if (edges.length > edgeCount) throw new Error(`an estate of ${nodeCount} nodes has at least ${edges.length} edges`);
  while (edges.length < edgeCount) {
    const to = Math.floor(roll() * services.length);
    // On services before it; circles are closed among the last ones only, else what is shared falls with almost anything.
    const late = to > services.length / 2 && roll() < 0.02;
    const provider = late ? services.length / 2 + favoured(services, services.length / 2) : favoured(services, to);
    if (roll() < 0.6) link(services[Math.floor(provider)]!, services[to]!, '', roll() < 0.15 ? 'hard' : 'soft');
    else link(services[favoured(services, SHARED)]!, any(roll() < 0.5 ? containers : machines), '', 'soft');
  }
  return { nodes, edges, redundancies, core: [backbone, ...sites, ...cores.flat(), ...storage.slice(0, 5), ...services.slice(0, SHARED)] };
}
