import type { ProbeConfig } from './index.ts';
import { KEPT, type Refused } from './shared.ts';

/** Field → password or token in clear. Headers are named `header x-api-key`. */
export type Secrets = Readonly<Record<string, string>>;

const FIELDS = ['password', 'token'] as const;
/** A shorter one would be found by chance in words that do not tell it. */
const SHORTEST_MASKED = 4;
const SECRET_HEADER = /auth|cookie|token|key|secret|password|credential|session/i;

interface Slot {
  readonly name: string;
  readonly value: string;
}

function slotsOf(config: ProbeConfig): readonly Slot[] {
  const fields = FIELDS.flatMap((name): Slot[] => {
    const value: unknown = Reflect.get(config, name);
    return typeof value === 'string' && value !== '' ? [{ name, value }] : [];
  });
  const headers = config.kind === 'http' ? config.headers.filter(({ name, value }) => SECRET_HEADER.test(name) && value !== '') : [];
  return [...fields, ...headers.map(({ name, value }) => ({ name: `header ${name.toLowerCase()}`, value }))];
}

/** The same settings with every secret replaced. */
function replaced(config: ProbeConfig, by: (name: string) => string | undefined): ProbeConfig {
  const names = new Set(slotsOf(config).map(({ name }) => name));
  const of = (name: string, value: string) => (names.has(name) ? (by(name) ?? value) : value);
  const fields = Object.fromEntries(FIELDS.flatMap((name) => (names.has(name) ? [[name, by(name) ?? KEPT]] : [])));
  if (config.kind !== 'http') return { ...config, ...fields };
  return { ...config, ...fields, headers: config.headers.map(({ name, value }) => ({ name, value: of(`header ${name.toLowerCase()}`, value) })) };
}

/** Settings as they are shown and stored, and the secrets apart from them. */
export function parted(config: ProbeConfig): { readonly shown: ProbeConfig; readonly secrets: Secrets } {
  return { shown: replaced(config, () => KEPT), secrets: Object.fromEntries(slotsOf(config).map(({ name, value }) => [name, value])) };
}

/** Settings as a probe needs them. */
export function joined(shown: ProbeConfig, secrets: Secrets): ProbeConfig {
  return replaced(shown, (name) => secrets[name] ?? '');
}

/** Words without the secrets of a probe, should the other side have said them back. */
export function withoutSecrets(words: string, config: ProbeConfig): string {
  const user: unknown = Reflect.get(config, 'user');
  return slotsOf(config)
    .flatMap(({ value }) => [value, ...(typeof user === 'string' ? [Buffer.from(`${user}:${value}`).toString('base64')] : [])])
    .filter((value) => value.length >= SHORTEST_MASKED)
    .reduce((said, value) => said.replaceAll(value, KEPT), words);
}

interface Before {
  readonly secrets: Secrets;
  /** Whether they would go where they went before. */
  readonly sameDestination: boolean;
}

/** Settings that were sent, with the secrets that are to stay as they were; or why they cannot. */
export function withKept(sent: ProbeConfig, before: Before | undefined): { readonly config: ProbeConfig } | { readonly refused: Refused } {
  for (const { name, value } of slotsOf(sent)) {
    if (value !== KEPT) continue;
    const field = name.startsWith('header ') ? 'probe.headers' : `probe.${name}`;
    const what = name.startsWith('header ') ? name.slice(7) : name;
    if (before?.secrets[name] === undefined) return { refused: { field, sentence: `Write the ${what}: none is kept yet.` } };
    // Else whoever may change a check could have its password sent to a machine of their own.
    if (!before.sameDestination) return { refused: { field, sentence: `Write the ${what} again: it would go to another place than before.` } };
  }
  const fresh = Object.fromEntries(slotsOf(sent).map(({ name, value }) => [name, value]));
  return { config: replaced(sent, (name) => (fresh[name] === KEPT ? before?.secrets[name] : fresh[name])) };
}
