import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareNeeds, KINDS, needOf, rank, urgency, type Fact, type Kind } from './rules.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const due = fc.option(fc.integer({ min: -40 * 86_400_000, max: 40 * 86_400_000 }).map((offset) => NOW + offset));
const fact: fc.Arbitrary<Fact> = fc.record({
  key: fc.string({ minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
  state: fc.constantFrom('critical', 'warning', 'unknown', 'info'),
  record: fc.constant(null),
  title: fc.constant('x'),
  reasons: fc.constant([]),
  dueAt: due,
  action: fc.constant({ verb: null, label: 'Open', number: null, href: '/' }),
  weight: fc.option(fc.integer({ min: 1, max: 4 })),
});

describe('the ranking of what needs attention', () => {
  it('explains itself: a score is the sum of its parts', () => {
    fc.assert(
      fc.property(fact, (one) => {
        const need = needOf(one, NOW);
        assert.equal(
          need.score,
          need.scoreParts.reduce((sum, part) => sum + part.points, 0),
        );
      }),
    );
  });
  it('is a total order that does not depend on how lines came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fact, { selector: (one) => one.key }), (facts) => {
        assert.deepEqual(rank(facts, NOW), rank(facts.toReversed(), NOW));
        const ranked = rank(facts, NOW);
        ranked.slice(1).forEach((one, i) => assert.ok(compareNeeds(ranked[i]!, one) < 0));
      }),
    );
  });
  it('never puts a line lower because less time is left, and a page stays above all else', () => {
    fc.assert(
      fc.property(fact, fc.integer({ min: 0, max: 40 * 86_400_000 }), (one, later) => {
        assert.ok(needOf(one, NOW + later).score >= needOf(one, NOW).score);
        assert.ok(urgency(one.dueAt, NOW) <= 90);
        if (one.kind !== 'page') assert.ok(needOf(one, NOW).score < KINDS.page.points);
      }),
    );
  });
});
