import { burnRate, type Count } from './budget.ts';
import { lasting, times } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const WINDOW_DAYS = [7, 28, 30, 90] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];
export type BurnSeverity = 'critical' | 'warning';

/** Fires when the budget is spent too fast over the long window and still so over the short one. */
export interface BurnRule {
  readonly id: '1h' | '6h' | '1d' | '3d';
  readonly severity: BurnSeverity;
  readonly longMs: number;
  readonly shortMs: number;
  /** Share of the whole budget that is spent in the long window when it fires. */
  readonly share: number;
}

/** Multi-window, multi-burn-rate alerts of Google's SRE workbook, chapter 5: 14.4, 6, 3 and 1 times for 30 days. */
export const BURN_RULES: readonly BurnRule[] = [
  { id: '1h', severity: 'critical', longMs: HOUR, shortMs: 5 * MINUTE, share: 0.02 },
  { id: '6h', severity: 'critical', longMs: 6 * HOUR, shortMs: 30 * MINUTE, share: 0.05 },
  { id: '1d', severity: 'warning', longMs: DAY, shortMs: 2 * HOUR, share: 0.1 },
  { id: '3d', severity: 'warning', longMs: 3 * DAY, shortMs: 6 * HOUR, share: 0.1 },
];

/** Of the fastest burn there can be: a whole outage fires every rule, whatever the objective. */
const NEARLY_ALL = 0.9;

/**
 * The burn rate from which a rule fires: the same share of the budget for every window. Never below 1, since a slower burn
 * leaves something over; never above what a whole outage burns.
 */
export function thresholdOf({ share, longMs }: BurnRule, { days, objective }: { readonly days: WindowDays; readonly objective: number }): number {
  return Math.min(Math.max(1, (share * days * DAY) / longMs), NEARLY_ALL / (1 - objective));
}

/** Every length of time that the rules look at, ms. */
export const LOOK_BACKS: readonly number[] = [...new Set(BURN_RULES.flatMap(({ longMs, shortMs }) => [longMs, shortMs]))].toSorted((a, b) => a - b);

export interface Burn {
  readonly rule: BurnRule;
  readonly threshold: number;
  readonly long: number | null;
  readonly short: number | null;
  readonly fires: boolean;
}

export interface Target {
  readonly days: WindowDays;
  readonly objective: number;
}

/** How each rule stands. One of whose windows nothing is known stays as it was: silence proves nothing, good or bad. */
export function burnsOf(countOf: (lookBack: number) => Count, target: Target, firing: ReadonlySet<string>): readonly Burn[] {
  return BURN_RULES.map((rule) => {
    const threshold = thresholdOf(rule, target);
    const [long, short] = [burnRate(countOf(rule.longMs), target.objective), burnRate(countOf(rule.shortMs), target.objective)];
    const fires = long === null || short === null ? firing.has(rule.id) : long >= threshold && short >= threshold;
    return { rule, threshold, long, short, fires };
  });
}

export function worstOf(burns: readonly Burn[]): Burn | undefined {
  return burns.find(({ fires, rule }) => fires && rule.severity === 'critical') ?? burns.find(({ fires }) => fires);
}

/** What a rule says when it fires. */
export function burnSentence({ rule, long }: Pick<Burn, 'rule' | 'long'>): string {
  return long === null
    ? `It spent its error budget too fast over ${lasting(rule.longMs)}, and gives no numbers now.`
    : `It spends its error budget ${times(long)} as fast as it may over ${lasting(rule.longMs)}.`;
}
