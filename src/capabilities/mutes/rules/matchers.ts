import { RE2JS } from 're2js';

export type Matcher = { readonly name: string; readonly op: '=' | '!=' | '=~' | '!~'; readonly value: string };
export type Labels = Readonly<Record<string, string>>;

const ops = new Set<string>(['=', '!=', '=~', '!~'] satisfies Matcher['op'][]);
const shape = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*?)\s*$/;
const MOST_KEPT = 2_000;
const compiled = new Map<string, RE2JS>();

/** RE2 runs in time linear to the text, so a pattern from outside cannot stall the desk. `.` does not match a line break. */
function patternOf(value: string): RE2JS {
  const known = compiled.get(value);
  if (known) return known;
  if (compiled.size >= MOST_KEPT) compiled.clear();
  const pattern = RE2JS.compile(value);
  compiled.set(value, pattern);
  return pattern;
}

/** The sentence by which a matcher is refused, or nothing. */
export function refuseMatcher({ name, op, value }: Matcher): string | undefined {
  if (!ops.has(op)) return `${op} is not one of = != =~ !~`;
  if (op === '=' || op === '!=') return undefined;
  try {
    patternOf(value);
    return undefined;
  } catch (cause) {
    return `the pattern of ${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** A missing label is the empty text; patterns match the whole value (rule: Alertmanager `pkg/labels`). */
export function matches({ name, op, value }: Matcher, labels: Labels): boolean {
  const label = Object.hasOwn(labels, name) ? labels[name]! : '';
  if (op === '=') return label === value;
  if (op === '!=') return label !== value;
  return patternOf(value).testExact(label) === (op === '=~');
}

/** True when every matcher holds; no matchers hold always. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, labels));
}

/** Splits at commas outside quotes; one trailing comma is allowed. */
function split(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  let escaped = false;
  for (const sign of text) {
    if (sign === ',' && !quoted) {
      parts.push(part);
      part = '';
      continue;
    }
    if (sign === '"') {
      if (!escaped) quoted = !quoted;
      escaped = false;
    } else escaped = sign === '\\' && !escaped;
    part += sign;
  }
  return part.trim() === '' ? parts : [...parts, part];
}

/** The text that the value stands for, or undefined for a quote that is not escaped or not closed. */
function unescape(raw: string): string | undefined {
  const quoted = raw.startsWith('"');
  const text = quoted ? raw.slice(1) : raw;
  let value = '';
  let closed = !quoted;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!;
    const last = i === text.length - 1;
    if (sign === '\\' && !last) {
      i += 1;
      const next = text[i]!;
      value += next === 'n' ? '\n' : next === '"' || next === '\\' ? next : `\\${next}`;
    } else if (sign === '"') {
      if (!quoted || !last) return undefined;
      closed = true;
    } else value += sign;
  }
  return closed ? value : undefined;
}

/** Reads `{foo="bar", baz=~"qu.*"}` or the same without braces (rule: Alertmanager `pkg/labels/parse.go`). The error is a sentence. */
export function parseMatchers(text: string): { readonly matchers: readonly Matcher[] } | { readonly error: string } {
  const matchers: Matcher[] = [];
  for (const part of split(text.replace(/^\{/, '').replace(/\}$/, ''))) {
    const [, name, op, raw] = shape.exec(part) ?? [];
    if (name === undefined || op === undefined || raw === undefined) return { error: `“${part.trim()}” is not a matcher: write name="value"` };
    const value = unescape(raw);
    if (value === undefined) return { error: `the value of ${name} has a quote that is not escaped or not closed` };
    const matcher = { name, op: op as Matcher['op'], value };
    const refusal = refuseMatcher(matcher);
    if (refusal !== undefined) return { error: refusal };
    matchers.push(matcher);
  }
  return { matchers };
}

/** The text that `parseMatchers` reads back as the same matchers. */
export function writeMatchers(matchers: readonly Matcher[]): string {
  const quote = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
  return `{${matchers.map(({ name, op, value }) => name + op + quote(value)).join(', ')}}`;
}
