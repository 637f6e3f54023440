/** The command line was used wrongly; the message says how it is used. */
export class Usage extends Error {}

export interface Flags {
  readonly positional: readonly string[];
  readonly named: ReadonlyMap<string, readonly string[]>;
}

/** `--name value`, `--name=value`, `--flag`; a name given twice is a list. */
export function readFlags(parameters: readonly string[]): Flags {
  const positional: string[] = [];
  const named = new Map<string, string[]>();
  for (let i = 0; i < parameters.length; i += 1) {
    const one = parameters[i] ?? '';
    if (!one.startsWith('--')) {
      positional.push(one);
      continue;
    }
    const [name = '', joined] = one.slice(2).split(/=(.*)/s);
    const next = parameters[i + 1];
    const value = joined ?? (next !== undefined && !next.startsWith('--') ? next : undefined);
    if (joined === undefined && value !== undefined) i += 1;
    named.set(name, [...(named.get(name) ?? []), value ?? 'true']);
  }
  return { positional, named };
}
