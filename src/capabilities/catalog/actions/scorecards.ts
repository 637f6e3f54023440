import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { refusePermission, type Actor } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { catalog, type ScoreRule } from '../contract/index.ts';
import { factKinds, factValues } from '../facts.ts';
import { isBare, LEVELS, refuseChange, refuseCondition, refuseUntil, scoreOf, type Score } from '../rules/index.ts';
import { given, serviceRow } from '../shown.ts';
import * as store from '../store/scorecards.ts';

type Verbs = 'scorecard' | 'createRule' | 'updateRule' | 'removeRule' | 'orderRules' | 'standing' | 'coverage' | 'scored' | 'exempt' | 'endExemption';
const SCORED_MOST = 500;
const GONE = 'This rule';

export const scorecardActions: Pick<Actions<typeof catalog>, Verbs> = {
  scorecard: (ctx) => scorescoreOf(ctx),

  async createRule(ctx, { value, ...asked }) {
    const fields = checked({ ...asked, value });
    const id = uuidv7(ctx.now);
    const rows = await store.lockedRules(ctx.db);
    const position = Math.max(0, ...rows.map((row) => row.position)) + 1;
    await store
      .scoreTables(ctx.db)
      .insertInto('catalogRule')
      .values({ id, ...fields, value: jsonb(fields.value), position, removedAt: null })
      .execute();
    await ctx.record({ record: null, did: 'scorecard.ruleAdded', data: { rule: id, ...fields } });
    return ruleOf(ctx.db, id);
  },

  async updateRule(ctx, { id, ...asked }) {
    const was = (await store.lockedRules(ctx.db)).find((row) => row.id === id);
    if (!was) throw missing(GONE);
    const fields = checked({ ...was, ...given(asked) });
    const changed = (Object.keys(fields) as (keyof typeof fields)[]).filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(was[name]));
    if (changed.length === 0) {
      ctx.unchanged();
      return ruleOf(ctx.db, id);
    }
    await store
      .scoreTables(ctx.db)
      .updateTable('catalogRule')
      .set({ ...fields, value: jsonb(fields.value) })
      .where('id', '=', id)
      .execute();
    const moves = Object.fromEntries(changed.map((name) => [name, { from: was[name], to: fields[name] }]));
    await ctx.record({ record: null, did: 'scorecard.ruleChanged', data: { rule: id, title: fields.title, ...moves } });
    return ruleOf(ctx.db, id);
  },

  async removeRule(ctx, { id }) {
    await store.lockedRules(ctx.db);
    const rule = await ruleOf(ctx.db, id);
    await store
      .scoreTables(ctx.db)
      .updateTable('catalogRule')
      .set({ removedAt: iso(ctx.now) })
      .where('id', '=', id)
      .execute();
    await ctx.record({ record: null, did: 'scorecard.ruleRemoved', data: { rule: id, title: rule.title } });
    return rule;
  },

  async orderRules(ctx, { rules }) {
    const before = (await store.lockedRules(ctx.db)).map(({ id }) => id);
    const same = new Set(rules).size === before.length && rules.length === before.length && before.every((id) => rules.includes(id));
    allow(same ? undefined : 'The rules have changed meanwhile, or some are left out. Look at them again, then put them in order.');
    await store.putOrder(ctx.db, rules);
    const after = (await store.rules(ctx.db)).map(({ id }) => id);
    if (after.join() === before.join()) ctx.unchanged();
    else await ctx.record({ record: null, did: 'scorecard.ordered', data: { rules: after } });
    return scorescoreOf(ctx);
  },

  async standing(ctx, { number }) {
    const service = await serviceRow(ctx, number);
    const { rows, scores, values, exemptions } = await boardOf(ctx, [service]);
    const score = scores.get(service.id)!;
    const people = await refsOf(
      ctx.db,
      ctx.actor,
      exemptions.map(({ actorId }) => actorId),
    );
    return {
      level: score.level,
      next: score.next,
      missing: score.missing.length,
      results: rows.flatMap((row) => {
        const outcome = score.outcomes.get(row);
        const exemption = exemptions.find(({ ruleId }) => ruleId === row.id);
        if (!outcome) return [];
        return [{ rule: shownRule(row), outcome, value: values(service.id, row.fact) ?? null, exemption: exemption ? shownExemption(exemption, people) : null }];
      }),
      may: { exempt: scorecardRefusal(ctx.actor) ?? refuseChange({ ...service, word: 'service' }) ?? null },
    };
  },

  async coverage(ctx, { tier }) {
    const services = await store.scoredServices(ctx.db, ctx.actor, tier);
    const { rows, scores } = await boardOf(ctx, services);
    const teams = await refsOf(
      ctx.db,
      ctx.actor,
      services.map(({ teamId }) => teamId),
    );
    const byTeam = Map.groupBy(services, ({ teamId }) => teams.get(teamId ?? '') ?? null);
    const countsOf = (some: readonly store.ScoredService[]) => levelCounts(some.map(({ id }) => scores.get(id)!.level));
    const outcomes = (row: store.RuleRow, of: 'passed' | 'failed' | 'exempt') => services.filter(({ id }) => scores.get(id)!.outcomes.get(row) === of).length;
    return {
      services: services.length,
      levels: countsOf(services),
      teams: [...byTeam]
        .map(([team, some]) => ({ team, services: some.length, levels: countsOf(some) }))
        .toSorted((a, b) => reach(a) - reach(b) || (a.team?.title ?? '~').localeCompare(b.team?.title ?? '~')),
      rules: rows
        .map((row) => ({ rule: shownRule(row), passed: outcomes(row, 'passed'), exempt: outcomes(row, 'exempt'), failed: outcomes(row, 'failed') }))
        .toSorted((a, b) => b.failed - a.failed),
    };
  },

  async scored(ctx, { level, team, tier, rule }) {
    const services = await store.scoredServices(ctx.db, ctx.actor, tier);
    const { rows, scores } = await boardOf(ctx, services);
    const row = rule === undefined ? undefined : rows.find(({ id }) => id === rule);
    if (rule !== undefined && !row) throw missing(GONE);
    const teams = await refsOf(
      ctx.db,
      ctx.actor,
      services.map(({ teamId }) => teamId),
    );
    const of = team === undefined || team === 'none' ? null : (await byNumber(ctx.db, ctx.actor, team)).id;
    const items = services.flatMap(({ id, number, title, tier: itsTier, teamId }) => {
      const score = scores.get(id)!;
      const its = teams.get(teamId ?? '') ?? null;
      if (level !== undefined && score.level !== level) return [];
      if (team !== undefined && (its?.id ?? null) !== of) return [];
      if (row && score.outcomes.get(row) !== 'failed') return [];
      return [{ service: { id, kind: 'service', number, title }, tier: itsTier, team: its, level: score.level, next: score.next, missing: score.missing.map((one) => one.title) }];
    });
    return { items: items.slice(0, SCORED_MOST), rule: row ? shownRule(row) : null, moreCount: Math.max(0, items.length - SCORED_MOST) };
  },

  async exempt(ctx, { number, rule, reason, until }) {
    const service = await serviceRow(ctx, number);
    allow(refuseChange({ ...service, word: 'service' }));
    const of = await ruleOf(ctx.db, rule);
    allow(of.tiers.length === 0 || of.tiers.includes(service.tier) ? undefined : `This rule does not ask anything of tier ${service.tier}.`);
    const refusal = refuseUntil(until, today(ctx.now));
    if (refusal) throw invalidField('until', refusal);
    const [id, at] = [uuidv7(ctx.now), iso(ctx.now)];
    await store.endExemptions(ctx.db, { recordId: service.id, ruleId: rule }, at);
    await store
      .scoreTables(ctx.db)
      .insertInto('catalogExemption')
      .values({ id, recordId: service.id, ruleId: rule, reason, until, actorId: ctx.actor.id, at, endedAt: null })
      .execute();
    await ctx.record({ record: service.id, did: 'scorecard.exempted', data: { rule, title: of.title, reason, until } });
    return exemptionOf(ctx, id);
  },

  async endExemption(ctx, { id }) {
    const row = await store.exemptionById(ctx.db, id);
    const record = row && (await refsOf(ctx.db, ctx.actor, [row.recordId])).get(row.recordId);
    if (!row || !record) throw missing('This exemption');
    if (row.endedAt !== null || row.until < today(ctx.now)) {
      ctx.unchanged();
      return exemptionOf(ctx, id);
    }
    await store.endExemptions(ctx.db, row, iso(ctx.now));
    await ctx.record({ record: row.recordId, did: 'scorecard.exemptionEnded', data: { rule: row.ruleId, until: row.until } });
    return exemptionOf(ctx, id);
  },
};

/** The day by which exemptions end, the same for everybody. */
const today = (now: number) => iso(now).slice(0, 10);

interface Board {
  readonly rows: readonly store.RuleRow[];
  readonly scores: ReadonlyMap<string, Score<store.RuleRow>>;
  readonly values: Awaited<ReturnType<typeof factValues>>;
  readonly exemptions: readonly store.ExemptionRow[];
}

/** The scores of services: the rules, every fact and the exemptions of all of them in a few queries. */
async function boardOf(ctx: Read, services: readonly { readonly id: string; readonly tier: number }[]): Promise<Board> {
  const ids = services.map(({ id }) => id);
  const rows = await store.rules(ctx.db);
  const exemptions = await store.exemptionsOn(ctx.db, ids, today(ctx.now));
  const values = await factValues(ctx, new Set(rows.map(({ fact }) => fact)), ids);
  const exempt = Map.groupBy(exemptions, ({ recordId }) => recordId);
  const scores = new Map(
    services.map(({ id, tier }) => [id, scoreOf(rows, { tier, factOf: (name) => values(id, name), exempt: new Set(exempt.get(id)?.map(({ ruleId }) => ruleId)) })]),
  );
  return { rows, scores, values, exemptions };
}

type Counts = Record<(typeof LEVELS)[number], number>;

function levelCounts(levels: readonly (typeof LEVELS)[number][]): Counts {
  const counts: Counts = { basic: 0, bronze: 0, silver: 0, gold: 0 };
  for (const level of levels) counts[level] += 1;
  return counts;
}

/** How far a team has come on average: 0 is Basic. */
function reach({ services, levels }: { readonly services: number; readonly levels: Counts }): number {
  return LEVELS.reduce((sum, level, at) => sum + at * levels[level], 0) / services;
}

async function scorescoreOf({ db, actor }: Read | Write) {
  const facts = [...factKinds()].map(([name, { label, type }]) => ({ name, label, type })).toSorted((a, b) => a.label.localeCompare(b.label));
  return { rules: (await store.rules(db)).map(shownRule), facts, may: { createRule: scorecardRefusal(actor) ?? null } };
}

function shownRule({ position: _, ...row }: store.RuleRow): ScoreRule {
  return { ...row, label: factKinds().get(row.fact)?.label ?? null };
}

async function ruleOf(db: Db, id: string): Promise<ScoreRule> {
  const row = (await store.rules(db)).find((one) => one.id === id);
  if (!row) throw missing(GONE);
  return shownRule(row);
}

type RuleFields = Pick<store.RuleRow, 'level' | 'title' | 'advice' | 'fact' | 'operator' | 'tiers'> & { readonly value: ScoreRule['value'] };

/** A rule as it is kept; refuses one that asks a fact what it cannot answer. */
function checked({ level, title, advice, fact, operator, value, tiers }: RuleFields) {
  const kind = factKinds().get(fact);
  if (!kind) throw invalidField('fact', `Nothing on this desk knows ${fact}. Choose another fact.`);
  const refusal = refuseCondition({ operator, value }, kind.type);
  if (refusal) throw invalidField(refusal.field, refusal.sentence);
  return { level, title, advice, fact, operator, value: isBare(operator) ? null : value, tiers: [...new Set(tiers)].toSorted((a, b) => a - b) };
}

function shownExemption({ id, reason, until, actorId, at }: store.ExemptionRow, people: ReadonlyMap<string, Ref>) {
  return { id, reason, until, by: people.get(actorId ?? '') ?? null, at };
}

async function exemptionOf(ctx: Write, id: string) {
  const row = (await store.exemptionById(ctx.db, id))!;
  return shownExemption(row, await refsOf(ctx.db, ctx.actor, [row.actorId]));
}

function scorecardRefusal(actor: Actor): string | undefined {
  return refusePermission(actor, 'catalog.scorecard', catalog.permissions);
}
