import { iso } from '#kernel/clock.ts';
import { countsAs, telling, type Hold, type Stored } from './rules/index.ts';
import type { StoredCheck } from './store/index.ts';
import type { Turned } from './turns.ts';

interface Move {
  readonly stored: Stored;
  /** What holds it back now, when it is down and nobody was told. */
  readonly hold: Hold | null;
  readonly at: number;
  readonly reason: string;
}

/** A check where it has moved to, and what is to be written of that: the same for probes and heartbeats. */
export function movedTo(check: StoredCheck, { stored, hold, at, reason }: Move): { readonly check: StoredCheck; readonly turn: Turned | null } {
  const begins = stored === 'up' && check.countsAs === 'none' && check.stored !== 'down';
  const did = telling(check, stored, hold !== null) ?? (begins ? 'began' : null);
  const behind = hold?.why === 'parent' ? hold.id : null;
  const counted = countsAs(stored, check.countsAs, behind !== null);
  const counts = counted !== check.countsAs;
  const next: StoredCheck = {
    ...check,
    stored,
    told: did === 'wentDown' || (check.told && stored === 'down'),
    behind,
    countsAs: counted,
    since: counts ? iso(at) : check.since,
    reason,
  };
  return { check: next, turn: counts || did !== null ? { check: next, at, reason, counts, did, hold } : null };
}
