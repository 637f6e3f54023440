import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { type Hours } from '#kernel/weekly.ts';
import { bundled, deedOfKey, heldUntil, isNews, limitsOf, newestOnly, nextAllowed, PRIORITY, priorityOfPage, readReply, receiptOf } from './index.ts';

const HOUR = 3_600_000;
const nights: readonly Hours[] = [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '22:00', until: '07:00' }];
const zone = 'Europe/Berlin';

it('a page of high urgency never waits for hours, whatever they are', () => {
  const day = fc.constantFrom('mo', 'tu', 'we', 'th', 'fr', 'sa', 'su' as const);
  const clock = fc.integer({ min: 0, max: 1439 }).map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const hours = fc.array(fc.record({ days: fc.uniqueArray(day, { minLength: 1 }), from: clock, until: clock }), { maxLength: 4 });
  const instant = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') });
  fc.assert(
    fc.property(hours, hours, instant, (allowed, quiet, now) => {
      assert.equal(heldUntil({ urgent: true }, { allowed, quiet, zone }, now), null);
      const until = heldUntil({ urgent: false }, { allowed, quiet, zone }, now);
      // What waits is let go: at the instant it waits for nothing holds it any more.
      if (until !== null) {
        assert.ok(until > now);
        assert.equal(heldUntil({ urgent: false }, { allowed, quiet, zone }, until), null);
      }
    }),
  );
});

it('what can wait is held through the night, over the night in which the clocks change', () => {
  const held = (at: string) => heldUntil({ urgent: false }, { allowed: [], quiet: nights, zone }, Date.parse(at));
  assert.equal(held('2026-03-02T12:00:00Z'), null);
  assert.equal(held('2026-03-02T22:30:00Z'), Date.parse('2026-03-03T06:00:00Z'));
  assert.equal(held('2026-03-28T23:00:00Z'), Date.parse('2026-03-29T05:00:00Z'));
});

it('hours that leave no moment of the week hold back nothing', () => {
  const always: readonly Hours[] = [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: '00:00', until: '00:00' }];
  assert.equal(heldUntil({ urgent: false }, { allowed: [], quiet: always, zone }, Date.parse('2026-03-02T12:00:00Z')), null);
});

it('limits delay and never drop: a storm is told in full, the first at once, never above the limit', () => {
  for (const channel of ['sms', 'voice', 'telegram']) {
    const rules = limitsOf(channel);
    const sent: number[] = [];
    let now = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const at = nextAllowed(rules, sent, now);
      assert.ok(at >= now && at - now <= 3 * HOUR);
      sent.push(at);
      now = at;
    }
    assert.equal(sent[0], 0);
    for (const rule of rules)
      for (const from of sent) assert.ok(sent.filter((at) => at >= from && at < from + rule.perMs).length <= rule.count, `${channel}: more than ${rule.count}`);
  }
  assert.deepEqual(limitsOf('email'), []);
});

it('an escalation and the first page of a service overtake further pages, which overtake what is only told', () => {
  const open = [{ personId: 'ada', aboutId: 'one', serviceId: 'shop', endedAt: null }];
  const page = (about: string, serviceId: string, urgency: 'high' | 'low' = 'high') => priorityOfPage({ personId: 'ada', about, serviceId, urgency }, open);
  assert.equal(page('two', 'shop'), PRIORITY.page);
  assert.equal(page('two', 'mail'), PRIORITY.urgent);
  assert.equal(page('one', 'shop'), PRIORITY.urgent);
  assert.equal(page('two', 'mail', 'low'), PRIORITY.low);
  assert.ok(PRIORITY.urgent < PRIORITY.page && PRIORITY.page < PRIORITY.notice);
});

it('bundles and topics lose no message and double none', () => {
  const messages = fc.uniqueArray(fc.record({ id: fc.uuid(), createdAt: fc.integer({ min: 0, max: 1000 }), key: fc.constantFrom('a', 'b', null) }), { selector: (one) => one.id });
  fc.assert(
    fc.property(messages, (all) => {
      const told = bundled(all, (one) => one.key).flatMap(({ first, others }) => [first.id, ...others.map((one) => one.id)]);
      assert.deepEqual(told.toSorted(), all.map((one) => one.id).toSorted());
      const { kept, outdated } = newestOnly(
        all,
        (one) => one.key,
        (one) => one.createdAt,
      );
      assert.equal(kept.length + outdated.length, all.length);
      for (const key of ['a', 'b']) assert.ok(kept.filter((one) => one.key === key).length <= 1);
      assert.ok(all.every((one) => one.key !== null || kept.includes(one)));
    }),
  );
});

it('reads what people type half asleep', () => {
  const of = (text: string) => readReply(text);
  assert.deepEqual(of(' "1A" '), { kind: 'code', code: 1, deed: 'acknowledge' });
  assert.deepEqual(of('12 e'), { kind: 'code', code: 12, deed: 'escalate' });
  assert.deepEqual(of('1r'), { kind: 'code', code: 1, deed: 'resolve' });
  assert.deepEqual(of('ack198'), { kind: 'code', code: 198, deed: 'acknowledge' });
  assert.deepEqual(of('Ack ALR-12'), { kind: 'record', number: 'ALR-12', deed: 'acknowledge' });
  assert.deepEqual(of('close alr12'), { kind: 'record', number: 'ALR-12', deed: 'resolve' });
  assert.deepEqual(of('a'), { kind: 'last', deed: 'acknowledge' });
  assert.deepEqual([of('STOP').kind, of('Start').kind, of('on my way').kind, of('').kind, of('constructor').kind], ['stop', 'start', 'unknown', 'unknown', 'unknown']);
  assert.deepEqual([deedOfKey('4'), deedOfKey('5'), deedOfKey('6'), deedOfKey('7')], ['acknowledge', 'escalate', 'resolve', undefined]);
});

it('receipts never go back, in whatever order they come', () => {
  const status = fc.constantFrom('queued', 'sending', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'something new');
  fc.assert(
    fc.property(fc.array(status), (all) => {
      let known = 0;
      for (const one of all) {
        const receipt = receiptOf(one);
        if (!receipt || !isNews(known, receipt)) continue;
        assert.ok(receipt.order > known);
        known = receipt.order;
      }
    }),
  );
  assert.equal(receiptOf('something new'), undefined);
  const failed = receiptOf('failed');
  assert.ok(failed && !isNews(5, failed), 'what was delivered has not failed');
});
