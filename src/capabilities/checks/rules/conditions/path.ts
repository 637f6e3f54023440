/** What a path of a JSON text leads to: as text, and how long it is (entries of a list, bytes of anything else). */
export type Reached = { readonly text: string; readonly length: number };

/** A path such as `.users[0].name`, from the root; undefined when it leads nowhere, to nothing, or the text is no JSON. */
export function reach(document: unknown, path: string): Reached | undefined {
  let at = document;
  for (const step of stepsOf(path)) {
    if (typeof at !== 'object' || at === null) return undefined;
    const key = Array.isArray(at) ? (/^\d+$/.test(step) ? Number(step) : undefined) : step;
    if (key === undefined || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at === null || at === undefined ? undefined : reachedOf(at);
}

function stepsOf(path: string): readonly string[] {
  return path
    .replaceAll(/\[([^[\]]*)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
}

function reachedOf(value: unknown): Reached | undefined {
  const text = typeof value === 'string' ? value : textOf(value);
  return text === undefined ? undefined : { text, length: Array.isArray(value) ? value.length : bytesOf(text) };
}

/** Undefined for what is nested too deep to be written. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** How many bytes a text has as UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The value of a JSON text; undefined when it is none. A stray end behind a whole value is not read over. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
