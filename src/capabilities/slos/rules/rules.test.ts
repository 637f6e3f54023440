import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { total, type Span } from '#kernel/spans.ts';
import {
  achieved,
  BURN_RULES,
  bucketed,
  budgetLeft,
  burnDown,
  burnRate,
  burnsOf,
  costliest,
  goodAndBad,
  inSteps,
  lasting,
  lastsFor,
  LOOK_BACKS,
  nothing,
  percent,
  sum,
  thresholdOf,
  verdictOf,
  WINDOW_DAYS,
  worstOf,
  type Count,
  type Known,
  type Target,
  type Watched,
} from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const count: fc.Arbitrary<Count> = fc.record({ good: fc.integer({ min: 0, max: 100_000 }), bad: fc.integer({ min: 0, max: 100_000 }) }, { noNullPrototype: true });
const objective = fc.constantFrom(0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999);
const target: fc.Arbitrary<Target> = fc.record({ days: fc.constantFrom(...WINDOW_DAYS), objective }, { noNullPrototype: true });

test('the budget is never above 100 %, and more that is bad never leaves more of it', () => {
  fc.assert(
    fc.property(count, objective, fc.integer({ min: 0, max: 1000 }), (one, aim, more) => {
      const left = budgetLeft(one, aim);
      if (left === null) return assert.equal(one.good + one.bad, 0);
      assert.ok(left <= 1);
      assert.ok((budgetLeft({ ...one, bad: one.bad + more }, aim) ?? 1) <= left + 1e-9);
      assert.ok((burnRate({ ...one, bad: one.bad + more }, aim) ?? 0) >= (burnRate(one, aim) ?? 0) - 1e-9);
      assert.equal(left >= 0, (achieved(one) ?? 0) >= aim - 1e-12 || Math.abs(left) < 1e-9);
    }),
  );
});

test('for 30 days the thresholds are those of the workbook', () => {
  assert.deepEqual(
    BURN_RULES.map((rule) => Math.round(thresholdOf(rule, { days: 30, objective: 0.999 }) * 10) / 10),
    [14.4, 6, 3, 1],
  );
});

test('a whole outage fires every rule of every objective and window, and a burn below 1 none', () => {
  fc.assert(
    fc.property(target, (aim) => {
      const outage = burnsOf(() => ({ good: 0, bad: 10 }), aim, new Set());
      assert.ok(outage.every(({ fires }) => fires));
      assert.equal(worstOf(outage)?.rule.severity, 'critical');
      const calm = burnsOf(() => ({ good: 1e6 * aim.objective, bad: 1e6 * (1 - aim.objective) * 0.89 }), aim, new Set());
      assert.ok(calm.every(({ fires }) => !fires));
    }),
  );
});

test('a rule of which nothing is known stays as it was', () => {
  const aim: Target = { days: 30, objective: 0.999 };
  assert.ok(burnsOf(() => nothing, aim, new Set()).every(({ fires }) => !fires));
  assert.deepEqual(
    burnsOf(() => nothing, aim, new Set(['1h'])).map(({ fires }) => fires),
    [true, false, false, false],
  );
  assert.deepEqual([LOOK_BACKS.length, LOOK_BACKS[0]], [7, 5 * 60_000]);
});

test('what is silent is unknown, never good', () => {
  fc.assert(
    fc.property(target, count, fc.option(fc.string(), { nil: null }), (aim, window, trouble) => {
      const burns = burnsOf(() => nothing, aim, new Set());
      assert.equal(verdictOf({ target: aim, window, latest: nothing, burns, trouble }).state, 'unknown');
    }),
  );
});

test('the verdict is a sentence and follows the budget', () => {
  fc.assert(
    fc.property(target, count, (aim, window) => {
      const burns = burnsOf(() => nothing, aim, new Set());
      const { state, sentence } = verdictOf({ target: aim, window, latest: { good: 1, bad: 0 }, burns, trouble: null });
      assert.match(sentence, /^[A-Z\d].*\.$/);
      const left = budgetLeft(window, aim.objective);
      assert.equal(state, left === null ? 'unknown' : left > 0 ? 'good' : 'warning');
    }),
  );
  assert.deepEqual([percent(0.99999), percent(0.9, 0), percent(0.004, 0), percent(1), percent(0.995, 3)], ['99.99 %', '90 %', '0 %', '100 %', '99.5 %']);
  assert.equal(lasting(3 * DAY), '3 d');
  assert.equal(lasting(90 * 60_000), '1 h 30 min');
});

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom<Known>('up', 'down', 'none')), { maxLength: 5 })
  .map((turns) =>
    turns
      .toSorted(([a], [b]) => a - b)
      .flatMap(([from, value], i, all): Span<Known>[] => ((all[i + 1]?.[0] ?? 50) > from ? [{ from: from * HOUR, until: (all[i + 1]?.[0] ?? 50) * HOUR, value }] : [])),
  );
const holes = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 10 })).map(([from, length]) => ({ from: from * HOUR, until: (from + length) * HOUR })),
  { maxLength: 3 },
);
const watched: fc.Arbitrary<readonly Watched[]> = fc.array(fc.record({ spans, holes }, { noNullPrototype: true }), { minLength: 1, maxLength: 3 });

test('time is bad while any check is known to be down, good while all are known to be up, else it is not counted', () => {
  fc.assert(
    fc.property(watched, (checks) => {
      const window = { from: 3 * HOUR, until: 45 * HOUR };
      const { good, bad } = goodAndBad(checks, window);
      for (let at = 0; at < 50 * HOUR; at += HOUR / 2) {
        const said = checks.map((one) =>
          one.holes.some((hole) => hole.from <= at && at < hole.until) ? undefined : one.spans.find((span) => span.from <= at && at < span.until)?.value,
        );
        const inside = at >= window.from && at < window.until;
        const within = (list: typeof good) => list.some((one) => one.from <= at && at < one.until);
        assert.equal(within(bad), inside && said.includes('down'));
        assert.equal(within(good), inside && said.every((one) => one === 'up'));
      }
      assert.ok(total(good) + total(bad) <= window.until - window.from);
      const steps = bucketed({ good, bad }, 7 * 60_000);
      assert.deepEqual(sum(steps.values()), { good: total(good), bad: total(bad) });
      assert.deepEqual(
        sum(
          inSteps(
            [...steps].map(([at, one]) => ({ at, ...one })),
            HOUR,
          ).values(),
        ),
        { good: total(good), bad: total(bad) },
      );
    }),
  );
});

test('the burn-down starts whole, never rises, and ends at what is left', () => {
  fc.assert(
    fc.property(fc.array(count, { minLength: 1, maxLength: 30 }), objective, (list, aim) => {
      const steps = new Map(list.map((one, at) => [at * HOUR, one]));
      const points = burnDown(steps, aim, { from: 0, until: list.length * HOUR, step: HOUR });
      const left = budgetLeft(sum(list), aim);
      if (left === null) return assert.deepEqual(points, []);
      assert.equal(points[0]?.left, 1);
      assert.ok(points.every(({ left: one }, i) => i === 0 || one <= points[i - 1]!.left + 1e-9));
      assert.ok(Math.abs((points.at(-1)?.left ?? 0) - left) < 1e-6);
    }),
  );
});

test('what ate the budget is told whole, the costliest first', () => {
  const steps = new Map([0, 1, 2, 5, 6].map((hour, i) => [hour * HOUR, { good: 1, bad: [0, 3, 4, 0, 9][i]! }]));
  assert.deepEqual(costliest(steps, HOUR, 5), [
    { from: 6 * HOUR, until: 7 * HOUR, bad: 9 },
    { from: HOUR, until: 3 * HOUR, bad: 7 },
  ]);
});

test('the budget lasts as long as what is left allows', () => {
  assert.equal(lastsFor({ left: 0.5, burn: 2, windowMs: 30 * DAY }), 7.5 * DAY);
  assert.equal(lastsFor({ left: -0.1, burn: 2, windowMs: 30 * DAY }), null);
  assert.equal(lastsFor({ left: 0.5, burn: 0, windowMs: 30 * DAY }), null);
});
