import * as z from 'zod';

const Fields = z.record(z.string(), z.unknown());

/** The plain values of an object as text, by their name in lower case with `_` for every other sign: `HOST.NAME`, `host-name` and `host_name` are one. */
export function plainFields(body: unknown): ReadonlyMap<string, string> | null {
  const given = Fields.safeParse(body);
  if (!given.success || Array.isArray(body)) return null;
  return new Map(pairsOf(given.data, '', 2));
}

function pairsOf(fields: Readonly<Record<string, unknown>>, before: string, deep: number): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const key = `${before}${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
    const inner = deep > 0 && !Array.isArray(value) ? Fields.safeParse(value) : null;
    if (inner?.success) return pairsOf(inner.data, `${key}_`, deep - 1);
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
    // A macro that the sender could not fill in stands there as it was written.
    return text === '' || /^\{[A-Z0-9_.$:?#"/ -]+\}$|^\*UNKNOWN\*$|^\$[A-Z_]+\$$/.test(text) ? [] : [[key, text]];
  });
}

/** The first of these fields that says something. */
export function firstOf(fields: ReadonlyMap<string, string>, ...names: readonly string[]): string {
  return names.map((name) => fields.get(name)).find((value) => value !== undefined) ?? '';
}
