import { fingerprintOf, longestKey } from './identity.ts';

/** The beginning of a text, never half of a sign: a database takes no such halves. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).toWellFormed();
}

const TELLING = 4000;

/** A key as it is, or a fingerprint in place of one that is too long: cut off, two of them might become one. */
export function shortKey(key: string): string {
  return key.length <= longestKey ? key : fingerprintOf({ key: cut(key, TELLING), length: String(key.length) });
}
