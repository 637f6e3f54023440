import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LEVELS, meets, OPERATORS, OPERATORS_OF, refuseCondition, refuseUntil, RULE_LEVELS, scoreOf, type Criterion, type FactValue } from './scorecard.ts';

/** A rule that passes when its own fact is true. */
const rule = (at: number, level: Criterion['level'], tiers: readonly number[] = []): Criterion => ({ id: `r${at}`, level, tiers, fact: `f${at}`, operator: 'is', value: true });
const world = fc.array(fc.tuple(fc.constantFrom(...RULE_LEVELS), fc.subarray([1, 2, 3, 4]), fc.boolean(), fc.boolean()), { maxLength: 12 }).map((drawn) => ({
  rules: drawn.map(([level, tiers], at) => rule(at, level, tiers)),
  passing: new Set(drawn.flatMap(([, , passes], at) => (passes ? [`f${at}`] : []))),
  exempt: new Set(drawn.flatMap(([, , , exempt], at) => (exempt ? [`r${at}`] : []))),
}));
const tiers = fc.integer({ min: 1, max: 4 });
const score = (rules: readonly Criterion[], passing: ReadonlySet<string>, of: { readonly exempt: ReadonlySet<string>; readonly tier: number }) =>
  scoreOf(rules, { ...of, factOf: (name) => passing.has(name) });
const rank = (level: (typeof LEVELS)[number]) => LEVELS.indexOf(level);

test('a level is had exactly when every rule of it and below passes or is exempt', () => {
  fc.assert(
    fc.property(world, tiers, ({ rules, passing, exempt }, tier) => {
      const fails = (one: Criterion) => (one.tiers.length === 0 || one.tiers.includes(tier)) && !passing.has(one.fact) && !exempt.has(one.id);
      const had = RULE_LEVELS.filter((level) => rules.some((one) => one.level === level) && !rules.some((one) => rank(one.level) <= rank(level) && fails(one)));
      const { level, next, missing } = score(rules, passing, { exempt, tier });
      assert.equal(level, had.at(-1) ?? 'basic');
      assert.equal(
        next === null,
        rules.every((one) => !fails(one)),
        'at the top nothing fails',
      );
      assert.ok(missing.every((one) => one.level === next && fails(one)) && (next === null || missing.length > 0));
    }),
  );
});

test('passing or being exempt from more never lowers the level', () => {
  fc.assert(
    fc.property(world, tiers, fc.nat(11), ({ rules, passing, exempt }, tier, at) => {
      const before = rank(score(rules, passing, { exempt, tier }).level);
      assert.ok(rank(score(rules, new Set([...passing, `f${at}`]), { exempt, tier }).level) >= before);
      assert.ok(rank(score(rules, passing, { exempt: new Set([...exempt, `r${at}`]), tier }).level) >= before);
    }),
  );
});

test('the order of the rules does not matter', () => {
  fc.assert(
    fc.property(
      world.chain((drawn) => fc.tuple(fc.constant(drawn), fc.shuffledSubarray([...drawn.rules], { minLength: drawn.rules.length }))),
      tiers,
      ([{ rules, passing, exempt }, shuffled], tier) => {
        const [one, other] = [score(rules, passing, { exempt, tier }), score(shuffled, passing, { exempt, tier })];
        assert.deepEqual([other.level, other.next, other.missing.length], [one.level, one.next, one.missing.length]);
        for (const [its, outcome] of one.outcomes) assert.equal(other.outcomes.get(its), outcome);
      },
    ),
  );
});

test('a service that passes all of Silver but misses one of Bronze is Basic; a passed rule needs no exemption', () => {
  const rules = [rule(0, 'bronze'), rule(1, 'bronze'), rule(2, 'silver')];
  const missed = score(rules, new Set(['f0', 'f2']), { exempt: new Set(['r0']), tier: 1 });
  assert.deepEqual([missed.level, missed.next, missed.missing.map(({ id }) => id)], ['basic', 'bronze', ['r1']]);
  assert.deepEqual([...missed.outcomes.values()], ['passed', 'failed', 'passed']);
  const excused = score(rules, new Set(['f0', 'f2']), { exempt: new Set(['r1']), tier: 1 });
  assert.deepEqual([excused.level, excused.next, [...excused.outcomes.values()]], ['silver', null, ['passed', 'exempt', 'passed']]);
  assert.equal(score([rule(0, 'bronze'), rule(1, 'gold')], new Set(['f0']), { exempt: new Set(), tier: 1 }).level, 'bronze', 'no rule gives Silver');
});

const cases: readonly [(typeof OPERATORS)[number], FactValue, FactValue | undefined, boolean][] = [
  ['is set', null, 'Web', true],
  ['is set', null, '', false],
  ['is set', null, null, false],
  ['is set', null, 0, true],
  ['is set', null, undefined, false],
  ['is not set', null, null, true],
  ['is not set', null, 'Web', false],
  ['is not set', null, undefined, false],
  ['is', true, true, true],
  ['is', true, false, false],
  ['is', false, false, true],
  ['is', 'Live', ' live', true],
  ['is', 4, 4, true],
  ['is not', 'live', 'retiring', true],
  ['is not', 'live', null, false],
  ['at least', 1, 1, true],
  ['at least', 1, 0, false],
  ['at most', 60, null, false],
  ['at most', 60, 60, true],
  ['at most', 60, 61, false],
  ['contains', 'PCI', 'env:prod pci', true],
  ['contains', 'pci', 'env:prod', false],
];
for (const [operator, value, fact, expected] of cases)
  test(`${JSON.stringify(fact) ?? 'an unknown fact'} ${operator} ${JSON.stringify(value)}: ${expected}`, () => assert.equal(meets({ fact: 'f', operator, value }, fact), expected));

test('a condition must suit the type of its fact', () => {
  for (const [type, own] of Object.entries(OPERATORS_OF) as [keyof typeof OPERATORS_OF, readonly (typeof OPERATORS)[number][]][]) {
    const right = { boolean: true, number: 3, text: 'a' }[type];
    for (const operator of OPERATORS) assert.equal(refuseCondition({ operator, value: right }, type)?.field, own.includes(operator) ? undefined : 'operator');
  }
  assert.equal(refuseCondition({ operator: 'at least', value: '3' }, 'number')?.field, 'value');
  assert.equal(refuseCondition({ operator: 'contains', value: ' ' }, 'text')?.field, 'value');
  assert.equal(refuseCondition({ operator: 'is', value: null }, 'boolean')?.field, 'value');
  assert.equal(refuseCondition({ operator: 'is set', value: null }, 'number'), undefined);
});

test('an exemption ends between today and the same day a year later', () => {
  assert.equal(refuseUntil('2026-03-02', '2026-03-02'), undefined);
  assert.equal(refuseUntil('2027-03-02', '2026-03-02'), undefined);
  assert.match(refuseUntil('2026-03-01', '2026-03-02') ?? '', /over/);
  assert.match(refuseUntil('2027-03-03', '2026-03-02') ?? '', /year/);
});
