import type { Findings, SourceFile } from '../reading.ts';
import { at, entriesAt, isFields, listAt, parseJson, textAt } from '../untyped.ts';
import { yamlDocuments } from '../yaml.ts';
import { addHost, groupOf } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { expand } from './pattern.ts';

const groupKeys = ['hosts', 'vars', 'children'];

/** One group of a YAML inventory with everything below it; the size guard has limited the depth. */
function readGroup(name: string, value: unknown, inventory: Inventory, file: string, findings: Findings): void {
  const group = groupOf(inventory, name);
  const odd = (sentence: string) => findings.add('error', 'bad-group', sentence, { file, subject: `group:${name}` });
  if (value === null) return;
  if (!isFields(value)) return odd(`The group ${name} is no mapping of hosts, vars and children.`);
  for (const [key, inner] of entriesAt(value)) {
    if (!groupKeys.includes(key))
      findings.add('warning', 'unknown-field', `The group ${name} has ${key}, which means nothing; only hosts, vars and children do.`, {
        file,
        subject: `group:${name}`,
        value: key,
      });
    else if (inner !== null && !isFields(inner)) odd(`In the group ${name}, ${key} is no mapping. Write “name:” with a colon, one a line.`);
  }
  for (const [key, inner] of entriesAt(value, 'vars')) group.vars.set(key, inner);
  for (const [child, inner] of entriesAt(value, 'children')) {
    group.children.add(child);
    readGroup(child, inner, inventory, file, findings);
  }
  for (const [pattern, inner] of entriesAt(value, 'hosts')) {
    const expanded = expand(pattern);
    if (typeof expanded === 'string') {
      odd(`A host of the group ${name} cannot be read: ${expanded}.`);
      continue;
    }
    const vars = [...(expanded.port === null ? [] : [['ansible_port', expanded.port] as const]), ...entriesAt({ inner }, 'inner')];
    for (const host of expanded.names) addHost(inventory, host, name, vars, { file, line: null }, findings);
  }
}

export function readYaml(source: SourceFile, inventory: Inventory, findings: Findings): void {
  for (const { value, line } of yamlDocuments(source, findings, '1.1')) {
    if (isFields(value)) for (const [name, group] of entriesAt(value)) readGroup(name, group, inventory, source.path, findings);
    else findings.add('error', 'bad-group', 'This is no inventory: it is not a mapping of groups.', { file: source.path, line });
  }
}

/** What a dynamic inventory script or `ansible-inventory --list` prints. */
export function readList({ path: file, text }: SourceFile, inventory: Inventory, findings: Findings): void {
  const parsed = parseJson(text);
  if ('fault' in parsed || !isFields(parsed.value)) {
    findings.add('error', 'json', `This file cannot be read: ${'fault' in parsed ? parsed.fault : 'it is no JSON object'}.`, { file });
    return;
  }
  const { value } = parsed;
  const names = (list: readonly unknown[]) => list.map((name) => textAt({ name }, 'name')).filter((name) => name !== '');
  // The tool sorts its keys; the order of the groups stands in `all` alone.
  for (const child of names(listAt(value, 'all', 'children'))) groupOf(inventory, child);
  // The tool sorts its keys; the order of the groups stands in `all` alone.
  for (const child of names(listAt(value, 'all', 'children'))) groupOf(inventory, child);
  for (const [name, group] of entriesAt(value)) {
    if (name === '_meta') continue;
    // Before there were groups of groups, a group was a list of hosts; and a name with variables alone was a host.
    const isHost = isFields(group) && !groupKeys.some((key) => Object.hasOwn(group, key));
    const hosts = names(isHost ? [name] : Array.isArray(group) ? group : listAt(group, 'hosts'));
    const own = groupOf(inventory, name);
    for (const host of hosts) addHost(inventory, host, name, isHost ? entriesAt({ group }, 'group') : [], { file, line: null }, findings);
    for (const child of names(listAt(group, 'children'))) {
      groupOf(inventory, child);
      if (name !== 'all') own.children.add(child);
    }
    for (const [key, said] of entriesAt(group, 'vars')) own.vars.set(key, said);
  }
  if (at(value, '_meta', 'hostvars') === undefined) {
    findings.add('info', 'no-hostvars', 'This list has no _meta.hostvars: variables of single hosts are not known. `ansible-inventory --list` gives them.', { file });
  }
  for (const [host, vars] of entriesAt(value, '_meta', 'hostvars')) {
    for (const [key, said] of entriesAt({ vars }, 'vars')) {
      if (inventory.hosts.has(host)) inventory.hosts.get(host)?.vars.set(key, said);
      else addHost(inventory, host, 'all', [[key, said]], { file, line: null }, findings);
    }
  }
}

/** A file of `group_vars/` or `host_vars/`: one mapping of variables. */
export function readVars(source: SourceFile, into: Map<string, Map<string, unknown>>, name: string, findings: Findings): void {
  if (source.text.startsWith('$ANSIBLE_VAULT')) {
    findings.add('info', 'vault', 'This file is encrypted with Ansible Vault; it is not read.', { file: source.path });
    return;
  }
  const vars = into.get(name) ?? new Map<string, unknown>();
  for (const { value, line } of yamlDocuments(source, findings, '1.1')) {
    if (isFields(value)) for (const [key, said] of entriesAt(value)) vars.set(key, said);
    else findings.add('error', 'bad-group', 'This file of variables is not a mapping.', { file: source.path, line });
  }
  into.set(name, vars);
}
