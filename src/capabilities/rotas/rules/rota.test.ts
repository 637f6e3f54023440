import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { at, total } from '#kernel/spans.ts';
import { instantOf, wallOf } from '#kernel/zoned.ts';
import { gapsIn, nextHandovers, onCallAt, resolve, shiftAt, shiftsIn } from './index.ts';
import type { Layer, Override, Rotation } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Chicago', 'Australia/Lord_Howe', 'Africa/Casablanca');
const instant = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }).map((minutes) => minutes * 60_000);
const rotation: fc.Arbitrary<Rotation> = fc.record({
  type: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
  length: fc.integer({ min: 1, max: 9 }),
  zone,
  start: instant,
});
const window = fc.tuple(instant, fc.integer({ min: 1, max: 40 * 24 * 60 })).map(([from, minutes]) => ({ from, until: from + minutes * 60_000 }));

test('shifts partition the window', () => {
  fc.assert(
    fc.property(rotation, window, (r, w) => {
      const shifts = shiftsIn(r, w);
      assert.ok(shifts[0]!.from <= w.from && shifts.at(-1)!.until >= w.until);
      shifts.forEach((shift, i) => {
        assert.ok(shift.from < shift.until);
        const next = shifts[i + 1];
        if (next) {
          assert.equal(shift.until, next.from);
          assert.ok(next.turn > shift.turn);
          assert.ok(shift.until < w.until);
        }
      });
    }),
  );
});

test('the shift at an instant is the one the window shows', () => {
  fc.assert(
    fc.property(rotation, window, (r, w) => {
      for (const shift of shiftsIn(r, w)) {
        for (const moment of [shift.from, shift.until - 1]) assert.deepEqual(shiftAt(r, moment), shift);
      }
    }),
  );
});

test('a daily, weekly or monthly handover stays at its local time, also on 23- and 25-hour days', () => {
  fc.assert(
    fc.property(
      rotation.filter((r) => r.type !== 'hourly'),
      instant,
      (r, moment) => {
        const { from } = shiftAt(r, moment);
        const clock = (wall: number) => ((wall % DAY) + DAY) % DAY;
        const [wanted, seen] = [clock(wallOf(r.zone, r.start)), clock(wallOf(r.zone, from))];
        // Only a skipped local time may differ: there the handover is the first instant after the gap.
        if (wanted !== seen) assert.notEqual(clock(wallOf(r.zone, instantOf(r.zone, wallOf(r.zone, from) - seen + wanted, 'first'))), wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test('two hourly handovers that fall on the end of a gap become one, and later turns keep their dates', () => {
  const start = Date.UTC(2026, 2, 29, 0);
  const shifts = shiftsIn({ type: 'hourly', length: 1, zone: 'Europe/Berlin', start }, { from: start, until: start + 3 * HOUR });
  assert.deepEqual(
    shifts.map(({ from, until, turn }) => [(from - start) / HOUR, (until - start) / HOUR, turn]),
    [
      [0, 1, 0],
      [1, 2, 2],
      [2, 3, 3],
    ],
  );
});

test('a monthly rotation from the 31st is clamped and comes back to the 31st', () => {
  const start = Date.UTC(2027, 0, 31, 9);
  const shifts = shiftsIn({ type: 'monthly', length: 1, zone: 'UTC', start }, { from: start, until: Date.UTC(2027, 4, 1) });
  assert.deepEqual(
    shifts.map((s) => new Date(s.from).toISOString().slice(0, 10)),
    ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
  );
});

const person = fc.constantFrom('ann', 'bo', 'cy', 'di');
const layers: fc.Arbitrary<Layer[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: 0, max: 2 }),
      rotation,
      people: fc.array(fc.uniqueArray(person, { maxLength: 2 }), { maxLength: 3 }),
      from: fc.option(instant),
      until: fc.option(instant),
    }),
    {
      maxLength: 4,
    },
  )
  .map((list) => list.map((layer, i) => ({ ...layer, id: `l${i}`, name: `Layer ${i}` })));
const overrides: fc.Arbitrary<Override[]> = fc
  .array(fc.record({ personId: fc.option(person), window, layerId: fc.constantFrom(null, null, 'l0', 'l1') }), { maxLength: 3 })
  .map((list) => list.map(({ personId, window: w, layerId }, i) => ({ id: `o${i}`, personId, layerId, ...w })));
const near = fc.tuple(layers, overrides, window);

test('there is at most one answer at any time, inside the window, and gaps fill the rest', () => {
  fc.assert(
    fc.property(near, ([l, o, w]) => {
      const spans = resolve({ layers: l, overrides: o, window: w });
      spans.forEach((span, i) => {
        assert.ok(span.from >= w.from && span.until <= w.until && span.from < span.until);
        const next = spans[i + 1];
        if (next) assert.ok(span.until <= next.from);
        if (span.value.people.length === 0) assert.equal(span.value.by, 'override');
      });
      assert.equal(total(spans) + total(gapsIn({ layers: l, overrides: o }, w)), w.until - w.from);
    }),
    { numRuns: 300 },
  );
});

test('an override of the rota decides inside its window and changes nothing outside', () => {
  fc.assert(
    fc.property(layers, overrides, window, fc.option(person), (l, o, w, who) => {
      const third = Math.floor((w.until - w.from) / 3);
      const one: Override = { id: 'mine', personId: who, from: w.from + third, until: w.until - third };
      const [without, within] = [resolve({ layers: l, overrides: o, window: w }), resolve({ layers: l, overrides: [...o, one], window: w })];
      for (let moment = w.from; moment < w.until; moment += Math.max(60_000, Math.floor((w.until - w.from) / 17))) {
        const inside = moment >= one.from && moment < one.until;
        const seen = at(within, moment)[0]?.value;
        if (!inside) assert.deepEqual(seen, at(without, moment)[0]?.value);
        else assert.deepEqual([seen?.people, seen?.changeId], [who === null ? [] : [who], 'mine']);
      }
    }),
    { numRuns: 300 },
  );
});

test('the answer for an instant is that of any window around it', () => {
  fc.assert(
    fc.property(near, ([l, o, w]) => {
      const rota = { layers: l, overrides: o };
      for (const span of resolve({ ...rota, window: w })) assert.deepEqual(onCallAt(rota, span.from), span.value);
    }),
    { numRuns: 200 },
  );
});

const weekly: Rotation = { type: 'weekly', length: 1, zone: 'Europe/Berlin', start: Date.UTC(2026, 2, 2, 8) };
const base: Layer = { id: 'base', name: 'Primary', priority: 1, rotation: weekly, people: [['ann'], ['bo']] };

test('the higher priority wins and equal priorities are on call together', () => {
  const rota = (priority: number) => ({ layers: [base, { ...base, id: 'two', priority, people: [['cy']] }], overrides: [] });
  assert.deepEqual(onCallAt(rota(2), weekly.start)?.people, ['cy']);
  assert.deepEqual(onCallAt(rota(1), weekly.start)?.people, ['ann', 'cy']);
  assert.deepEqual(onCallAt(rota(0), weekly.start)?.people, ['ann']);
});

test('a layer switched off lets the lower one through, and nobody behind it is on purpose', () => {
  const off: Override = { id: 'off', personId: null, from: weekly.start, until: weekly.start + DAY, layerId: 'base' };
  const lower = { ...base, id: 'low', priority: 0, people: [['di']] };
  assert.deepEqual(onCallAt({ layers: [base, lower], overrides: [off] }, weekly.start)?.people, ['di']);
  const alone = { layers: [base], overrides: [off] };
  assert.deepEqual(onCallAt(alone, weekly.start)?.people, []);
  assert.deepEqual(gapsIn(alone, { from: weekly.start, until: weekly.start + DAY }), []);
});

test('the week with the clock change has 167 hours and still hands over at nine', () => {
  const [first, , , , fifth] = nextHandovers({ layers: [base], overrides: [] }, weekly.start, 5);
  assert.equal(new Date(first!.at).toISOString(), '2026-03-09T08:00:00.000Z');
  assert.equal(new Date(fifth!.at).toISOString(), '2026-04-06T07:00:00.000Z');
  assert.deepEqual([first!.before, first!.after], [['ann'], ['bo']]);
  assert.deepEqual(nextHandovers({ layers: [{ ...base, people: [['ann']] }], overrides: [] }, weekly.start, 3), []);
});
