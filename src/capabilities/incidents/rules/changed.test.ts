import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { suspects, type Change } from './changed.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const change = fc.record({
  key: fc.uuid(),
  at: fc.integer({ min: NOON - 100 * 3_600_000, max: NOON + 3_600_000 }),
  kind: fc.constantFrom('deployment', 'configuration', 'import', 'maintenance') satisfies fc.Arbitrary<Change['kind']>,
  hops: fc.integer({ min: -4, max: 4 }),
  place: fc.constant('payments'),
});

describe('what changed, ranked', () => {
  it('keeps every change, each with a score between 0 and 1 and reasons, the most suspect first whatever the order they come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(change, { selector: ({ key }) => key, maxLength: 12 }), (changes) => {
        const ranked = suspects(changes, NOON);
        assert.deepEqual(ranked.map(({ key }) => key).toSorted(), changes.map(({ key }) => key).toSorted());
        assert.ok(ranked.every(({ score, reasons }, i) => score >= 0 && score <= 1 && reasons.length === 3 && (i === 0 || score <= ranked[i - 1]!.score)));
        assert.deepEqual(suspects(changes.toReversed(), NOON), ranked);
      }),
    );
  });

  it('is less sure the further away, the longer before, and after the first failure', () => {
    const of = (part: Partial<Change>) => suspects([{ key: 'a', at: NOON - 600_000, kind: 'deployment', hops: 0, place: 'payments', ...part }], NOON)[0]!;
    assert.equal(of({}).likely, 'likely');
    assert.deepEqual(
      of({}).reasons.map(({ words }) => words),
      ['on payments itself', '10 min before the first failure', 'a deployment'],
    );
    assert.ok(of({}).score > of({ hops: -1 }).score && of({ hops: -1 }).score > of({ hops: 1 }).score);
    assert.ok(of({}).score > of({ at: NOON - 6 * 3_600_000 }).score && of({ at: NOON - 20 * 3_600_000 }).likely === 'unclear');
    assert.deepEqual(of({ at: NOON + 300_000 }).reasons[1], { speaks: 'against', words: '5 min after the first failure' });
    assert.ok(of({ at: NOON + 300_000 }).score < of({ at: NOON - 3 * 3_600_000 }).score);
  });
});
