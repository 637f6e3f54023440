import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { activeSpans, activeUntil, isActive, mutedBy, nextTurn, nextWindows, readRanges, refuseLength, refuseSets, refuseWhen, writeRanges } from './index.ts';
import type { MuteRule, Range, RangeField, TimeInterval, When } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Chicago', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '45')).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const upTo = (least: number, most: number) =>
  fc.array(
    fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map(([a, b]): Range => ({ from: Math.min(a, b), until: Math.max(a, b) })),
    { maxLength: 2 },
  );
const days = fc.oneof(upTo(1, 31), upTo(-31, -1), fc.constant([{ from: 20, until: -1 }]));
const interval: fc.Arbitrary<TimeInterval> = fc.record(
  {
    times: fc.array(
      fc
        .tuple(clock, clock)
        .filter(([a, b]) => a < b)
        .map(([from, until]) => ({ from, until })),
      { maxLength: 2 },
    ),
    weekdays: upTo(1, 7),
    daysOfMonth: days,
    months: upTo(1, 12),
    years: fc.constant([]),
    zone,
  },
  { noNullPrototype: true },
);
const weekly = fc.record(
  { start: clock, minutes: fc.integer({ min: 1, max: 1440 }), weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }), zone },
  { noNullPrototype: true },
);
const start = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2027, 0, 1) / MINUTE }).map((minute) => minute * MINUTE);
const end = fc.option(fc.integer({ min: 1, max: 60 * 24 * 30 }), { nil: null });
const when: fc.Arbitrary<When> = fc.oneof(
  fc.tuple(start, fc.integer({ min: 1, max: 60 * 48 })).map(([from, minutes]): When => ({ kind: 'window', from, until: from + minutes * MINUTE })),
  fc.tuple(start, end, weekly).map(([from, minutes, rule]): When => ({ kind: 'weekly', from, until: minutes === null ? null : from + minutes * MINUTE, weekly: rule })),
  fc.tuple(start, end, fc.array(interval, { minLength: 1, maxLength: 2 })).map(([from, minutes, intervals]): When => ({
    kind: 'intervals',
    from,
    until: minutes === null ? null : from + minutes * MINUTE,
    intervals,
  })),
);

test('the spans of a window are exactly the instants at which it is active', () => {
  fc.assert(
    fc.property(when, fc.integer({ min: -3 * 24, max: 3 * 24 }), (one, hours) => {
      assert.equal(refuseWhen(one), undefined);
      const from = one.from + hours * HOUR;
      const window = { from, until: from + 3 * DAY };
      const spans = activeSpans(one, window);
      for (let at = window.from; at < window.until; at += 7 * MINUTE + 13_000) {
        assert.equal(
          spans.some((span) => span.from <= at && at < span.until),
          isActive(one, at),
          new Date(at).toISOString(),
        );
      }
      spans.forEach((span, i) => assert.ok(span.from < span.until && span.from >= window.from && span.until <= window.until && (i === 0 || span.from > spans[i - 1]!.until)));
    }),
    { numRuns: 150 },
  );
});

test('a longer window only adds', () => {
  fc.assert(
    fc.property(when, fc.integer({ min: 1, max: 96 }), (one, hours) => {
      const short = activeSpans(one, { from: one.from, until: one.from + 2 * DAY });
      const long = activeSpans(one, { from: one.from - DAY, until: one.from + 2 * DAY + hours * HOUR });
      for (const span of short) assert.ok(long.some(({ from, until }) => from <= span.from && until >= span.until));
    }),
    { numRuns: 150 },
  );
});

test('nothing changes before the next turn, and something does at it', () => {
  fc.assert(
    fc.property(when, fc.integer({ min: -24, max: 24 * 20 }), (one, hours) => {
      const at = one.from + hours * HOUR;
      const next = nextTurn(one, at);
      if (next === null) return;
      assert.ok(next > at);
      assert.ok(isActive(one, next - 1) === isActive(one, at));
      assert.ok(isActive(one, next) !== isActive(one, at) || next === one.until);
    }),
    { numRuns: 300 },
  );
});

test('what is active ends when it is said to', () => {
  fc.assert(
    fc.property(when, fc.integer({ min: 0, max: 24 * 10 }), (one, hours) => {
      const at = one.from + hours * HOUR;
      fc.pre(isActive(one, at));
      const until = activeUntil(one, at);
      if (until === null) return;
      assert.ok(until > at && isActive(one, until - 1) && !isActive(one, until));
    }),
    { numRuns: 300 },
  );
});

const weekend: When = { kind: 'weekly', from: Date.UTC(2026, 0, 1), until: null, weekly: { start: '00:00', minutes: 1440, weekdays: [6, 7], zone: 'Europe/Berlin' } };

test('a weekend on which the clock is set lasts until its last hour', () => {
  const [spring] = activeSpans(weekend, { from: Date.UTC(2026, 2, 26), until: Date.UTC(2026, 3, 1) });
  assert.deepEqual(spring && [new Date(spring.from).toISOString(), new Date(spring.until).toISOString()], ['2026-03-27T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  const [autumn] = activeSpans(weekend, { from: Date.UTC(2026, 9, 22), until: Date.UTC(2026, 9, 28) });
  assert.equal(autumn && (autumn.until - autumn.from) / HOUR, 49);
});

test('a window that the clock skips takes place right after the gap', () => {
  const night: When = { kind: 'weekly', from: Date.UTC(2026, 0, 1), until: null, weekly: { start: '02:10', minutes: 30, weekdays: [], zone: 'Europe/Berlin' } };
  const [span] = activeSpans(night, { from: Date.UTC(2026, 2, 29), until: Date.UTC(2026, 2, 29, 12) });
  assert.deepEqual(span && [new Date(span.from).toISOString(), span.until - span.from], ['2026-03-29T01:00:00.000Z', 30 * MINUTE]);
});

test('the next windows are whole and in order', () => {
  const windows = nextWindows(weekend, Date.UTC(2026, 2, 28, 12), 5);
  assert.equal(windows.length, 5);
  assert.equal(windows[0]?.from, Date.parse('2026-03-27T23:00:00Z'));
  assert.ok(windows.every(({ from, until }, i) => until > from && (i === 0 || from > windows[i - 1]!.until)));
});

const rule = (id: string, one: When, value = 'a'): MuteRule => ({
  id,
  number: 'MUT-1',
  title: id,
  kind: 'mute',
  sets: [[{ name: 'service', op: '=', value }]],
  when: one,
  by: 'Ada',
});

test('of several mutes the one that ends last is named, and only those that match count', () => {
  const window = (minutes: number): When => ({ kind: 'window', from: 0, until: minutes * MINUTE });
  const rules = [rule('short', window(10)), rule('long', window(60)), rule('other', window(600), 'b')];
  assert.equal(mutedBy(rules, { service: 'a' }, MINUTE)?.mute.id, 'long');
  assert.equal(mutedBy(rules, { service: 'a' }, 60 * MINUTE), null);
  assert.equal(
    mutedBy(
      [...rules, rule('endless', { kind: 'intervals', from: 0, until: null, intervals: [{ times: [], weekdays: [], daysOfMonth: [], months: [], years: [], zone: 'UTC' }] })],
      { service: 'a' },
      MINUTE,
    )?.until,
    null,
  );
});

test('a set that would silence everything is refused', () => {
  assert.ok(refuseSets([]));
  assert.ok(refuseSets([[]]));
  assert.ok(refuseSets([[{ name: 'service', op: '=', value: 'a' }], [{ name: 'team', op: '!=', value: 'b' }]]));
  assert.equal(refuseSets([[{ name: 'service', op: '=~', value: '.+' }]]), undefined);
});

test('a responder silences for a day at most', () => {
  assert.equal(refuseLength({ kind: 'window', from: 0, until: DAY }, false), undefined);
  assert.match(refuseLength({ kind: 'window', from: 0, until: DAY + 1 }, false) ?? '', /24 hours/);
  assert.match(refuseLength(weekend, false) ?? '', /lead/);
  assert.equal(refuseLength(weekend, true), undefined);
});

test('ranges that are written are read back the same', () => {
  const one = (field: RangeField, ranges: readonly Range[]) => assert.deepEqual(readRanges(field, writeRanges(field, ranges)), { ranges });
  fc.assert(fc.property(upTo(1, 7), upTo(1, 12), (a, b) => (one('weekdays', a), one('months', b))));
  fc.assert(fc.property(days, (some) => one('daysOfMonth', some)));
  fc.assert(fc.property(fc.constantFrom<RangeField>('weekdays', 'daysOfMonth', 'months', 'years'), fc.string(), (field, text) => void readRanges(field, text)));
});
