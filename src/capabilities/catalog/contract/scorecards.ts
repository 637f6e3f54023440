import * as z from 'zod';
import { instant, many, mayOf, number, Ref, title, verb } from '#kernel/contract.ts';
import { LEVELS, OPERATORS, RULE_LEVELS } from '../rules/scorecard.ts';
import { tier } from './shapes.ts';

const count = z.number().int();
const level = z.enum(LEVELS);
const ruleLevel = z.enum(RULE_LEVELS);
const operator = z.enum(OPERATORS);
/** Null: not said, or nothing to compare with. */
const value = z.union([z.boolean(), z.number(), z.string().trim().max(200)]).nullable();
/** What to do to pass, with the place. */
const advice = z.string().trim().min(1, 'Say what to do to pass, and where.').max(300);
const fact = z.string().max(80);
const tiers = z.array(tier).max(4);
const id = z.uuid();
const Levels = z.object({ basic: count, bronze: count, silver: count, gold: count });

export const ScoreRule = z
  .object({
    id,
    level: ruleLevel,
    title: z.string(),
    advice: z.string(),
    fact,
    /** What the fact is called; null: nothing on this desk knows it any more, so nobody passes. */
    label: z.string().nullable(),
    operator,
    value,
    /** Empty: services of every tier. */
    tiers: z.array(count),
  })
  .meta({ id: 'ScoreRule' });
export type ScoreRule = z.infer<typeof ScoreRule>;

const Exemption = z.object({ id, reason: z.string(), until: z.iso.date(), by: Ref.nullable(), at: instant }).meta({ id: 'ScoreExemption' });

const Scorecard = z.object({
  /** Bronze first, in the order in which they are shown. */
  rules: z.array(ScoreRule),
  /** What a rule can ask for. */
  facts: z.array(z.object({ name: z.string(), label: z.string(), type: z.enum(['boolean', 'number', 'text']) })),
  may: mayOf('createRule'),
});

const ruleFields = { level: ruleLevel, title, advice, fact, operator };
const can = 'catalog.scorecard';

export const scorecardVerbs = {
  scorecard: verb('GET /scorecard', { can: 'catalog.read', about: 'show the rules of the scorecard and what they can ask for', output: Scorecard }),
  createRule: verb('POST /scorecard/rules', {
    can,
    about: 'add a rule to the scorecard',
    input: { ...ruleFields, value: value.default(null), tiers: tiers.default([]) },
    output: ScoreRule,
  }),
  updateRule: verb('POST /scorecard/rules/{id}', {
    can,
    about: 'change a rule of the scorecard',
    input: {
      id,
      level: ruleLevel.optional(),
      title: title.optional(),
      advice: advice.optional(),
      fact: fact.optional(),
      operator: operator.optional(),
      value: value.optional(),
      tiers: tiers.optional(),
    },
    output: ScoreRule,
  }),
  removeRule: verb('POST /scorecard/rules/{id}/remove', { can, about: 'remove a rule from the scorecard', input: { id }, output: ScoreRule }),
  orderRules: verb('POST /scorecard/order', {
    can,
    about: 'put the rules of the scorecard into another order: the ids of all of them',
    input: { rules: z.array(id).max(500) },
    output: Scorecard,
  }),
  standing: verb('GET /catalog/{number}/scorecard', {
    can: 'catalog.read',
    about: 'say which level a service has, and what is missing for the next one',
    input: { number },
    output: z.object({
      level,
      /** The nearest level that it does not have; null at the top. */
      next: ruleLevel.nullable(),
      /** Rules of it that fail. */
      missing: count,
      /** The rules that apply to a service of its tier. */
      results: z.array(z.object({ rule: ScoreRule, outcome: z.enum(['passed', 'failed', 'exempt']), value, exemption: Exemption.nullable() })),
      may: mayOf('exempt'),
    }),
  }),
  coverage: verb('GET /scorecard/coverage', {
    can: 'catalog.read',
    about: 'count the services in use at each level, by team and by rule',
    input: { tier: many(tier).optional() },
    output: z.object({
      services: count,
      levels: Levels,
      /** Those furthest behind first. */
      teams: z.array(z.object({ team: Ref.nullable(), services: count, levels: Levels })),
      /** Those that most services fail first. */
      rules: z.array(z.object({ rule: ScoreRule, passed: count, exempt: count, failed: count })),
    }),
  }),
  scored: verb('GET /scorecard/services', {
    can: 'catalog.read',
    about: 'list services in use by their level, or those that fail a rule',
    input: { level: level.optional(), team: z.union([number, z.literal('none')]).optional(), tier: many(tier).optional(), rule: id.optional() },
    output: z.object({
      /** By tier and name; at most 500. */
      items: z.array(z.object({ service: Ref, tier: count, team: Ref.nullable(), level, next: ruleLevel.nullable(), missing: z.array(z.string()) })),
      /** The rule that they fail. */
      rule: ScoreRule.nullable(),
      moreCount: count,
    }),
  }),
  exempt: verb('POST /catalog/{number}/exemptions', {
    can,
    about: 'count a rule as passed for a service until the end of a day',
    input: { number, rule: id, reason: z.string().trim().min(1, 'Say why it does not have to pass.').max(500), until: z.iso.date() },
    output: Exemption,
  }),
  endExemption: verb('POST /exemptions/{id}/end', { can, about: 'end an exemption before its day', input: { id }, output: Exemption }),
} as const;
