import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dueContacts, nextContact, nextDueAt } from './personal.ts';

const MINUTE = 60_000;
const rules = fc.array(fc.record({ contactId: fc.constantFrom('mail', 'push', 'phone'), delayMinutes: fc.integer({ min: 0, max: 60 }) }), { maxLength: 8 });

test('each run uses a contact at most once', () => {
  fc.assert(
    fc.property(rules, fc.nat({ max: 90 * MINUTE }), (list, now) => {
      const due = dueContacts(list, { startedAt: 0, lastRun: null }, now);
      assert.equal(new Set(due).size, due.length);
    }),
  );
});

test('following the due times fires every contact at exactly the times of its rules', () => {
  fc.assert(
    fc.property(rules, (list) => {
      const fired = new Set(dueContacts(list, { startedAt: 0, lastRun: null }, 0).map((c) => `${c} 0`));
      let lastRun = 0;
      for (let at = nextDueAt(list, 0, 0); at !== null; at = nextDueAt(list, 0, at)) {
        for (const contact of dueContacts(list, { startedAt: 0, lastRun }, at)) fired.add(`${contact} ${at / MINUTE}`);
        lastRun = at;
      }
      assert.deepEqual(fired, new Set(list.map((r) => `${r.contactId} ${r.delayMinutes}`)));
    }),
  );
});

test('cutting the time into more runs uses the same contacts', () => {
  fc.assert(
    fc.property(rules, fc.nat({ max: 60 * MINUTE }), fc.nat({ max: 60 * MINUTE }), (list, a, b) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)];
      const once = dueContacts(list, { startedAt: 0, lastRun: null }, late);
      const twice = [...dueContacts(list, { startedAt: 0, lastRun: null }, early), ...dueContacts(list, { startedAt: 0, lastRun: early }, late)];
      assert.deepEqual(new Set(once), new Set(twice));
    }),
  );
});

test('after a refusal the next contact is one not tried, until none is left', () => {
  fc.assert(
    fc.property(rules, (list) => {
      const tried: string[] = [];
      for (let next = nextContact(list, tried); next !== null; next = nextContact(list, tried)) {
        assert.ok(!tried.includes(next));
        tried.push(next);
      }
      assert.deepEqual(new Set(tried), new Set(list.map((r) => r.contactId)));
    }),
  );
});
