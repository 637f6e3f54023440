import type { Actor } from '#kernel/permissions.ts';
import { readInventory } from './inventory.ts';
import type { Company } from './setting.ts';
import { ACCEPTED } from './upkeep.ts';
import type { World } from './world.ts';

/** name | type | team | address | tags | what it is | what it rests on */
const COMPONENTS = `
harbour-dc|site|Infrastructure|Kade 4, hall 2||The data centre at the quay|
rack-a|rack|Infrastructure|Hall 2, row A|production|Rack with one power feed|harbour-dc
rack-b|rack|Infrastructure|Hall 2, row B|production|Rack with two power feeds|harbour-dc
hv-1|host|Infrastructure|10.10.1.11|hypervisors|Hypervisor|rack-a
hv-2|host|Infrastructure|10.10.1.12|hypervisors|Hypervisor|rack-a
hv-3|host|Infrastructure|10.10.1.13|hypervisors|Hypervisor|rack-b
hv-4|host|Infrastructure|10.10.1.14|hypervisors|Hypervisor|rack-b
sw-core-1|network|Infrastructure|10.10.0.1|production|Core switch|rack-a
sw-core-2|network|Infrastructure|10.10.0.2|production|Core switch|rack-b
san-ctl-a|storage|Infrastructure|10.10.2.1|production|Controller of san-01|rack-b
san-ctl-b|storage|Infrastructure|10.10.2.2|production|Controller of san-01|rack-b
ns-1|vm|Infrastructure|10.20.0.53|production resolvers|Resolver|hv-1
ns-2|vm|Infrastructure|10.20.1.53|production resolvers|Resolver|hv-3
lb-1|vm|Platform|10.20.3.11|production|HAProxy|hv-2
lb-2|vm|Platform|10.20.3.12|production|HAProxy|hv-4
dc-1|directory|Identity|10.20.0.10|production|Domain controller|hv-1
dc-2|directory|Identity|10.20.1.10|production|Domain controller|hv-4
web-1|vm|Shop|10.20.5.21|production web|Web server of the shop|hv-1
web-2|vm|Shop|10.20.5.22|production web|Web server of the shop|hv-2
web-3|vm|Shop|10.20.5.23|production web|Web server of the shop|hv-1
pay-1|vm|Payments|10.20.6.31|payments production|Application server|hv-1
pay-2|vm|Payments|10.20.6.32|payments production|Application server|hv-2
pay-3|vm|Payments|10.20.6.33|payments production|Application server|hv-3
erp-db-1|database|Databases|10.20.7.41|production postgres|Primary of the ERP database|hv-2
erp-db-2|database|Databases|10.20.7.42|production postgres|Standby of the ERP database|hv-2
shop-db-1|database|Databases|10.20.7.51|production postgres|Primary of the shop database|hv-2
shop-db-2|database|Databases|10.20.7.52|production postgres|Standby of the shop database|hv-3
cache-1|vm|Databases|10.20.7.61|production|Redis node|hv-3
cache-2|vm|Databases|10.20.7.62|production|Redis node|hv-4
bus-1|queue|Platform|10.20.8.71|production|Broker|hv-1
bus-2|queue|Platform|10.20.8.72|production|Broker|hv-3
bus-3|queue|Platform|10.20.8.73|production|Broker|hv-4
shop-certificate|certificate|Platform|shop.harbourworks.example|public|Certificate of everything public|
harbourworks.example|domain|Platform|harbourworks.example|public|The name of everything public|
Paylane|saas|Payments|api.paylane.example|pci vendor|Card provider|
fibre-north|network|Infrastructure|Provider North, 1 Gbit/s|vendor|Way to the Internet|
fibre-south|network|Infrastructure|Provider South, 500 Mbit/s|vendor|Way to the Internet|
ftp-old|vm|Finance systems|10.20.9.9|legacy|File transfer to the bank, replaced|hv-4
`;

/** service | group | how many of it are needed | its members */
const GROUPS = `
hv-cluster|hosts|2|hv-1 hv-2 hv-3 hv-4
sw-core|switches|1|sw-core-1 sw-core-2
san-01|controllers|1|san-ctl-a san-ctl-b
dns-internal|resolvers|1|ns-1 ns-2
load-balancer|proxies|1|lb-1 lb-2
load-balancer||1|shop-certificate harbourworks.example
ad-primary|domain controllers|1|dc-1 dc-2
web-shop|web tier|2|web-1 web-2 web-3
payments-api|application servers|50%|pay-1 pay-2 pay-3
payment-gateway||1|Paylane
erp-db|database pair|1|erp-db-1 erp-db-2
shop-db|database pair|1|shop-db-1 shop-db-2
session-cache|nodes|1|cache-1 cache-2
message-bus|brokers|2|bus-1 bus-2 bus-3
vpn-edge|uplinks|1|fibre-north fibre-south
`;

const linesOf = (rows: string) =>
  rows
    .trim()
    .split('\n')
    .map((row) => row.split('|'));

type Numbers = ReadonlyMap<string, string>;

export interface Estate {
  /** Name → number, of services and components. */
  readonly numbers: Numbers;
}

/** What the services stand on, with the redundancy that it really has: some of it shares a rack or a host. */
export async function build(
  world: World,
  { admin, teamNamed, services }: { admin: Actor; teamNamed: (name: string) => string | undefined; services: Company['services'] },
): Promise<Estate> {
  const numbers = new Map([...services].map(([name, { number }]) => [name, number]));
  const edge = (provider: string, consumer: string, group = '') =>
    world.call(admin, 'catalog', 'addEdge', { provider: numberIn(numbers, provider), consumer: numberIn(numbers, consumer), group });
  for (const [name = '', type = '', team = '', address = '', tags = '', summary = '', rests = ''] of linesOf(COMPONENTS)) {
    const owner = teamNamed(team);
    const made = await world.call(admin, 'catalog', 'createComponent', {
      name,
      type: type as 'vm',
      address,
      summary,
      tags: tags.split(' ').filter(Boolean),
      ...(owner && { team: owner }),
    });
    numbers.set(name, made.number);
    if (rests) await edge(rests, name);
  }
  for (const [service = '', group = '', needs = '', members = ''] of linesOf(GROUPS)) {
    for (const member of members.split(' ')) await edge(member, service, group);
    const minUp = Number(needs.replace('%', ''));
    if (group) await world.call(admin, 'catalog', 'setRedundancy', { consumer: numberIn(numbers, service), group, minUp, unit: needs.endsWith('%') ? 'percent' : 'count' });
  }
  return { numbers };
}

interface Move {
  readonly daysAgo: number;
  readonly make: () => Promise<unknown>;
}

/** What happened to the estate in the last weeks. */
export function movesOf(world: World, { admin, estate: { numbers } }: Pick<Company, 'admin' | 'estate'>): readonly Move[] {
  const number = (name: string) => numberIn(numbers, name);
  const component = async (name: string) => (await world.call(admin, 'catalog', 'component', { number: number(name) })).component;
  const service = async (name: string) => (await world.call(admin, 'catalog', 'get', { number: number(name) })).service;
  return [
    { daysAgo: 20.3, make: async () => world.call(admin, 'catalog', 'retireComponent', { number: number('ftp-old'), version: (await component('ftp-old')).version }) },
    {
      daysAgo: 11.6,
      async make() {
        const { number: made } = await world.call(admin, 'catalog', 'createComponent', {
          name: 'pay-4',
          type: 'vm',
          address: '10.20.6.34',
          summary: 'Application server',
          tags: ['payments', 'production'],
        });
        await world.call(admin, 'catalog', 'addEdge', { provider: number('hv-4'), consumer: made });
        await world.call(admin, 'catalog', 'addEdge', { provider: made, consumer: number('payments-api'), group: 'application servers' });
      },
    },
    { daysAgo: 9.4, make: () => readInventory(world, admin) },
    {
      daysAgo: 4.2,
      make: async () =>
        world.call(admin, 'catalog', 'update', { number: number('payments-api'), version: (await service('payments-api')).version, rtoMinutes: 60, supportHours: '24 × 7' }),
    },
    {
      daysAgo: 3.3,
      async make() {
        const { rules } = await world.call(admin, 'catalog', 'scorecard', {});
        const rule = rules.find(({ fact }) => fact === 'catalog.singlePoints')?.id ?? '';
        const until = new Date(world.now() + 120 * 86_400_000).toISOString().slice(0, 10);
        for (const [name, reason] of ACCEPTED) await world.call(admin, 'catalog', 'exempt', { number: number(name), rule, reason, until });
      },
    },
    {
      daysAgo: 2.1,
      async make() {
        const { nodes, edges } = await world.call(admin, 'catalog', 'graph', { number: number('etl'), hops: 1 });
        const lake = nodes.find(({ name }) => name === 'tracking-db');
        const found = edges.find(({ providerId }) => providerId === lake?.id);
        if (found) await world.call(admin, 'catalog', 'updateEdge', { id: found.id, impact: 'soft', note: 'The load goes on without the positions' });
      },
    },
    {
      daysAgo: 0.7,
      make: async () => world.call(admin, 'catalog', 'updateComponent', { number: number('web-3'), version: (await component('web-3')).version, address: '10.20.5.33' }),
    },
  ];
}

function numberIn(numbers: Numbers, name: string): string {
  const number = numbers.get(name);
  if (!number) throw new Error(`the sample has no ${name}`);
  return number;
}
