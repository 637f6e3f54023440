import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { GAP_KINDS, gapPlace, quietLimit, standingAfter } from './silence.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const counted = (gaps: readonly number[]): number[] => {
  const counts = Array.from({ length: GAP_KINDS }, () => 0);
  for (const gap of gaps) counts[gapPlace(gap)]! += 1;
  return counts;
};
const times = (count: number, gap: number): number[] => Array.from({ length: count }, () => gap);

test('too few messages say nothing about what is usual', () => {
  assert.equal(quietLimit([]), null);
  assert.equal(quietLimit(counted(times(19, MINUTE))), null);
  assert.equal(quietLimit(counted(times(20, MINUTE))), 15 * MINUTE);
});

test('a source is silent when its pause is longer than its own habits', () => {
  assert.equal(quietLimit(counted(times(700, 60 * MINUTE))), 3 * HOUR, 'hourly');
  const bursts = Array.from({ length: 30 }, () => [...times(30, MINUTE), 24 * HOUR]).flat();
  assert.ok(quietLimit(counted(bursts))! > 24 * HOUR, 'once a day, many at once: the day between is usual');
  const office = Array.from({ length: 4 }, () => [...Array.from({ length: 5 }, () => [...times(90, 5 * MINUTE), 16 * HOUR]).flat(), 64 * HOUR]).flat();
  assert.ok(quietLimit(counted(office))! > 64 * HOUR, 'office hours: nights and weekends are usual');
  const outage = [...times(38_000, MINUTE), 72 * HOUR];
  assert.equal(quietLimit(counted(outage)), 15 * MINUTE, 'one outage of three days does not deafen the desk for a month');
});

test('the limit grows with the pauses and is never below a quarter of an hour', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 * 24 * 60 }), { minLength: 20, maxLength: 200 }), fc.integer({ min: 1, max: 5 }), (minutes, factor) => {
      const limit = quietLimit(counted(minutes.map((one) => one * MINUTE)));
      const longer = quietLimit(counted(minutes.map((one) => one * factor * MINUTE)));
      assert.ok(limit !== null && longer !== null && limit >= 15 * MINUTE && longer >= limit);
    }),
  );
});

test('a failure weighs for an hour, or until what failed was read', () => {
  const at = 10 * HOUR;
  const good = { failed: false, failedBefore: at - MINUTE, isMended: false, at };
  assert.equal(standingAfter('heard', { ...good, failed: true }), 'failing');
  assert.equal(standingAfter('failing', good), 'failing', 'good and bad messages in turn are one failure');
  assert.equal(standingAfter('failing', { ...good, isMended: true }), 'heard');
  assert.equal(standingAfter('failing', { ...good, failedBefore: at - 2 * HOUR }), 'heard');
  assert.equal(standingAfter('silent', good), 'heard');
  assert.equal(standingAfter('unknown', good), 'unknown', 'one message is no habit');
});
