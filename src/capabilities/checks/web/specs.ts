import type { Option } from '#web/ui/Field.tsx';
import type { Picture } from '#web/ui/Icon.tsx';
import type { Check, ProbeKind } from '../contract/index.ts';

/** One field of the form of a kind. Its name is that of the setting. */
export interface Spec<N extends string = string> {
  readonly name: N;
  readonly label: string;
  readonly as: 'text' | 'number' | 'secret' | 'lines' | 'headers' | 'area' | 'tick' | 'choice';
  readonly hint?: string;
  readonly example?: string;
  readonly options?: readonly Option[];
  readonly optional?: true;
  /** Beside its neighbour, two in a line. */
  readonly half?: true;
  /** Folded away below More. */
  readonly more?: true;
}

export interface Kind {
  readonly id: ProbeKind;
  readonly label: string;
  readonly line: string;
  readonly icon: Picture;
  readonly example: string;
  readonly specs: readonly Spec[];
}

/** A kind whose fields are settings that it has. */
export const kind = <K extends ProbeKind>(
  given: Omit<Kind, 'id' | 'specs'> & { readonly id: K; readonly specs: readonly Spec<Extract<keyof Extract<Check['probe'], { kind: K }>, string>>[] },
): Kind => given;

export const choices = (...all: readonly (readonly [string, string])[]): readonly Option[] => all.map(([value, label]) => ({ value, label }));
export const same = (...all: readonly string[]): readonly Option[] => all.map((value) => ({ value, label: value }));

export const host = (example: string): Spec<'host'> => ({ name: 'host', label: 'Host', as: 'text', half: true, example });
export const port = { name: 'port', label: 'Port', as: 'number', half: true } as const satisfies Spec;
export const user = { name: 'user', label: 'User name', as: 'text', half: true } as const satisfies Spec;
export const password = { name: 'password', label: 'Password', as: 'secret', half: true, optional: true } as const satisfies Spec;
export const database = { name: 'database', label: 'Database', as: 'text', optional: true } as const satisfies Spec;
export const ip = {
  name: 'ip',
  label: 'Version of IP',
  as: 'choice',
  options: choices(['any', 'any'], ['4', 'IPv4 only'], ['6', 'IPv6 only']),
  more: true,
} as const satisfies Spec;
export const verify = { name: 'verify', label: 'Refuse a certificate that cannot be verified', as: 'tick', more: true } as const satisfies Spec;
export const certificateDays = { name: 'certificateDays', label: 'Warn before the certificate ends, days', as: 'number', hint: '0 for never.', more: true } as const satisfies Spec;
export const encryption = {
  name: 'security',
  label: 'Encryption',
  as: 'choice',
  options: choices(['none', 'none'], ['starttls', 'after the greeting (STARTTLS)'], ['tls', 'from the first byte (TLS)']),
} as const satisfies Spec;
export const tls = { name: 'tls', label: 'Encryption', as: 'choice', options: choices(['off', 'none'], ['on', 'TLS']), more: true } as const satisfies Spec;
export const greeting = { name: 'expect', label: 'Text the greeting must contain', as: 'text', optional: true, more: true } as const satisfies Spec;
export const query = { name: 'query', label: 'Query', as: 'area', hint: 'It runs in a transaction that only reads. Conditions see its answer as [BODY].' } as const satisfies Spec;
