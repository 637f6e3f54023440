/** Reads values of unknown shape. Own properties only: a key such as `__proto__` or `constructor` is a name like any other. */

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (!isFields(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return here;
}

/** The text of a scalar, trimmed; empty for everything else. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  if (typeof found === 'string') return found.trim();
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function entriesAt(value: unknown, ...path: readonly string[]): readonly (readonly [string, unknown])[] {
  const found = at(value, ...path);
  return isFields(found) ? Object.entries(found) : [];
}

/** Entries whose value is a scalar, as texts. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly (readonly [string, string])[] {
  return entriesAt(value, ...path).flatMap(([name, one]) => (textAt({ one }, 'one') === '' ? [] : [[name, textAt({ one }, 'one')] as const]));
}

const deepest = 60;
const mostNodes = 2_000_000;

/** Says what is wrong with the size of a value before anybody walks it: too deep (or a circle), or too much once references are followed. */
export function sizeFault(value: unknown): 'deep' | 'large' | null {
  let level: unknown[] = [value];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return 'deep';
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      const inner = Object.values(one);
      nodes += inner.length;
      if (nodes > mostNodes) return 'large';
      for (const item of inner) next.push(item);
    }
    level = next;
  }
  return null;
}

/** JSON that is not too deep to walk. A fault is a sentence's end. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The message quotes the text, which may be a secret.
    const line = cause instanceof Error ? /\(line (\d+) column/.exec(cause.message)?.[1] : undefined;
    return { fault: line === undefined ? 'it is not JSON, or it ends too early' : `it is not JSON from line ${line} on` };
  }
  const fault = sizeFault(value);
  return fault === null ? { value } : { fault: fault === 'deep' ? `it is nested more than ${deepest} levels deep` : 'it holds too many values' };
}
