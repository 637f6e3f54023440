import type { ReviewState } from './contract/review-shapes.ts';
import type { IncidentRole, Severity, Stage } from './contract/shapes.ts';

const STAGES: readonly Stage[] = ['declared', 'investigating', 'mitigating', 'monitoring', 'resolved'];
const CADENCE: Readonly<Record<Severity, number | null>> = { SEV1: 30, SEV2: 30, SEV3: 60, SEV4: null };
export const ROLE_WORDS: Readonly<Record<IncidentRole, string>> = { commander: 'commander', operations: 'operations', communication: 'communication', scribe: 'scribe' };

/** Minutes between updates: the incident's own setting (0 is never), else that of its severity (PagerDuty response guide: about every 30). */
export function cadenceOf(severity: Severity, everyMinutes: number | null): number | null {
  if (everyMinutes === null) return CADENCE[severity];
  return everyMinutes === 0 ? null : everyMinutes;
}

interface Clocked {
  readonly severity: Severity;
  readonly stage: Stage;
  readonly everyMinutes: number | null;
  readonly declaredAt: string;
  readonly updatedAt: string | null;
}

/** When the next update is due, epoch ms; null when resolved or none is wanted. Counts from the last update, else from the declaration. */
export function updateDueAt(incident: Clocked): number | null {
  const cadence = cadenceOf(incident.severity, incident.everyMinutes);
  if (cadence === null || incident.stage === 'resolved') return null;
  return Date.parse(incident.updatedAt ?? incident.declaredAt) + cadence * 60_000;
}

export function isForward(from: Stage, to: Stage): boolean {
  return STAGES.indexOf(to) > STAGES.indexOf(from);
}

export function refuseWhenResolved(stage: Stage): string | undefined {
  return stage === 'resolved' ? 'This incident is resolved. Reopen it first.' : undefined;
}

export function refuseReopening(stage: Stage): string | undefined {
  return stage === 'resolved' ? undefined : 'This incident is not resolved.';
}

/** A review follows every SEV1 and SEV2; for others somebody asks for one. */
export function needsReview(severity: Severity): boolean {
  return severity === 'SEV1' || severity === 'SEV2';
}

export function refuseOpeningReview(stage: Stage, hasReview: boolean): string | undefined {
  if (hasReview) return 'This incident has a review already.';
  return stage === 'resolved' ? undefined : 'Resolve the incident first; its review begins when it is over.';
}

export function refuseReviewChange(state: ReviewState): string | undefined {
  return state === 'closed' ? 'This review is closed. Reopen it first.' : undefined;
}

interface Finishing {
  readonly summary: string;
  readonly noActionReason: string;
  readonly findings: readonly { readonly factor: string; readonly actions: number; readonly noActionReason: string }[];
  /** Sentences on what open actions lack. */
  readonly lacks: readonly string[];
}

/** What hinders closing a review, as sentences; empty when nothing does. */
export function missingForFinish({ summary, noActionReason, findings, lacks }: Finishing): readonly string[] {
  return [
    ...(summary.trim() === '' ? ['Write the summary.'] : []),
    ...(findings.length === 0 && noActionReason.trim() === '' ? ['Name what contributed, or say why none is needed.'] : []),
    ...findings.filter((one) => one.actions === 0 && one.noActionReason.trim() === '').map((one) => `“${one.factor}” needs an action, or a reason why not.`),
    ...lacks,
  ];
}

const PICKED = new Set([
  'incident.declared',
  'incident.advanced',
  'incident.movedBack',
  'incident.resolved',
  'incident.reopened',
  'incident.severityChanged',
  'incident.updated',
  'incident.alertJoined',
  'incident.alertOpened',
  'incident.alertResolved',
]);

/** Whether an entry is in the timeline of a review unless somebody chose otherwise: turns of events and decisions. */
export function pickedByDefault(entry: { readonly did: string; readonly group: string }): boolean {
  return PICKED.has(entry.did) || entry.group === 'decision';
}
