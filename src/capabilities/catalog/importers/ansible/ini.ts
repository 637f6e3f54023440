import type { Findings, SourceFile } from '../reading.ts';
import { linesOf } from '../wording.ts';
import { addHost, groupOf } from './inventory.ts';
import type { Inventory } from './inventory.ts';
import { pythonLiteral } from './literal.ts';
import { expand, shellWords } from './pattern.ts';

interface Waiting {
  readonly line: number;
  readonly kind: 'vars' | 'children';
  readonly parents: string[];
}

const section = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;

/** Text stays text where Python reads no literal: `true` and `FALSE` are texts, `80` is a number. */
function valueOf(text: string): unknown {
  const literal = pythonLiteral(text);
  return literal === null ? text : literal.value;
}

/** INI inventory, as `ansible/plugins/inventory/ini.py` reads it, except that a bad line is a finding and the others are read. */
export function readIni({ path: file, text }: SourceFile, inventory: Inventory, findings: Findings): void {
  const waiting = new Map<string, Waiting>();
  let group = 'ungrouped';
  let kind = 'hosts';
  const bad = (line: number, sentence: string) => findings.add('error', 'bad-line', sentence, { file, line });

  function open(name: string, of: string, line: number): void {
    [group, kind] = [name, of];
    const before = waiting.get(name);
    if (!inventory.groups.has(name)) {
      if (of === 'vars') {
        if (!before) waiting.set(name, { line, kind: 'vars', parents: [] });
        return;
      }
      groupOf(inventory, name);
    }
    if (!before || of === 'vars') return;
    for (const parent of before.parents) groupOf(inventory, parent).children.add(name);
    waiting.delete(name);
  }

  function host(line: string, at: number): void {
    const words = shellWords(line);
    if (words === null) return bad(at, 'A quote on this line is not closed.');
    const [pattern, ...assignments] = words;
    if (pattern === undefined) return;
    const expanded = expand(pattern);
    if (typeof expanded === 'string') return bad(at, `This host cannot be read: ${expanded}.`);
    const vars: [string, unknown][] = expanded.port === null ? [] : [['ansible_port', expanded.port]];
    for (const assignment of assignments) {
      const equals = assignment.indexOf('=');
      if (equals < 1) return bad(at, 'After the host name this line has a word that is no name=value.');
      vars.push([assignment.slice(0, equals), valueOf(assignment.slice(equals + 1))]);
    }
    for (const name of expanded.names) addHost(inventory, name, group, vars, { file, line: at }, findings);
  }

  function child(line: string, at: number): void {
    const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(line)?.[1];
    if (name === undefined) return bad(at, 'This is no name of a group.');
    if (inventory.groups.has(name)) groupOf(inventory, group).children.add(name);
    else if (!waiting.get(name)?.parents.push(group)) waiting.set(name, { line: at, kind: 'children', parents: [group] });
  }

  function variable(line: string, at: number): void {
    const equals = line.indexOf('=');
    if (equals < 1) return bad(at, 'This line is no name=value.');
    groupVars.push([group, line.slice(0, equals).trim(), valueOf(line.slice(equals + 1).trim())]);
  }

  const groupVars: [string, string, unknown][] = [];
  for (const [raw, at] of linesOf(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.length > 100_000) bad(at, 'This line has more than 100,000 characters.');
    else if (line.startsWith('[') && line.includes(']') && section.test(line)) {
      const [, name = '', of = 'hosts'] = section.exec(line) ?? [];
      if (['hosts', 'children', 'vars'].includes(of)) open(name, of, at);
      else {
        bad(at, `A section is [group], [group:children] or [group:vars]; “${of}” is none of them.`);
        kind = 'unknown';
      }
    } else if (kind === 'hosts') host(line, at);
    else if (kind === 'children') child(line, at);
    else if (kind === 'vars') variable(line, at);
  }
  for (const [name, { line, kind: of }] of waiting) {
    bad(line, of === 'vars' ? `[${name}:vars] sets variables of a group that does not exist.` : `The group ${name} is named as a child, but it does not exist.`);
  }
  for (const [name, key, value] of groupVars) if (inventory.groups.has(name)) groupOf(inventory, name).vars.set(key, value);
}
