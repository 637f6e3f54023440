import { matchesAll, type Labels, type Matcher } from '#capabilities/mutes/rules/index.ts';

/** While an alert that `source` matches fires, alerts that `target` matches and that are alike in the labels `equal` are silent. */
export interface InhibitRule {
  readonly id: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

/** An open alert as inhibition sees it. */
export interface Firing {
  readonly id: string;
  readonly labels: Labels;
}

/** An alert that may be silenced. */
interface Target extends Firing {
  /** Whether another is silent because of this one. */
  readonly isBehind?: (id: string) => boolean;
}

const valueOf = (labels: Labels, name: string) => (Object.hasOwn(labels, name) ? labels[name]! : '');

/** Whether two alerts are alike in the labels; a missing label is the empty text. */
export function alike(equal: readonly string[], one: Labels, other: Labels): boolean {
  return equal.every((name) => valueOf(one, name) === valueOf(other, name));
}

/**
 * Whether one firing alert silences another by a rule. A missing label counts as empty. An alert that matches both
 * sides is not silenced by one that matches both sides too, so none silences itself (rule: Alertmanager `inhibit/inhibit.go`).
 */
export function silences(rule: InhibitRule, source: Labels, target: Labels): boolean {
  if (!matchesAll(rule.source, source) || !matchesAll(rule.target, target)) return false;
  if (!alike(rule.equal, source, target)) return false;
  return !(matchesAll(rule.source, target) && matchesAll(rule.target, source));
}

/** The first rule and source that silence the target; null when none does. An alert is no source for itself. */
export function inhibitedBy<S extends Firing>(rules: readonly InhibitRule[], sources: readonly S[], target: Target): { readonly rule: InhibitRule; readonly source: S } | null {
  for (const rule of rules) {
    if (!matchesAll(rule.target, target.labels)) continue;
    const source = sources.find((one) => one.id !== target.id && silences(rule, one.labels, target.labels) && !target.isBehind?.(one.id));
    if (source) return { rule, source };
  }
  return null;
}
