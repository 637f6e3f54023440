import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { clientOf, type CallOptions } from '#kernel/client.ts';
import type { Contract, Verb } from '#kernel/contract.ts';
import { allContracts } from '#contracts';
import { connection } from './connection.ts';
import { kebab } from './help.ts';
import { table } from './table.ts';
import { readFlags, Usage, type Flags } from './usage.ts';

interface Property {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Property[];
}

/** `qd CAPABILITY VERB [NUMBER …] [--field value …] [--json]`: any verb of any contract. */
export async function runVerb(parameters: readonly string[]): Promise<void> {
  const [capability = '', verbName = '', ...rest] = parameters;
  const contract = allContracts.find((one) => one.name === capability);
  if (!contract) throw new Usage(`There is no command ${capability}. Run qd help to see all.`);
  if (verbName === '' || verbName === '--help') {
    process.stdout.write(
      `${Object.entries(contract.verbs)
        .map(([name, verb]) => `  qd ${capability} ${usage(name, verb)}\n      ${verb.about}`)
        .join('\n')}\n`,
    );
    return;
  }
  const [name, verb] = verbOf(contract, verbName);
  const flags = readFlags(rest);
  if (flags.named.has('help')) {
    process.stdout.write(
      `qd ${capability} ${usage(name, verb)}\n${verb.about}\n\n${fields(verb)
        .map(([key, p]) => `  --${kebab(key).padEnd(18)} ${describe(p)}`)
        .join('\n')}\n`,
    );
    return;
  }
  const { url, token } = connection();
  const call = clientOf(contract, { baseUrl: url, token })[name] as (input: unknown, options?: CallOptions) => Promise<unknown>;
  const answer = await call(inputOf(verb, flags));
  process.stdout.write(flags.named.has('json') || (!process.stdout.isTTY && flags.named.has('raw')) ? `${JSON.stringify(answer, null, 2)}\n` : table(answer));
}

/** A verb by its name or any unique beginning of it: `ack` is `acknowledge`. */
function verbOf(contract: Contract, given: string): [string, Verb] {
  const names = Object.keys(contract.verbs);
  const found = names.filter((name) => kebab(name) === given || name === given);
  const near = found.length > 0 ? found : names.filter((name) => kebab(name).startsWith(given));
  const [name] = near;
  const verb = name === undefined ? undefined : contract.verbs[name];
  if (near.length === 1 && name && verb) return [name, verb];
  throw new Usage(near.length > 1 ? `${given} may be ${near.map(kebab).join(' or ')}.` : `qd ${contract.name} has no verb ${given}. It has: ${names.map(kebab).join(', ')}.`);
}

function schemaOf(verb: Verb): { properties?: Record<string, Property>; required?: string[] } {
  return z.toJSONSchema(verb.input as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' }) as never;
}

function fields(verb: Verb): [string, Property][] {
  return Object.entries(schemaOf(verb).properties ?? {});
}

function inPath(verb: Verb): string[] {
  return [...verb.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
}

function usage(name: string, verb: Verb): string {
  const required = (schemaOf(verb).required ?? []).filter((key) => !inPath(verb).includes(key));
  return [kebab(name), ...inPath(verb).map((key) => key.toUpperCase()), ...required.map((key) => `--${kebab(key)} …`)].join(' ');
}

/** Texts of this length are files: `--text @backup.json` reads one. */
const WHOLE_FILE = 500_000;

function contentOf(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw new Usage(`${path} cannot be read. Write @ and the path of a file, or @- for what is piped in.`);
  }
}

function describe(property: Property): string {
  const choices = property.enum ?? property.anyOf?.flatMap((one) => one.enum ?? []) ?? [];
  return [choices.length > 0 ? choices.join(' | ') : '', (property.maxLength ?? 0) >= WHOLE_FILE ? '@file' : '', property.description ?? ''].filter(Boolean).join('  ');
}

function inputOf(verb: Verb, flags: Flags): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const places = inPath(verb);
  for (const [i, value] of flags.positional.entries()) {
    const key = places[i];
    if (key === undefined) throw new Usage(`${value} is one argument too many.`);
    input[key] = value;
  }
  const known = fields(verb);
  for (const [flag, values] of flags.named) {
    if (flag === 'json' || flag === 'raw') continue;
    const property = known.find(([key]) => kebab(key) === flag || key === flag);
    if (!property) throw new Usage(`--${flag} is not known here. Known: ${known.map(([key]) => `--${kebab(key)}`).join(', ')}.`);
    input[property[0]] = valueOf(property[1], values, verb.method === 'GET');
  }
  return input;
}

function valueOf(property: Property, values: readonly string[], inQuery: boolean): unknown {
  if (inQuery) return values.length > 1 ? values : values[0];
  const [first = ''] = values;
  if ((property.maxLength ?? 0) >= WHOLE_FILE) return first.startsWith('@') ? contentOf(first.slice(1)) : first;
  const types = [property.type, ...(property.anyOf ?? []).map((one) => one.type)].flat();
  const convert = (raw: string): unknown => {
    if (raw === 'null' && types.includes('null')) return null;
    if (/^[[{]/.test(raw)) return JSON.parse(raw);
    if (types.includes('integer') || types.includes('number')) return Number(raw);
    return types.includes('boolean') && (raw === 'true' || raw === 'false') ? raw === 'true' : raw;
  };
  if (types.includes('array')) return values.length === 1 && values[0]?.startsWith('[') ? JSON.parse(values[0]) : values.map(convert);
  return convert(values[0] ?? '');
}
