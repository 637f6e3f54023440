import type { Stored } from './standing.ts';

/** Why a check that is down counts and tells otherwise: what it depends on fails, or it is under maintenance. */
export type Hold =
  | { readonly why: 'parent'; readonly id: string; readonly number: string }
  | { readonly why: 'maintenance'; readonly number: string; readonly title: string; readonly until: number | null };

/** What goes into the log when a check moves; only `wentDown` and `cameUp` are told to anybody. */
export type Telling = 'wentDown' | 'cameUp' | 'began' | 'heldBack' | 'passedAgain';

/** `told`: the log has said that it is down, and not yet that it is up again. */
export type Standpoint = { readonly stored: Stored; readonly told: boolean };

/**
 * A check that goes down is told once, as soon as nothing holds it back any more; one that comes up is told if its going
 * down was. A short blip and the first success tell nobody (rule: Uptime Kuma).
 */
export function telling(before: Standpoint, after: Stored, held: boolean): Telling | null {
  if (after === 'down') {
    if (before.told) return null;
    if (!held) return 'wentDown';
    return before.stored === 'down' ? null : 'heldBack';
  }
  if (after !== 'up') return null;
  if (before.stored === 'down') return before.told ? 'cameUp' : 'passedAgain';
  return before.stored === 'new' ? 'began' : null;
}

/** What depends on what: id → the checks it names as its parents. */
export type Parents = ReadonlyMap<string, readonly string[]>;

/** The sentence by which parents are refused, or nothing: a check may not depend on itself, over others neither. */
export function refuseParents(id: string, parents: readonly string[], known: Parents, nameOf: (id: string) => string): string | undefined {
  for (const parent of parents) {
    if (parent === id) return 'A check cannot depend on itself. Choose another one.';
    if (reaches(parent, id, known)) return `${nameOf(parent)} depends on this check already, so this check cannot depend on it. Choose another one.`;
  }
  return undefined;
}

function reaches(from: string, to: string, known: Parents): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(known.get(next) ?? []));
  }
  return false;
}

/** Whether what depends on a check is held back by it: it fails, even when not yet often enough to be down. */
export function holdsOthers({ stored, retired }: { readonly stored: Stored; readonly retired: boolean }): boolean {
  return !retired && (stored === 'down' || stored === 'pending');
}
