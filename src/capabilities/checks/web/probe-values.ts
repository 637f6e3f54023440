import { asTyped, fieldText } from '#web/record/field-text.ts';
import { KEPT, ProbeConfig, type Check, type ProbeKind } from '../contract/index.ts';
import { kindOf } from './kinds.ts';
import type { Spec } from './specs.ts';

export type Probe = Check['probe'];
export type RunProbe = Exclude<Probe, { kind: 'heartbeat' }>;

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The value a setting has when nobody chose one; undefined when one must be chosen. */
export function defaultOf(kind: ProbeKind, name: string): unknown {
  const shape: Readonly<Record<string, { safeParse(value: unknown): { data?: unknown } }>> | undefined = ProbeConfig.options.find(
    ({ shape: each }) => each.kind.value === kind,
  )?.shape;
  return shape?.[name]?.safeParse(undefined).data;
}

/** A setting as its field shows it. */
export function shownValue({ name, as }: Spec, kind: ProbeKind, probe: Probe | undefined): string {
  const value: unknown = probe ? Reflect.get(probe, name) : defaultOf(kind, name);
  if (as === 'headers') return Array.isArray(value) ? value.map((each: { name: string; value: string }) => `${each.name}: ${each.value}`).join('\n') : '';
  if (as === 'lines') return Array.isArray(value) ? value.join('\n') : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function isTicked({ name }: Spec, kind: ProbeKind, probe: Probe | undefined): boolean {
  return (probe ? Reflect.get(probe, name) : defaultOf(kind, name)) === true;
}

function valueOf({ name, as }: Spec, values: FormData, before: Probe | undefined): unknown {
  const text = fieldText(values, name);
  if (as === 'tick') return values.get(name) === 'on';
  if (as === 'number') return text === '' ? undefined : Number(text);
  if (as === 'lines') return linesOf(text);
  if (as === 'headers')
    return linesOf(text).map((line) => {
      const [head = '', ...rest] = line.split(':');
      return { name: head.trim(), value: rest.join(':').trim() };
    });
  if (as !== 'secret') return text;
  // An empty password field means: as it was. Its box beside it forgets it.
  const typed = asTyped(values, name);
  return typed !== '' || values.get(`${name}Forgotten`) === 'on' ? typed : before && Reflect.get(before, name) === KEPT ? KEPT : '';
}

const COUNTS = ['intervalSeconds', 'timeoutSeconds', 'failures', 'successes', 'retrySeconds'] as const;

/** What the fields say; checked by the server, so it is whatever was typed. */
export function probeOf(kind: ProbeKind, values: FormData, before: Probe | undefined): Readonly<Record<string, unknown>> {
  const own = (kindOf(kind)?.specs ?? []).map((spec) => [spec.name, valueOf(spec, values, before)] as const);
  const counts = COUNTS.map((name) => [name, fieldText(values, name) === '' ? undefined : Number(fieldText(values, name))] as const);
  const given = Object.fromEntries([...own, ...counts].filter(([, value]) => value !== undefined));
  return { kind, ...given, conditions: linesOf(fieldText(values, 'conditions')) };
}
