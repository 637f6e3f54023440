/// <reference types="node" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as time from './time.ts';

const berlin = 'Europe/Berlin';
const now = '2026-10-20T12:27:00Z';

test('a moment of today is told by the clock alone', () => assert.equal(time.shortTime('2026-10-20T12:24:12Z', berlin, now), '14:24'));
test('a moment of yesterday names its weekday', () => assert.equal(time.shortTime('2026-10-19T20:10:00Z', berlin, now), 'Mon 22:10'));
test('a moment of last month names its day', () => assert.equal(time.shortTime('2026-09-14T08:00:00Z', berlin, now), '14 Sep'));
test('a moment of another year names the year', () => assert.equal(time.shortTime('2025-09-14T08:00:00Z', berlin, now), '14 Sep 2025'));
test('the full form names day, time and zone', () => assert.equal(time.fullTime(now, berlin), 'Tue 20 Oct, 14:27 CEST'));
test('the full form changes its zone with the clocks', () => assert.equal(time.fullTime('2026-11-01T08:00:00Z', berlin), 'Sun 1 Nov, 09:00 CET'));
test('UTC is always told in full', () => assert.equal(time.utcTime(now), '20 Oct 2026, 12:27:00 UTC'));
test('a zone outside Europe has its letters or its offset', () => {
  assert.equal(time.zoneName(now, 'America/New_York'), 'EDT');
  assert.match(time.zoneName(now, 'Asia/Kathmandu'), /GMT\+5:45|NPT/);
});
test('lengths use at most two units', () => {
  assert.equal(time.lengthOf(40_000), '40 s');
  assert.equal(time.lengthOf(8 * time.MINUTE), '8 min');
  assert.equal(time.lengthOf(134 * time.MINUTE), '2 h 14 min');
  assert.equal(time.lengthOf(2 * time.HOUR), '2 h');
  assert.equal(time.lengthOf(5 * time.DAY + 19 * time.HOUR), '5 d 19 h');
  assert.equal(time.lengthOf(64 * time.DAY), '64 d');
});
test('a countdown gains hours only when it needs them', () => {
  assert.equal(time.countdown(412_000), '6:52');
  assert.equal(time.countdown(38 * time.MINUTE + 20_000), '38:20');
  assert.equal(time.countdown(3_725_000), '1:02:05');
});
test('what is due says how long is left, and what is late says how late', () => {
  assert.equal(time.dueIn('2026-10-20T12:33:52Z', now), 'in 6:52');
  assert.equal(time.dueIn('2026-10-20T12:46:00Z', now), 'in 19 min');
  assert.equal(time.dueIn('2026-10-26T13:00:00Z', now), 'in 6 days');
  assert.equal(time.dueIn('2026-08-17T12:27:00Z', now), '64 d over');
});
test('wall time and instant are inverse, and a skipped hour moves on', () => {
  const noon = { year: 2026, month: 10, day: 25, hour: 12, minute: 0, second: 0 };
  assert.equal(time.instantOf(noon, berlin), Date.parse('2026-10-25T11:00:00Z'));
  const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
  assert.deepEqual(time.wallOf(time.instantOf(skipped, berlin), berlin).hour, 3);
});
test('a rota of two weeks over the end of summer time has one day of 25 hours', () => {
  const days = time.daysOf({ from: '2026-10-18T22:00:00Z', until: '2026-11-01T23:00:00Z', zone: berlin }, now);
  assert.equal(days.length, 14);
  assert.deepEqual(
    days.filter((day) => day.hours !== 24).map((day) => [day.label, day.hours]),
    [['Sun 25', 25]],
  );
  assert.deepEqual(
    days.filter((day) => day.today).map((day) => day.label),
    ['Tue 20'],
  );
  assert.equal(days[0]?.from, Date.parse('2026-10-18T22:00:00Z'));
});
test('the day that loses an hour has 23', () => {
  const days = time.daysOf({ from: '2026-03-28T23:00:00Z', until: '2026-03-29T22:00:00Z', zone: berlin }, now);
  assert.deepEqual(
    days.map((day) => day.hours),
    [23],
  );
});
