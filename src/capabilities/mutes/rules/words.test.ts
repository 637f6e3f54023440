import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternWords } from './index.ts';

const weekly = (start: string, minutes: number, weekdays: readonly number[]) =>
  patternWords({ kind: 'weekly', from: 0, until: null, weekly: { start, minutes, weekdays, zone: 'Europe/Berlin' } });

test('what comes again is told in words', () => {
  assert.equal(weekly('22:00', 90, [1]), 'each Monday 22:00–23:30, Europe/Berlin');
  assert.equal(weekly('23:00', 120, [6, 7]), 'each Saturday and Sunday 23:00–01:00 of the next day, Europe/Berlin');
  assert.equal(weekly('00:00', 1440, [1, 2, 3, 4, 5]), 'each day from Monday to Friday 00:00–24:00, Europe/Berlin');
  assert.equal(patternWords({ kind: 'window', from: 0, until: 1 }), null);
  const interval = { times: [{ from: '18:00', until: '24:00' }], weekdays: [], daysOfMonth: [{ from: -3, until: -1 }], months: [{ from: 1, until: 3 }], years: [], zone: 'UTC' };
  assert.equal(patternWords({ kind: 'intervals', from: 0, until: null, intervals: [interval] }), '18:00–24:00, days -3:-1, january:march, UTC');
});
