/** Why the step before did not end it; null for the first page. */
export type Previous = 'unanswered' | 'nobody' | 'escalated' | null;

export type PageReason = {
  readonly stepNumber: number;
  readonly stepCount: number;
  /** The rota through which the person was found; null when the step names the person or the person's team. */
  readonly rotaName: string | null;
  readonly layerName: string | null;
  readonly previous: Previous;
  readonly teamName?: string | null;
  readonly overridden?: string | null;
  /** 1 for the first pass through the policy. */
  readonly roundNumber?: number;
};

function place({ rotaName, layerName, teamName, overridden }: PageReason): string {
  if (rotaName !== null && overridden) return `on call in ${rotaName} by override (${overridden})`;
  if (rotaName !== null) return layerName === null ? `on call in ${rotaName}` : `on call in ${rotaName}, layer ${layerName}`;
  return teamName ? `member of team ${teamName}` : 'named in the escalation policy';
}

function before({ previous, stepNumber, stepCount, roundNumber }: PageReason): string {
  const last = stepNumber > 1 ? `Step ${stepNumber - 1}` : (roundNumber ?? 1) > 1 ? `Step ${stepCount} of the round before` : null;
  if (previous === 'escalated') return ' Somebody escalated by hand.';
  if (last === null || previous === null) return '';
  return previous === 'nobody' ? ` ${last} had nobody on call.` : ` ${last} was not acknowledged in time.`;
}

/** "On call in Payments, layer Nights (step 2 of 3). Step 1 was not acknowledged in time." */
export function whyPaged(reason: PageReason): string {
  const found = place(reason);
  const round = (reason.roundNumber ?? 1) > 1 ? `, round ${reason.roundNumber}` : '';
  return `${found[0]!.toUpperCase()}${found.slice(1)} (step ${reason.stepNumber} of ${reason.stepCount}${round}).${before(reason)}`;
}

/** "Step 2 of 3 was skipped: nobody is on call in Payments." */
export function whySkipped({ stepNumber, stepCount, targetNames }: { readonly stepNumber: number; readonly stepCount: number; readonly targetNames: readonly string[] }): string {
  const who = targetNames.length === 0 ? 'the step names nobody' : `nobody is on call in ${targetNames.join(', ')}`;
  return `Step ${stepNumber} of ${stepCount} was skipped: ${who}.`;
}

/** Why the fallback is paged. */
export function whyFallback({ policyName, rounds, paged }: { readonly policyName: string; readonly rounds: number; readonly paged: 'somebody' | 'nobody' }): string {
  if (paged === 'nobody') return `Nobody could be paged by ${policyName}: no step has anybody on call. The administrators are paged instead.`;
  return `Nobody acknowledged within ${rounds === 1 ? 'one round' : `${rounds} rounds`} of ${policyName}. The administrators are paged instead.`;
}
