import type { Labels } from '#capabilities/mutes/rules/index.ts';

const PRIME = 0x100000001b3n;
const START = 0xcbf29ce484222325n;
const MASK = 0xffffffffffffffffn;
const SEPARATOR = 255;
/** What PagerDuty allows for `dedup_key`; longer keys are refused there, so ours are never longer. */
export const longestKey = 255;

function* utf8(text: string): Generator<number> {
  for (const sign of text) {
    const point = sign.codePointAt(0)!;
    if (point < 0x80) yield point;
    else if (point < 0x800) yield* [0xc0 | (point >> 6), 0x80 | (point & 0x3f)];
    else if (point < 0x10000) yield* [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)];
    else yield* [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)];
  }
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 16 hex digits, the fingerprint that Prometheus and Alertmanager give the same labels (FNV-1a, 64 bit, names in order). */
export function fingerprintOf(labels: Labels): string {
  let sum = START;
  const add = (byte: number) => {
    sum = ((sum ^ BigInt(byte)) * PRIME) & MASK;
  };
  for (const [name, value] of Object.entries(labels).sort(byName)) {
    for (const byte of utf8(name)) add(byte);
    add(SEPARATOR);
    for (const byte of utf8(value)) add(byte);
    add(SEPARATOR);
  }
  return sum.toString(16).padStart(16, '0');
}

/** What makes two signals of one integration the same alert: the sender's key, all labels, or the named ones. */
export type IdentityRule = { readonly by: 'key' } | { readonly by: 'labels'; readonly names?: readonly string[] };

export type Identified = { readonly key: string | null; readonly labels: Labels };

/**
 * The key under which a signal belongs to an alert. With `by: 'key'` it is the sender's; null means that the desk makes
 * a new one. A missing label counts as empty, so its absence is part of the identity.
 */
export function keyOf({ key, labels }: Identified, rule: IdentityRule): string | null {
  if (rule.by === 'key') return key === null || key === '' ? null : key;
  if (rule.names === undefined) return fingerprintOf(labels);
  return fingerprintOf(Object.fromEntries(rule.names.map((name) => [name, Object.hasOwn(labels, name) ? labels[name]! : ''])));
}
