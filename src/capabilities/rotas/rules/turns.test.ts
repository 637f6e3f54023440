import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { at } from '#kernel/spans.ts';
import { isOpen, openIn, WEEKDAYS, type Hours } from '#kernel/weekly.ts';
import { edited, firstTurnAfter, onCallAt, resolve, type Layer } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Chicago', 'Australia/Lord_Howe', 'Pacific/Apia');
const instant = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }).map((minutes) => minutes * 60_000);
const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
const hours: fc.Arbitrary<Hours[]> = fc.array(fc.record({ days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }), from: clock, until: clock }), {
  minLength: 1,
  maxLength: 3,
});
const people = fc.integer({ min: 1, max: 7 }).map((count) => Array.from({ length: count }, (_, i) => [`p${i}`]));

test('the hours are open at an instant when a window of them covers it', () => {
  fc.assert(
    fc.property(hours, zone, instant, fc.integer({ min: 1, max: 60 }), (h, z, from, steps) => {
      const window = { from, until: from + steps * 7 * HOUR };
      const open = openIn(h, z, window);
      open.forEach((one, i) => assert.ok(one.from < one.until && (i === 0 || open[i - 1]!.until < one.from)));
      for (let moment = window.from; moment < window.until; moment += 7 * HOUR)
        assert.equal(
          isOpen(h, z, moment),
          open.some((one) => one.from <= moment && moment < one.until),
        );
    }),
    { numRuns: 300 },
  );
});

test('nobody loses a turn: each has as many days with hours as the layer says, one after another, however many days lie between', () => {
  fc.assert(
    fc.property(hours, people, fc.integer({ min: 1, max: 4 }), fc.integer({ min: -60, max: 60 }), (h, p, length, day) => {
      const start = Date.UTC(2026, 2, 2, 9);
      const layer: Layer = { id: 'l', name: 'l', priority: 0, people: p, hours: h, rotation: { type: 'daily', length, zone: 'UTC', start } };
      const open = openIn(h, 'UTC', { from: start - 100 * DAY, until: start + 100 * DAY });
      const active = (index: number) => open.some((one) => one.from < start + (index + 1) * DAY && one.until > start + index * DAY);
      let counted = 0;
      for (let index = Math.min(0, day); index < Math.max(0, day); index += 1) if (active(index)) counted += day < 0 ? -1 : 1;
      if (!active(day)) return;
      const turn = Math.floor(counted / length);
      const [expected] = p[((turn % p.length) + p.length) % p.length]!;
      const spans = resolve({ layers: [layer], overrides: [], window: { from: start + day * DAY, until: start + (day + 1) * DAY } });
      assert.ok(spans.length > 0 && spans.every(({ value }) => value.people[0] === expected));
    }),
    { numRuns: 500 },
  );
});

test('by the calendar a turn passes on days without hours too', () => {
  const layer: Layer = {
    id: 'l',
    name: 'l',
    priority: 0,
    people: [['a'], ['b'], ['c']],
    hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', until: '17:00' }],
    turns: 'calendar',
    rotation: { type: 'daily', length: 1, zone: 'UTC', start: Date.UTC(2026, 2, 2) },
  };
  const on = (day: number) => onCallAt({ layers: [layer], overrides: [] }, Date.UTC(2026, 2, day, 12))?.people[0];
  assert.deepEqual([2, 3, 4, 5, 6, 9].map(on), ['a', 'b', 'c', 'a', 'b', 'b']);
  const kept = { ...layer, turns: 'kept' as const };
  assert.equal(onCallAt({ layers: [kept], overrides: [] }, Date.UTC(2026, 2, 9, 12))?.people[0], 'c');
});

const layer = fc.record({
  type: fc.constantFrom('hourly' as const, 'daily' as const, 'weekly' as const, 'monthly' as const),
  length: fc.integer({ min: 1, max: 5 }),
  zone,
  start: instant,
  people: people.filter((list) => list.length > 1),
  hours: fc.option(hours, { nil: [] }),
  firstTurn: fc.integer({ min: 0, max: 6 }),
});
const asLayer = ({ people: list, hours: open, firstTurn, ...rotation }: typeof layer extends fc.Arbitrary<infer T> ? T : never): Layer => ({
  id: 'l',
  name: 'l',
  priority: 0,
  people: list,
  hours: open,
  firstTurn,
  rotation,
});

test('whoever is on call stays on call when somebody else is taken out or put in, and the past stays as it was', () => {
  fc.assert(
    fc.property(layer, instant, fc.nat(6), fc.boolean(), (given, now, which, adds) => {
      const before = asLayer(given);
      const running = onCallAt({ layers: [before], overrides: [] }, now)?.people[0];
      const victim = before.people[which % before.people.length]!;
      if (!adds && victim[0] === running) return;
      const list = adds ? before.people.toSpliced(which % before.people.length, 0, ['new']) : before.people.filter((group) => group !== victim);
      const layers = edited([before], { add: { ...before, id: 'n', people: list }, endId: 'l' }, now);
      assert.equal(onCallAt({ layers, overrides: [] }, now)?.people[0], running);
      const past = { from: now - 20 * DAY, until: now };
      assert.deepEqual(resolve({ layers, overrides: [], window: past }), resolve({ layers: [before], overrides: [], window: past }));
      const after = layers.at(-1)!;
      // Nobody is lost either: all who are in the new list come, one after another.
      const seen = new Set(Array.from({ length: list.length }, (_, i) => after.people[(i + (after.firstTurn ?? 0)) % list.length]![0]));
      assert.equal(seen.size, list.length);
    }),
    { numRuns: 300 },
  );
});

test('when whoever is on call is taken out, the next one begins', () => {
  const week = (list: string[]): Layer => ({
    id: 'l',
    name: 'l',
    priority: 0,
    people: list.map((one) => [one]),
    rotation: { type: 'weekly', length: 1, zone: 'UTC', start: Date.UTC(2026, 2, 2) },
  });
  const now = Date.UTC(2026, 2, 11);
  assert.equal(onCallAt({ layers: [week(['a', 'b', 'c'])], overrides: [] }, now)?.people[0], 'b');
  const after = { ...week(['a', 'c']), firstTurn: firstTurnAfter(week(['a', 'b', 'c']), week(['a', 'c']), now, false) };
  const rota = { layers: [after], overrides: [] };
  assert.deepEqual(
    [0, 1, 2].map((weeks) => onCallAt(rota, now + weeks * 7 * DAY)?.people[0]),
    ['c', 'a', 'c'],
  );
});

test('a layer in a zone of its own hands over by its own clock: the sun is followed', () => {
  const shift = (id: string, where: string, who: string): Layer => ({
    id,
    name: id,
    priority: 0,
    people: [[who]],
    hours: [{ days: WEEKDAYS, from: '08:00', until: '16:00' }],
    rotation: { type: 'daily', length: 1, zone: where, start: Date.UTC(2026, 2, 2) },
  });
  const layers = [shift('europe', 'Europe/Berlin', 'ann'), shift('america', 'America/Chicago', 'bo')];
  const spans = resolve({ layers, overrides: [], window: { from: Date.UTC(2026, 6, 6), until: Date.UTC(2026, 6, 7) } });
  assert.deepEqual(
    [6, 13, 14].map((hour) => at(spans, Date.UTC(2026, 6, 6, hour))[0]?.value.people),
    [['ann'], ['ann', 'bo'], ['bo']],
  );
});
