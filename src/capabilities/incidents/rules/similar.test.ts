import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { similarTo, type Traits } from './similar.ts';

const traits = fc.record({
  id: fc.uuid(),
  title: fc.lorem({ maxCount: 6 }),
  serviceId: fc.option(fc.constantFrom('a', 'b', 'c')),
  alertTitles: fc.array(fc.constantFrom('disk full on 3', 'disk full on 4', 'slow', ''), { maxLength: 3 }),
});

describe('similar incidents', () => {
  it('are never the incident itself, have a score between 0 and 1 and a reason each, and come in an order that does not depend on theirs', () => {
    fc.assert(
      fc.property(traits, fc.uniqueArray(traits, { selector: ({ id }) => id, maxLength: 10 }), (own, past) => {
        const found = similarTo(own, [...past, own], 5);
        assert.ok(found.length <= 5 && found.every(({ id, score, reasons }) => id !== own.id && score > 0 && score <= 1.000001 && reasons.length > 0));
        assert.deepEqual(similarTo(own, [own, ...past.toReversed()], 5), found);
      }),
    );
  });

  it('tell what is in common; numbers and quoted parts of alerts are not', () => {
    const own: Traits = { id: '1', title: 'Card payments fail for 1 in 5 customers', serviceId: 'pay', alertTitles: ['Pool of "erp-db-2" is used up: 198 of 200'] };
    const past: Traits[] = [
      { id: '2', title: 'Payments fail after a release', serviceId: 'pay', alertTitles: ['Pool of "erp-db-1" is used up: 40 of 40'] },
      { id: '3', title: 'Mail is late', serviceId: 'mail', alertTitles: [] },
    ];
    assert.deepEqual(
      similarTo(own, past, 5).map(({ id, reasons }) => [id, reasons]),
      [['2', ['the same service', 'the same alert', 'the words payments, fail']]],
    );
  });
});
