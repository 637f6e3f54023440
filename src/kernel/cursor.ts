import { invalidField } from './problem.ts';

/** Opaque position in a list: the sort key of the last row shown. */
export function cursorOf(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key inside a cursor, `parts` long; all undefined without a cursor. */
export function keyOf(cursor: string | undefined, parts: number): readonly (string | undefined)[] {
  if (cursor === undefined) return [];
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === parts) return key.map((part) => (part === null ? undefined : String(part)));
  } catch {
    // falls through to the refusal below
  }
  throw invalidField('cursor', 'This is not a cursor of this list. Begin without one.');
}
