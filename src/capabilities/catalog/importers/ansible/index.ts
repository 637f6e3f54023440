import * as z from 'zod';
import { importer, unsaid } from '../reading.ts';
import type { Findings, SourceFile, Thing } from '../reading.ts';
import { textAt } from '../untyped.ts';
import { readIni } from './ini.ts';
import { listingOf, openInventory } from './inventory.ts';
import type { Inventory, Listing } from './inventory.ts';
import { readList, readVars, readYaml } from './structured.ts';

/** Every file given is part of one inventory, as with `ansible-inventory -i FOLDER`. Null: the groups form a circle. */
export function inventoryOf(files: readonly SourceFile[], findings: Findings): { readonly inventory: Inventory; readonly listing: Listing | null } {
  const inventory = openInventory();
  for (const file of files) {
    const vars = /(?:^|\/)(group|host)_vars\/([^/]+?)(?:\/.*|\.ya?ml|\.json)?$/.exec(file.path);
    if (vars) readVars(file, vars[1] === 'group' ? inventory.groupVars : inventory.hostVars, vars[2] ?? '', findings);
    else if (/^\s*\{/.test(file.text)) readList(file, inventory, findings);
    else if (/\.ya?ml$/i.test(file.path) || looksYaml(file.text)) {
      readYaml(file, inventory, findings);
    } else readIni(file, inventory, findings);
  }
  return { inventory, listing: listingOf(inventory, findings) };
}

/** The first line that says something is `---` or a mapping's key; no INI line is either. */
function looksYaml(text: string): boolean {
  const first = text
    .slice(0, 10_000)
    .split('\n')
    .find((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
  return first !== undefined && /^(---|"?[\w.-]+"?:\s*(#.*)?$)/.test(first);
}

/** How Ansible gets in is its own business: users, key files, become. */
const connection = /^ansible_(?!host$|port$|connection$|distribution|os_family)/;

function thingOf(name: string, { inventory, listing }: { readonly inventory: Inventory; readonly listing: Listing }): Thing {
  const vars = listing.hostvars.get(name) ?? new Map<string, unknown>();
  const said = (key: string) => textAt({ value: vars.get(key) }, 'value');
  const groups = (listing.membership.get(name) ?? []).filter((group) => group !== 'all' && group !== 'ungrouped');
  const kept = [...vars.keys()].filter((key) => !connection.test(key) && key !== 'ansible_host').map((key) => [key, said(key)] as const);
  const address = said('ansible_host') || said('ansible_ssh_host');
  return {
    ...unsaid,
    ref: `host:${name}`,
    kind: 'component',
    type: 'host',
    name,
    address: address || (/[.:]/.test(name) ? name : ''),
    tags: groups,
    attributes: Object.fromEntries([...kept, ['groups', groups.join(' > ')] as const].filter(([, value]) => value !== '')),
    file: inventory.hosts.get(name)?.place.file ?? null,
    line: inventory.hosts.get(name)?.place.line ?? null,
  };
}

/** Ansible inventories: INI, YAML, and what `ansible-inventory --list` or a script prints (behaviour of ansible-core 2.14). */
export const ansible = importer({
  label: 'Ansible inventory',
  accepts: ['hosts', 'inventory', 'hosts.ini', '*.ini', '*.yml', '*.yaml', '*.json'],
  options: z.strictObject({}),
  read(files, _, findings) {
    const { inventory, listing } = inventoryOf(files, findings);
    if (listing === null) return { things: [] };
    for (const name of inventory.hosts.keys()) {
      if (inventory.groups.has(name)) findings.add('warning', 'host-and-group', `${name} is both a host and a group.`, { subject: `host:${name}`, value: name });
    }
    return { things: [...inventory.hosts.keys()].map((name) => thingOf(name, { inventory, listing })) };
  },
});
