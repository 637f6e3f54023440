/** What was good and what was bad, in one unit: milliseconds, results or requests. What is not known is in neither. */
export type Count = { readonly good: number; readonly bad: number };

export const nothing: Count = { good: 0, bad: 0 };

export function sum(counts: Iterable<Count>): Count {
  let [good, bad] = [0, 0];
  for (const one of counts) {
    good += one.good;
    bad += one.bad;
  }
  return { good, bad };
}

/** The share that was good, 0 to 1; null when nothing is known. */
export function achieved({ good, bad }: Count): number | null {
  return good + bad === 0 ? null : good / (good + bad);
}

/** What is left of the error budget: 1 is all of it, 0 none, less than 0 overspent; null when nothing is known. */
export function budgetLeft({ good, bad }: Count, objective: number): number | null {
  const allowed = (1 - objective) * (good + bad);
  return allowed === 0 ? null : 1 - bad / allowed;
}

/** How many times faster than the objective allows the budget is spent: 1 spends just all of it over the window. */
export function burnRate({ good, bad }: Count, objective: number): number | null {
  return good + bad === 0 ? null : bad / (good + bad) / (1 - objective);
}

/** Milliseconds until nothing is left at this rate; null when it is not being spent, or nothing is left. */
export function lastsFor({ left, burn, windowMs }: { readonly left: number | null; readonly burn: number | null; readonly windowMs: number }): number | null {
  return left === null || burn === null || burn <= 0 || left <= 0 ? null : (left * windowMs) / burn;
}

/** The sentence by which an objective is refused, or nothing. */
export function refuseObjective(objective: number): string | undefined {
  if (objective < 0.5) return 'Choose an objective of at least 50 %.';
  return objective > 0.99999 ? 'Choose an objective of at most 99.999 %: nothing can be promised to be always good.' : undefined;
}
