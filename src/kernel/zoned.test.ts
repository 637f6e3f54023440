import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { clockOfDay, dayHours, instantOf, localDate, offsetAt, wallOf, weekday, whileClockShows } from './zoned.ts';

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Chicago', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Cairo');
const instant = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2039, 11, 31) });

test('offsets agree with Temporal', () => {
  fc.assert(
    fc.property(zone, instant, (name, ms) => {
      const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name);
      assert.equal(offsetAt(name, ms), expected.offsetNanoseconds / 1e6);
      assert.equal(localDate(name, ms), expected.toPlainDate().toString());
      assert.equal(weekday(name, ms), expected.dayOfWeek);
    }),
    { numRuns: 2000 },
  );
});

test('a clock reading leads back to the instant, or to the other occurrence of the same reading', () => {
  fc.assert(
    fc.property(zone, instant, (name, ms) => {
      const wall = wallOf(name, ms);
      const [first, last] = [instantOf(name, wall, 'first'), instantOf(name, wall, 'last')];
      assert.ok(ms === first || ms === last);
      assert.equal(wallOf(name, first), wall);
      assert.equal(wallOf(name, last), wall);
    }),
    { numRuns: 2000 },
  );
});

test('a later clock reading is never an earlier instant', () => {
  fc.assert(
    fc.property(zone, instant, fc.integer({ min: 0, max: 50 * 3_600_000 }), (name, wall, more) => {
      assert.ok(instantOf(name, wall, 'first') <= instantOf(name, wall + more, 'first'));
      assert.ok(instantOf(name, wall, 'last') <= instantOf(name, wall + more, 'last'));
    }),
    { numRuns: 2000 },
  );
});

test('days with a clock change have 23, 25, 23.5 or no hours', () => {
  assert.equal(dayHours('Europe/Berlin', '2026-03-29'), 23);
  assert.equal(dayHours('Europe/Berlin', '2026-10-25'), 25);
  assert.equal(dayHours('Europe/Berlin', '2026-10-26'), 24);
  assert.equal(dayHours('Australia/Lord_Howe', '2020-10-04'), 23.5);
  assert.equal(dayHours('Pacific/Apia', '2011-12-30'), 0);
});

test('ten thousand readings take a fraction of a second', () => {
  const before = performance.now();
  for (let i = 0; i < 10_000; i += 1) clockOfDay('Europe/Berlin', `2026-${String(1 + (i % 12)).padStart(2, '0')}-15`, { clock: '08:30', which: 'first' });
  assert.ok(performance.now() - before < 250);
});

test('nonsense is refused', () => {
  assert.throws(() => offsetAt('Mars/Olympus', 0), RangeError);
  assert.throws(() => clockOfDay('UTC', '2026-02-30', { clock: '08:00', which: 'first' }), RangeError);
  assert.throws(() => clockOfDay('UTC', '2026-02-03', { clock: '25:00', which: 'first' }), RangeError);
});

test('a stretch of clock readings holds exactly while the clock shows one of them', () => {
  fc.assert(
    fc.property(zone, instant, fc.integer({ min: 1, max: 50 * 3_600_000 }), (name, from, length) => {
      const pieces = whileClockShows(name, { from, until: from + length });
      for (let ms = from - 20 * 3_600_000; ms < from + length + 20 * 3_600_000; ms += 1_234_567) {
        const reading = wallOf(name, ms);
        assert.equal(
          pieces.some((piece) => piece.from <= ms && ms < piece.until),
          reading >= from && reading < from + length,
        );
      }
    }),
    { numRuns: 500 },
  );
});
