import type { In } from '#kernel/contract.ts';
import type { oncall } from '../contract.ts';
import type { Policy } from './PoliciesList.tsx';

export type TargetKind = Policy['steps'][number]['targets'][number]['kind'];
export type When = NonNullable<Policy['steps'][number]['when']>;
export type Times = NonNullable<When['times']>;
export type Urgency = Policy['urgency'];

export interface Target {
  readonly kind: TargetKind;
  readonly number: string;
  readonly title: string;
}

/** A step as it is edited. */
export interface StepLine {
  readonly key: number;
  readonly targets: readonly Target[];
  readonly waitMinutes: number;
  readonly turns: boolean;
  readonly everyone: boolean;
  readonly when: When;
}

let made = 0;
export const blankStep = (): StepLine => ({ key: ++made, targets: [], waitMinutes: 5, turns: false, everyone: false, when: {} });

export const linesOf = (policy: Policy): readonly StepLine[] =>
  policy.steps.map(({ targets, waitMinutes, turns, everyone, when }) => ({
    key: ++made,
    waitMinutes,
    turns: turns ?? false,
    everyone: everyone ?? false,
    when: when ?? {},
    targets: targets.map(({ kind, record }) => ({ kind, number: record.number, title: record.title })),
  }));

export type StepInput = In<(typeof oncall)['verbs']['createPolicy']>['steps'][number];

/** Conditions that ask for nothing are left out. */
function whenOf({ severities = [], tiers = [], times }: When): When | undefined {
  const asks = severities.length > 0 || tiers.length > 0 || times !== undefined;
  return asks ? { ...(severities.length > 0 && { severities }), ...(tiers.length > 0 && { tiers }), ...(times && { times }) } : undefined;
}

/** The steps as the contract takes them. */
export const inputOf = (steps: readonly StepLine[]): StepInput[] =>
  steps.map(({ targets, waitMinutes, turns, everyone, when }) => ({
    targets: targets.map(({ kind, number }) => ({ kind, number })),
    waitMinutes,
    ...(turns && { turns }),
    ...(everyone && { everyone }),
    ...(whenOf(when) && { when: whenOf(when)! }),
  }));

/** A draft can be previewed once each step names somebody. */
export const isWhole = (steps: readonly StepLine[]) => steps.every(({ targets, waitMinutes }) => targets.length > 0 && waitMinutes >= 1);
