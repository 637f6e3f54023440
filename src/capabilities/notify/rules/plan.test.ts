import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { afterFailure, planOf, reachWarning, RETRY_WAITS } from './plan.ts';

const contact = fc.constantFrom<string>('email', 'browser', 'a', 'b', 'c');
const rules = fc.array(fc.record({ contact, delayMinutes: fc.integer({ min: 0, max: 120 }) }), { maxLength: 8 });

it('a plan uses only contacts that exist, earliest first, and is never empty while there is a contact', () => {
  fc.assert(
    fc.property(rules, fc.uniqueArray(contact, { minLength: 1 }), (given, contacts) => {
      const plan = planOf(given, contacts);
      assert.ok(plan.length > 0);
      assert.ok(plan.every((rule) => contacts.includes(rule.contact)));
      assert.deepEqual(
        plan.map((rule) => rule.delayMinutes),
        plan.map((rule) => rule.delayMinutes).toSorted((a, b) => a - b),
      );
    }),
  );
});

it('an open browser is alone only where nothing else is there, or the person wants it so', () => {
  const [browser, sms] = [
    { contact: 'browser', delayMinutes: 0 },
    { contact: 'sms', delayMinutes: 5 },
  ];
  assert.deepEqual(planOf([], ['browser', 'a']), [{ contact: 'a', delayMinutes: 0 }, browser], 'a desk without mail');
  assert.deepEqual(planOf([browser, sms], ['email', 'browser']), [{ contact: 'email', delayMinutes: 0 }, browser], 'the phone is turned off');
  assert.deepEqual(planOf([browser], ['email', 'browser']), [browser]);
  assert.deepEqual(planOf([], ['browser']), [browser]);
});

it('after failures every contact is tried once and then the person is unreachable: it always ends', () => {
  fc.assert(
    fc.property(fc.uniqueArray(contact, { minLength: 1 }), fc.boolean(), (order, permanent) => {
      const tried: string[] = [order[0] ?? ''];
      let attempt = 1;
      for (let turns = 0; turns < 100; turns += 1) {
        const next = afterFailure({ attempt, permanent }, tried, order);
        if (next.kind === 'unreachable') return assert.deepEqual(tried.toSorted(), [...order].toSorted());
        if (next.kind === 'again') {
          attempt += 1;
          if (next.beside !== undefined) tried.push(next.beside);
        } else {
          assert.ok(!tried.includes(next.contact));
          tried.push(next.contact);
          attempt = 1;
        }
      }
      assert.fail('it does not end');
    }),
  );
});

it('a passing failure is tried again on the same contact, a lasting one is not', () => {
  assert.deepEqual(afterFailure({ attempt: 1, permanent: false }, ['email'], ['email', 'a']), { kind: 'again', inMs: RETRY_WAITS[0], beside: 'a' });
  assert.deepEqual(afterFailure({ attempt: 1, permanent: true }, ['email'], ['email', 'a']), { kind: 'next', contact: 'a' });
  assert.deepEqual(afterFailure({ attempt: 3, permanent: false }, ['email'], ['email']), { kind: 'unreachable' });
});

it('warns whoever can be reached in an open browser only, or has tested nothing', () => {
  assert.match(
    reachWarning([
      { id: 'browser', channel: 'browser', verified: false, trouble: null },
      { id: 'email', channel: 'email', verified: true, trouble: 'not set up' },
    ]) ?? '',
    /Only this desk/,
  );
  assert.match(reachWarning([{ id: 'email', channel: 'email', verified: false, trouble: null }]) ?? '', /No contact of yours has been tested/);
  assert.equal(reachWarning([{ id: 'email', channel: 'email', verified: true, trouble: null }]), null);
  assert.match(reachWarning([{ id: 'one', channel: 'push', verified: true, trouble: null }]) ?? '', /Push alone/);
});
