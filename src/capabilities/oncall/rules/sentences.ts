/** Why the step before did not end it; null for the first page. */
export type Previous = 'unanswered' | 'nobody' | 'unreachable' | 'left' | 'escalated' | 'timeout' | 'snoozed' | 'help' | null;

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
  /** Who had acknowledged, or asks for help. */
  readonly byName?: string | null;
  readonly isShadow?: boolean;
};

function place({ rotaName, layerName, teamName, overridden, isShadow }: PageReason): string {
  if (isShadow) return `shadow in ${rotaName ?? 'the rota'}${layerName ? `, layer ${layerName}` : ''}; you are told beside whoever is on call`;
  if (rotaName !== null && overridden) return `on call in ${rotaName} by override (${overridden})`;
  if (rotaName !== null) return layerName === null ? `on call in ${rotaName}` : `on call in ${rotaName}, layer ${layerName}`;
  return teamName ? `member of team ${teamName}` : 'named in the escalation policy';
}

function before({ previous, stepNumber, stepCount, roundNumber, byName }: PageReason): string {
  const who = byName ?? 'Somebody';
  if (previous === 'escalated') return ' Somebody escalated by hand.';
  if (previous === 'help') return ` ${who} has it and asks for help.`;
  if (previous === 'timeout') return ` ${who} acknowledged it, and it is still open.`;
  if (previous === 'snoozed') return ` ${byName ? `${byName} snoozed it` : 'It was snoozed'} until now, and it is still open.`;
  const last = stepNumber > 1 ? `Step ${stepNumber - 1}` : (roundNumber ?? 1) > 1 ? `Step ${stepCount} of the round before` : null;
  if (last === null || previous === null) return '';
  if (previous === 'nobody') return ` ${last} was skipped.`;
  if (previous === 'left') return ` Whoever ${last.toLowerCase()} paged has left the desk.`;
  return previous === 'unreachable' ? ` Nobody of ${last.toLowerCase()} could be reached on any contact.` : ` ${last} was not acknowledged in time.`;
}

/** "On call in Payments, layer Nights (step 2 of 3). Step 1 was not acknowledged in time." */
export function whyPaged(reason: PageReason): string {
  const found = place(reason);
  const round = (reason.roundNumber ?? 1) > 1 ? `, round ${reason.roundNumber}` : '';
  return `${found[0]!.toUpperCase()}${found.slice(1)} (step ${reason.stepNumber} of ${reason.stepCount}${round}).${before(reason)}`;
}

interface Skipped {
  readonly stepNumber: number;
  readonly stepCount: number;
  readonly targetNames: readonly string[];
  /** Why its condition does not hold, when that is the reason. */
  readonly condition?: string | undefined;
}

/** "Step 2 of 3 was skipped: nobody is on call in Payments." */
export function whySkipped({ stepNumber, stepCount, targetNames, condition }: Skipped): string {
  const who = targetNames.length === 0 ? 'the step names nobody' : `nobody is on call in ${targetNames.join(', ')}`;
  return `Step ${stepNumber} of ${stepCount} was skipped: ${condition ?? who}.`;
}

/** Why the fallback is paged. */
export function whyFallback({ policyName, rounds, paged }: { readonly policyName: string; readonly rounds: number; readonly paged: 'somebody' | 'nobody' }): string {
  if (paged === 'nobody') return `Nobody could be paged by ${policyName}: no step has anybody on call. The administrators are paged instead.`;
  return `Nobody acknowledged within ${rounds === 1 ? 'one round' : `${rounds} rounds`} of ${policyName}. The administrators are paged instead.`;
}

/** "Waits until 08:00: low urgency outside of support hours." */
export function whyHeld({ clock, day }: { readonly clock: string; readonly day: string | null }): string {
  return `Waits until ${clock}${day === null ? '' : ` on ${day}`}: low urgency outside of support hours.`;
}
