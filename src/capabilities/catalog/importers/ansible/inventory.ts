import type { Findings } from '../reading.ts';
import { textAt } from '../untyped.ts';
import { mostHosts } from './pattern.ts';

type Vars = Map<string, unknown>;
interface Place {
  readonly file: string;
  readonly line: number | null;
}
interface Group {
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly vars: Vars;
}

/** What the files say, before anything is inherited. */
export interface Inventory {
  readonly groups: Map<string, Group>;
  readonly hosts: Map<string, { readonly vars: Vars; readonly place: Place }>;
  /** From `group_vars/` and `host_vars/`, which win over the inventory file. */
  readonly groupVars: Map<string, Vars>;
  readonly hostVars: Map<string, Vars>;
}

/** The shape of `ansible-inventory --list`, with maps for objects. */
export interface Listing {
  readonly hostvars: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly groups: ReadonlyMap<string, { readonly hosts: readonly string[]; readonly children: readonly string[] }>;
  /** Every host, also those without variables, with the groups it is in, nearest last. */
  readonly membership: ReadonlyMap<string, readonly string[]>;
}

export function openInventory(): Inventory {
  const inventory = { groups: new Map<string, Group>(), hosts: new Map(), groupVars: new Map(), hostVars: new Map() };
  for (const name of ['all', 'ungrouped']) groupOf(inventory, name);
  return inventory;
}

/** A group that is not known yet is made; beyond the limit nobody keeps it, and the listing says so. */
export function groupOf({ groups }: Pick<Inventory, 'groups'>, name: string): Group {
  const group = groups.get(name) ?? { hosts: new Set(), children: new Set(), vars: new Map() };
  if (groups.size <= mostGroups) groups.set(name, group);
  return group;
}

/** A host may be named in many groups; what it is given each time is put together, the last value of a name counts. */
export function addHost(inventory: Inventory, name: string, group: string, vars: Iterable<readonly [string, unknown]>, place: Place, findings: Findings): void {
  const known = inventory.hosts.get(name);
  if (known === undefined && inventory.hosts.size >= mostHosts) {
    if (inventory.hosts.size === mostHosts) findings.add('error', 'too-many', `This inventory names more than ${mostHosts} hosts; the others are left out.`, place);
    return;
  }
  const host = known ?? { vars: new Map<string, unknown>(), place };
  inventory.hosts.set(name, host);
  if (group !== 'all') groupOf(inventory, group).hosts.add(name);
  for (const [key, value] of vars) {
    const before = host.vars.get(key);
    if (key === 'ansible_host' && before !== undefined && before !== value) {
      const [first, last] = [textAt({ before }, 'before'), textAt({ value }, 'value')];
      const sentence = `The host ${name} is given two addresses, ${first} and ${last}: two hosts of one name? The last one counts.`;
      findings.add('warning', 'two-hosts-of-one-name', sentence, { ...place, subject: `host:${name}`, value: last });
    }
    host.vars.set(key, value);
  }
}

const mostGroups = 20_000;
const deepestTree = 100;
const mostSteps = 5_000_000;

/** Groups from the top down with their depth (the longest way from `all`); null when they form a circle or a tower. */
function depthsOf(groups: ReadonlyMap<string, Group>, findings: Findings): Map<string, number> | null {
  const parents = new Map<string, number>([...groups.keys()].map((name) => [name, 0]));
  for (const { children } of groups.values()) for (const child of children) if (parents.has(child)) parents.set(child, (parents.get(child) ?? 0) + 1);
  const depths = new Map<string, number>();
  let level = [...parents].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestTree) {
      findings.add('error', 'too-deep', `The groups are nested more than ${deepestTree} levels deep.`);
      return null;
    }
    const next: string[] = [];
    for (const name of level) {
      depths.set(name, name === 'all' ? 0 : depth);
      for (const child of groups.get(name)?.children ?? []) {
        const left = (parents.get(child) ?? 0) - 1;
        parents.set(child, left);
        if (left === 0) next.push(child);
      }
    }
    level = next;
  }
  const circle = [...groups.keys()].filter((name) => !depths.has(name));
  if (circle.length === 0) return depths;
  findings.add(
    'error',
    'cyclic-groups',
    `These groups contain each other, or stand below such: ${circle.slice(0, 10).join(', ')}. Ansible refuses such an inventory, and so does the desk.`,
    {
      value: circle.join(', '),
    },
  );
  return null;
}

function priorityOf(vars: Vars): number {
  const said = vars.get('ansible_group_priority');
  return typeof said === 'number' && Number.isFinite(said) ? said : 1;
}

/** What Ansible makes of it: who is in which group, and every host's variables after inheritance. Null: refused. */
export function listingOf(inventory: Inventory, findings: Findings): Listing | null {
  const { groups } = inventory;
  if (groups.size > mostGroups) {
    findings.add('error', 'too-many', `This inventory has more than ${mostGroups} groups.`);
    return null;
  }
  const depths = depthsOf(groups, findings);
  if (depths === null) return null;
  const parents = new Map<string, string[]>();
  for (const [name, { children }] of groups) for (const child of children) if (!parents.get(child)?.push(name)) parents.set(child, [name]);
  const direct = new Map<string, string[]>([...inventory.hosts.keys()].map((name) => [name, []]));
  for (const [name, { hosts }] of groups) if (name !== 'ungrouped') for (const host of hosts) direct.get(host)?.push(name);
  const order = (a: string, b: string) => {
    const priority = priorityOf(groupOf(inventory, a).vars) - priorityOf(groupOf(inventory, b).vars);
    return (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || priority || (a < b ? -1 : a > b ? 1 : 0);
  };
  let steps = 0;
  const above = new Map<string, readonly string[]>();
  // Parents come before their children in the order of depth, so each is worked out once.
  for (const name of [...groups.keys()].toSorted(order)) {
    const all = new Set<string>();
    for (const parent of parents.get(name) ?? []) {
      for (const one of above.get(parent) ?? []) all.add(one);
      steps += above.get(parent)?.length ?? 0;
      if (steps > mostSteps) {
        findings.add('error', 'too-large', 'The groups contain each other in too many ways to be worked out.');
        return null;
      }
    }
    above.set(name, name === 'all' ? [] : [...all, name]);
  }
  const membership = new Map<string, readonly string[]>();
  const hostvars = new Map<string, ReadonlyMap<string, unknown>>();
  const ungrouped: string[] = [];
  for (const [name, host] of inventory.hosts) {
    const own = direct.get(name) ?? [];
    if (own.length === 0) ungrouped.push(name);
    const chain = [...new Set((own.length === 0 ? ['ungrouped'] : own).flatMap((group) => above.get(group) ?? []))].toSorted(order);
    membership.set(name, chain);
    const layers = [
      groups.get('all')?.vars,
      ...chain.map((group) => groups.get(group)?.vars),
      ...['all', ...chain].map((group) => inventory.groupVars.get(group)),
      host.vars,
      inventory.hostVars.get(name),
    ];
    const vars = new Map(layers.flatMap((layer) => [...(layer ?? [])]));
    vars.delete('ansible_group_priority');
    steps += vars.size + chain.length;
    if (steps > mostSteps) {
      findings.add('error', 'too-large', 'The hosts inherit too many variables to be worked out.');
      return null;
    }
    if (vars.size > 0) hostvars.set(name, vars);
  }
  const roots = [...groups.keys()].filter((name) => name !== 'all' && name !== 'ungrouped' && (parents.get(name) ?? []).every((parent) => parent === 'all'));
  const listed = new Map([['all', { hosts: [] as string[], children: ['ungrouped', ...roots] }]]);
  for (const [name, { hosts, children }] of groups) {
    const shown = name === 'ungrouped' ? ungrouped : [...hosts];
    if (name !== 'all' && shown.length + children.size > 0) listed.set(name, { hosts: shown, children: [...children] });
  }
  return { hostvars, groups: listed, membership };
}
