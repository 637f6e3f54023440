import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mondayOf, spreadOf, weeksIn } from './rules.ts';
import { monthBefore, monthSpan, refuseMonth, roughly, sentencesOf, type MonthFigures } from './rules/sentences.ts';

const length = fc.integer({ min: 0, max: 90 * 86_400_000 });

describe('a distribution', () => {
  it('loses nothing: its buckets add up to its count, each length in its own', () => {
    fc.assert(
      fc.property(fc.array(length), (lengths) => {
        const spread = spreadOf(lengths);
        assert.equal(spread.count, lengths.length);
        for (const b of spread.buckets) assert.equal(b.count, lengths.filter((x) => x >= b.atLeastMs && (b.belowMs === null || x < b.belowMs)).length);
        assert.equal(
          spread.buckets.reduce((sum, b) => sum + b.count, 0),
          lengths.length,
        );
      }),
    );
  });
  it('has percentiles that occurred, in order, with enough at or below each', () => {
    fc.assert(
      fc.property(fc.array(length, { minLength: 1 }), (lengths) => {
        const { p50, p90, p95, max } = spreadOf(lengths);
        assert.ok(p50! <= p90! && p90! <= p95! && p95! <= max!);
        for (const [p, value] of [
          [50, p50],
          [90, p90],
          [95, p95],
        ] as const) {
          assert.ok(lengths.includes(value!));
          assert.ok(lengths.filter((x) => x <= value!).length >= (p / 100) * lengths.length);
        }
      }),
    );
  });
  it('does not depend on the order', () => {
    fc.assert(fc.property(fc.array(length), (lengths) => assert.deepEqual(spreadOf(lengths), spreadOf(lengths.toReversed()))));
  });
});

describe('weeks', () => {
  it('are the window, cut at Mondays', () => {
    const at = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 400 * 86_400_000 }), (from, size) => {
        const weeks = weeksIn(from, from + size);
        assert.equal(weeks[0]?.from, from);
        assert.equal(weeks.at(-1)?.until, from + size);
        weeks.slice(1).forEach((week, i) => assert.equal(week.from, weeks[i]?.until));
        for (const week of weeks) assert.equal(new Date(mondayOf(week.from)).getUTCDay(), 1);
      }),
    );
  });
});

describe('a month', () => {
  it('follows the one before it without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1100 }), (months) => {
        const month = new Date(Date.UTC(2005, months, 1)).toISOString().slice(0, 7);
        const before = monthBefore(monthSpan(month).from);
        assert.equal(monthSpan(before).until, monthSpan(month).from);
        assert.ok([28, 29, 30, 31].includes((monthSpan(month).until - monthSpan(month).from) / 86_400_000));
        assert.equal(refuseMonth(month, monthSpan(month).from), undefined);
        assert.ok(refuseMonth(month, monthSpan(month).from - 1));
      }),
    );
  });

  it('is told in whole sentences, whatever its figures', () => {
    const n = fc.nat({ max: 500 });
    const spread = fc.record({ p50: fc.option(length), p90: fc.option(length), count: n });
    const due = fc.record({ due: n, late: n });
    const figures: fc.Arbitrary<MonthFigures> = fc.record({
      incidents: n,
      incidentsBefore: n,
      severe: n,
      practice: n,
      detect: spread,
      acknowledge: spread,
      contain: spread,
      resolve: spread,
      factors: fc.array(fc.record({ name: fc.constantFrom('Capacity limit', 'Code change'), count: n }), { maxLength: 3 }),
      named: n,
      repeated: n,
      alerts: n,
      pages: n,
      pagesOutOfHours: n,
      lateUpdates: n,
      reviews: due,
      actions: due,
    });
    fc.assert(
      fc.property(figures, (month) => {
        for (const { title, lines } of sentencesOf(month)) {
          assert.ok(title.length > 0);
          for (const { words } of lines) assert.match(words, /^[A-Z0-9].*\.$/, words);
        }
      }),
    );
    assert.equal(roughly(90 * 60_000), 'about 2 hours');
  });
});
