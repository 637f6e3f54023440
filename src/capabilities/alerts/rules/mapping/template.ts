/** A path into a body: names and places in lists; it begins at the item, or at the whole body after `$`. */
export interface Path {
  readonly root: boolean;
  readonly steps: readonly string[];
}

type Piece = { readonly text: string } | { readonly either: readonly (Path | { readonly literal: string })[] };
export type Template = readonly Piece[];

const LONGEST = 1000;
const bareName = /^[^.[\]{}|"$][^.[\]{}|"]*$/;

/** Reads `event.host`, `alerts[0].labels`, `details["free space"]`, `$.receiver`; null when it cannot be read. */
export function readPath(text: string): Path | null {
  const given = text.trim();
  const root = given === '$' || given.startsWith('$.') || given.startsWith('$[');
  const rest = root ? given.slice(1).replace(/^\./, '') : given;
  if (rest === '') return root ? { root, steps: [] } : null;
  const steps: string[] = [];
  for (let at = 0; at < rest.length;) {
    if (rest[at] === '[') {
      const found = /^\[(?:(\d{1,6})|"((?:[^"\\]|\\.)*)")\]/.exec(rest.slice(at));
      if (!found) return null;
      steps.push(found[1] ?? (found[2] ?? '').replaceAll(/\\(.)/g, '$1'));
      at += found[0].length;
    } else {
      const [name = ''] = /^[^.[]*/.exec(rest.slice(at)) ?? [];
      if (!bareName.test(name)) return null;
      steps.push(name);
      at += name.length;
    }
    if (rest[at] === '.') {
      at += 1;
      if (at === rest.length || rest[at] === '[') return null;
    } else if (at < rest.length && rest[at] !== '[') return null;
  }
  return { root, steps };
}

/** The text that `readPath` reads back as these steps. */
export function writePath(steps: readonly string[]): string {
  const written = steps.map((step, at) => {
    if (/^\d{1,6}$/.test(step)) return `[${step}]`;
    if (bareName.test(step) && step.trim() === step) return at === 0 ? step : `.${step}`;
    return `["${step.replaceAll(/(["\\])/g, '\\$1')}"]`;
  });
  return written.join('');
}

/** Splits at `|` outside quotes and brackets. */
function alternatives(text: string): string[] {
  const parts = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (sign === '|' && !quoted) {
      parts.push('');
      continue;
    }
    if (sign === '"') quoted = !quoted;
    parts[parts.length - 1] += sign;
    if (sign === '\\' && quoted && at + 1 < text.length) {
      at += 1;
      parts[parts.length - 1] += text[at]!;
    }
  }
  return parts;
}

/** Where the expression that begins at `from` ends: the first `}` outside quotes; -1 when it is not closed. */
function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '}' && !quoted) return at;
  }
  return -1;
}

/** Reads `{event.host} {event.check|event.name|"unknown"}`; the error is a sentence. A brace itself is written twice. */
export function parseTemplate(text: string): { readonly template: Template } | { readonly error: string } {
  if (text.length > LONGEST) return { error: `A field of the mapping has at most ${LONGEST} characters.` };
  const pieces: Piece[] = [];
  const add = (more: string) => {
    const last = pieces.at(-1);
    if (last && 'text' in last) pieces[pieces.length - 1] = { text: last.text + more };
    else pieces.push({ text: more });
  };
  for (let at = 0; at < text.length;) {
    const sign = text[at]!;
    if ((sign === '{' || sign === '}') && text[at + 1] === sign) {
      add(sign);
      at += 2;
    } else if (sign === '{') {
      const end = endOf(text, at + 1);
      if (end < 0) return { error: `“${text.slice(at, at + 40)}” is not closed: write {path}.` };
      const inside = text.slice(at + 1, end);
      const either = alternatives(inside).map(readAlternative);
      const wrong = either.indexOf(null);
      if (wrong >= 0) return { error: `“${alternatives(inside)[wrong]?.trim() || inside}” is no path: write names with dots like event.host, or a text in quotes.` };
      pieces.push({ either: either.filter((one) => one !== null) });
      at = end + 1;
    } else {
      add(sign);
      at += 1;
    }
  }
  return { template: pieces };
}

function readAlternative(text: string): Path | { literal: string } | null {
  const given = text.trim();
  const literal = /^"((?:[^"\\]|\\.)*)"$/s.exec(given);
  return literal ? { literal: literal[1]!.replaceAll(/\\(.)/gs, '$1') } : readPath(given);
}

export interface Scope {
  readonly item: unknown;
  readonly root: unknown;
}

/** What stands at a path; undefined when nothing does. Only own fields are seen. */
export function valueAt({ root, steps }: Path, scope: Scope): unknown {
  let value = root ? scope.root : scope.item;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    if (Array.isArray(value) && !/^\d+$/.test(step)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

/** A value as text: '' for what is missing, null or a structure. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.length <= 50 ? value.flatMap((one) => (typeof one === 'object' ? [] : [textOf(one)])).join(', ') : '';
}

/** Fills a template; '' when it has paths and none of them leads to anything. */
export function fill(template: Template, scope: Scope): string {
  let asked = false;
  let found = false;
  const written = template.map((piece) => {
    if ('text' in piece) return piece.text;
    asked = true;
    for (const one of piece.either) {
      const value = 'literal' in one ? one.literal : textOf(valueAt(one, scope));
      if (value === '') continue;
      found = true;
      return value;
    }
    return '';
  });
  return asked && !found ? '' : written.join('').trim();
}
