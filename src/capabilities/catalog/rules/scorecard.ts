/** Levels in order; each needs all that the ones before it need. The first has no rules. */
export const LEVELS = ['basic', 'bronze', 'silver', 'gold'] as const;
export const RULE_LEVELS = ['bronze', 'silver', 'gold'] as const;
export type Level = (typeof LEVELS)[number];
export type RuleLevel = (typeof RULE_LEVELS)[number];

export type FactType = 'boolean' | 'number' | 'text';
/** Null: nobody has said it yet. */
export type FactValue = boolean | number | string | null;

export const OPERATORS = ['is set', 'is not set', 'is', 'is not', 'at least', 'at most', 'contains'] as const;
export type Operator = (typeof OPERATORS)[number];
export const OPERATORS_OF: Readonly<Record<FactType, readonly Operator[]>> = {
  boolean: ['is'],
  number: ['at least', 'at most', 'is', 'is not', 'is set', 'is not set'],
  text: ['is set', 'is not set', 'is', 'is not', 'contains'],
};
/** Operators that compare with nothing. */
export const isBare = (operator: Operator): boolean => operator === 'is set' || operator === 'is not set';

export interface Condition {
  readonly fact: string;
  readonly operator: Operator;
  readonly value: FactValue;
}

export interface Criterion extends Condition {
  readonly id: string;
  readonly level: RuleLevel;
  /** Empty: every tier. */
  readonly tiers: readonly number[];
}

const plain = (text: FactValue) => String(text).trim().toLowerCase();

/** Whether a fact meets a condition; undefined: nothing on this desk knows the fact. What is not said meets only `is not set`. */
export function meets({ operator, value }: Condition, fact: FactValue | undefined): boolean {
  if (fact === undefined) return false;
  const said = fact !== null && fact !== '';
  if (operator === 'is set') return said;
  if (operator === 'is not set') return !said;
  if (!said) return false;
  switch (operator) {
    case 'is':
      return plain(fact) === plain(value);
    case 'is not':
      return plain(fact) !== plain(value);
    case 'at least':
      return Number(fact) >= Number(value);
    case 'at most':
      return Number(fact) <= Number(value);
    case 'contains':
      return plain(fact).includes(plain(value));
  }
}

export type Outcome = 'passed' | 'failed' | 'exempt';

interface Scored {
  readonly tier: number;
  /** Undefined: nothing on this desk knows it. */
  readonly factOf: (name: string) => FactValue | undefined;
  /** Ids of the rules that it is exempt from now. */
  readonly exempt: ReadonlySet<string>;
}

export interface Score<R extends Criterion = Criterion> {
  readonly level: Level;
  /** The nearest level that is not reached; null at the top. */
  readonly next: RuleLevel | null;
  /** What fails of it. */
  readonly missing: readonly R[];
  /** Of each rule that applies to it, in the order of the rules. */
  readonly outcomes: ReadonlyMap<R, Outcome>;
}

/** A record has a level when it passes all rules of it and of every level below; a level for which there is no rule at all is not given. */
export function scoreOf<R extends Criterion>(rules: readonly R[], { tier, factOf, exempt }: Scored): Score<R> {
  const outcomes = new Map<R, Outcome>();
  for (const rule of rules) {
    if (rule.tiers.length > 0 && !rule.tiers.includes(tier)) continue;
    outcomes.set(rule, meets(rule, factOf(rule.fact)) ? 'passed' : exempt.has(rule.id) ? 'exempt' : 'failed');
  }
  let level: Level = 'basic';
  for (const next of givenLevels(rules)) {
    const missing = [...outcomes].flatMap(([rule, outcome]) => (rule.level === next && outcome === 'failed' ? [rule] : []));
    if (missing.length > 0) return { level, next, missing, outcomes };
    level = next;
  }
  return { level, next: null, missing: [], outcomes };
}

export function givenLevels(rules: readonly Criterion[]): readonly RuleLevel[] {
  return RULE_LEVELS.filter((level) => rules.some((rule) => rule.level === level));
}

const SAID: Readonly<Record<FactType, string>> = { boolean: 'yes or no', number: 'a number', text: 'a word' };

/** Why a condition cannot be asked of a fact of this type; the field is the one to change. */
export function refuseCondition(
  { operator, value }: Pick<Condition, 'operator' | 'value'>,
  type: FactType,
): { readonly field: 'operator' | 'value'; readonly sentence: string } | undefined {
  if (!OPERATORS_OF[type].includes(operator)) return { field: 'operator', sentence: `This fact is ${SAID[type]}: choose ${OPERATORS_OF[type].join(', ')}.` };
  if (isBare(operator)) return undefined;
  const fits = type === 'text' ? typeof value === 'string' && value.trim() !== '' : typeof value === type;
  return fits ? undefined : { field: 'value', sentence: `Write ${SAID[type]} to compare with.` };
}

/** Days as YYYY-MM-DD. An exemption is for a while: it ends after `until`, within a year. */
export function refuseUntil(until: string, today: string): string | undefined {
  if (until < today) return 'This day is over. Choose a later one.';
  const latest = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return until > latest ? 'An exemption is for a year at most. Choose an earlier day.' : undefined;
}
