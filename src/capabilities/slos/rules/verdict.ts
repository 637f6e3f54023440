import { achieved, budgetLeft, type Count } from './budget.ts';
import { burnSentence, worstOf, type Burn, type Target } from './burn.ts';
import { lasting, percent } from './words.ts';

export const SLO_STATES = ['good', 'warning', 'critical', 'unknown'] as const;
export type SloState = (typeof SLO_STATES)[number];

/** Without a count for so long an SLO is unknown, whatever it said last. */
export const SILENT_AFTER = 15 * 60_000;

export interface Looked {
  readonly target: Target;
  /** Over the whole window. */
  readonly window: Count;
  /** Over the last `SILENT_AFTER`. */
  readonly latest: Count;
  readonly burns: readonly Burn[];
  /** Why its source gives nothing, as a sentence, or null. */
  readonly trouble: string | null;
}

export interface Verdict {
  readonly state: SloState;
  readonly sentence: string;
}

/** How an SLO stands and why. Fast burns come first, then silence, then a budget that is gone. */
export function verdictOf({ target, window, latest, burns, trouble }: Looked): Verdict {
  const worst = worstOf(burns);
  if (worst) return { state: worst.rule.severity, sentence: burnSentence(worst) };
  if (trouble !== null) return { state: 'unknown', sentence: trouble };
  const share = achieved(window);
  if (share === null) return { state: 'unknown', sentence: 'Nothing has been counted yet.' };
  if (latest.good + latest.bad === 0)
    return { state: 'unknown', sentence: `Nothing was counted for ${lasting(SILENT_AFTER)}: what it looks at is silent, paused or under maintenance.` };
  const left = budgetLeft(window, target.objective) ?? 0;
  if (left <= 0) return { state: 'warning', sentence: `The error budget of ${target.days} days is spent: ${percent(share, 3)} instead of ${percent(target.objective, 3)}.` };
  return { state: 'good', sentence: `${percent(left, 0)} of the error budget of ${target.days} days is left.` };
}
