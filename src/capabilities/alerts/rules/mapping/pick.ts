import { severityOf, type Severity } from '../severity.ts';
import type { Mapping, StateWord } from './shape.ts';
import { fill, parseTemplate, readPath, textOf, valueAt, writePath, type Scope } from './template.ts';
import { stateOf } from './words.ts';

/** The path of a value of the body as the mapping writes it: from the entry when the value stands in the list, else from the whole body. */
export function pathFrom(steps: readonly string[], list: string, isList: boolean): string {
  const before = list.trim() === '' ? (isList ? [] : null) : (readPath(list)?.steps ?? null);
  if (before === null) return writePath(steps);
  const inside = before.every((step, at) => steps[at] === step) && /^\d+$/.test(steps[before.length] ?? '') && steps.length > before.length + 1;
  if (inside) return writePath(steps.slice(before.length + 1));
  const path = writePath(steps);
  return path.startsWith('[') ? `$${path}` : `$.${path}`;
}

/** The text of a field after a path was put in at the caret: a further alternative inside of braces, else a new expression. */
export function putIn(text: string, caret: number, path: string): string {
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const inside = before.lastIndexOf('{') > before.lastIndexOf('}') && after.includes('}');
  if (!inside) return `${before}${before === '' || /\s$/.test(before) ? '' : ' '}{${path}}${after}`;
  const [head, tail] = [before.slice(before.lastIndexOf('{') + 1).trim(), after.slice(0, after.indexOf('}')).trim()];
  return `${before}${head === '' || head.endsWith('|') ? '' : '|'}${path}${tail === '' || tail.startsWith('|') ? '' : '|'}${after}`;
}

export interface SeenWord<Meaning> {
  readonly word: string;
  /** What it means unless the mapping says otherwise. */
  readonly usual: Meaning;
}

/** The words that stand where a mapping looks for the state and for the severity, with those it already knows. */
export function seenWords(bodies: readonly unknown[], mapping: Mapping): { readonly states: readonly SeenWord<StateWord>[]; readonly severities: readonly SeenWord<Severity>[] } {
  const scopes = bodies.flatMap((body) => scopesOf(body, mapping.list));
  const wordsAt = (text: string, known: readonly string[]): string[] => {
    const parsed = parseTemplate(text);
    const said = 'template' in parsed ? scopes.map((scope) => fill(parsed.template, scope).toLowerCase()).filter((word) => word !== '' && word.length <= 200) : [];
    return [...new Set([...said, ...known])].slice(0, 30);
  };
  return {
    states: wordsAt(mapping.state, Object.keys(mapping.stateWords)).map((word) => ({ word, usual: stateOf(word, {}) })),
    severities: wordsAt(mapping.severity, Object.keys(mapping.severityWords)).map((word) => ({ word, usual: severityOf(word) })),
  };
}

function scopesOf(body: unknown, list: string): Scope[] {
  const path = list.trim() === '' ? null : readPath(list);
  const items = path ? valueAt(path, { item: body, root: body }) : Array.isArray(body) ? body : [body];
  return Array.isArray(items) ? items.slice(0, 50).map((item: unknown) => ({ item, root: body })) : [];
}

/** The nearest list around a place in the body: what a list path can point to. */
export function listAround(body: unknown, steps: readonly string[]): readonly string[] | null {
  for (let length = steps.length; length >= 0; length -= 1) {
    const path = steps.slice(0, length);
    if (Array.isArray(valueAt({ root: false, steps: path }, { item: body, root: body }))) return path;
  }
  return null;
}

/** A value as a person recognises it, or null for a structure. */
export function shownValue(value: unknown): string | null {
  if (value === null) return 'null';
  return typeof value === 'object' ? null : typeof value === 'string' ? value : textOf(value);
}
