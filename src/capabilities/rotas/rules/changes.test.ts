import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { at } from '#kernel/spans.ts';
import { eveningOut } from './evening.ts';
import { lookAhead } from './lookahead.ts';
import { merged, without, type Stand } from './temporary.ts';
import { WEEKDAYS } from '#kernel/weekly.ts';
import {
  contradicts,
  gapsIn,
  interruptions,
  onCallAt,
  previewOf,
  qualityOf,
  refuseShape,
  resolve,
  shadowsIn,
  withRequests,
  type Layer,
  type Override,
  type Rota,
  type Swap,
} from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 26);
const person = fc.constantFrom('ann', 'bo', 'cy', 'di');
const hour = fc.integer({ min: 0, max: 24 * 9 }).map((hours) => START + hours * HOUR);
const window = fc.tuple(hour, fc.integer({ min: 1, max: 72 })).map(([from, hours]) => ({ from, until: from + hours * HOUR }));
const madeAt = fc.nat(5);
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Chicago');

const layer = fc
  .record({
    priority: fc.integer({ min: 0, max: 2 }),
    type: fc.constantFrom('hourly' as const, 'daily' as const, 'weekly' as const),
    length: fc.integer({ min: 1, max: 9 }),
    zone,
    people: fc.array(fc.uniqueArray(person, { maxLength: 2 }), { maxLength: 4 }),
    days: fc.option(fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 })),
    shadow: fc.boolean(),
    onHolidays: fc.constantFrom('as usual' as const, 'off' as const, 'only' as const),
  })
  .map(({ type, length, zone: where, days, ...rest }): Omit<Layer, 'id' | 'name'> => ({
    ...rest,
    hours: days ? [{ days, from: '08:00', until: '20:00' }] : [],
    rotation: { type, length, zone: where, start: START - 40 * DAY },
  }));
const override = fc
  .record({
    window,
    kind: fc.constantFrom('replace' as const, 'add' as const, 'remove' as const),
    who: fc.option(person),
    instead: fc.option(person),
    layerId: fc.constantFrom(null, null, 'l0', 'l1'),
    madeAt,
  })
  .map(({ window: w, who, instead, ...rest }) => ({ ...w, ...rest, personId: rest.kind === 'remove' ? null : who, insteadId: rest.kind === 'add' ? null : instead }))
  .filter((one) => refuseShape(one) === undefined);
const rotas: fc.Arbitrary<Rota> = fc
  .record({
    layers: fc.array(layer, { maxLength: 4 }),
    overrides: fc.array(override, { maxLength: 3 }),
    swaps: fc.array(fc.record({ by: person, window, takenBy: fc.option(person), inReturn: fc.option(window), madeAt }), { maxLength: 2 }),
    temporaries: fc.array(fc.record({ window, shifts: fc.array(fc.record({ personId: person, window }), { maxLength: 2 }), madeAt }), { maxLength: 1 }),
    absences: fc.array(fc.record({ personId: person, window }), { maxLength: 2 }),
    holidays: fc.constantFrom([], ['2026-03-28', '2026-03-29']),
  })
  .map((given) => ({
    holidays: given.holidays,
    layers: given.layers.map((one, i) => ({ ...one, id: `l${i}`, name: `l${i}` })),
    overrides: given.overrides.map((one, i) => ({ ...one, id: `o${i}` })),
    swaps: given.swaps.map(({ window: w, ...one }, i) => ({ ...one, ...w, id: `s${i}` })),
    temporaries: given.temporaries.map(({ window: w, shifts, madeAt: made }, i) => ({
      ...w,
      madeAt: made,
      id: `t${i}`,
      shifts: shifts.map((shift) => ({ personId: shift.personId, ...shift.window })),
    })),
    absences: given.absences.map(({ window: w, personId }, i) => ({ ...w, personId, id: `a${i}` })),
  }));
const whole = { from: START, until: START + 10 * DAY };
const moments = Array.from({ length: 60 }, (_, i) => START + i * 4 * HOUR);

test('one instant is answered as the whole window shows it, whatever was changed', () => {
  fc.assert(
    fc.property(rotas, (rota) => {
      const spans = resolve({ ...rota, window: whole });
      spans.forEach((span, i) => assert.ok(span.from < span.until && (i === 0 || spans[i - 1]!.until <= span.from)));
      for (const moment of moments) assert.deepEqual(onCallAt(rota, moment), at(spans, moment)[0]?.value ?? null);
    }),
    { numRuns: 500 },
  );
});

test('nobody who is absent is on call, and absences change nothing else', () => {
  fc.assert(
    fc.property(rotas, (rota) => {
      const { absences = [], ...rest } = rota;
      for (const moment of moments) {
        const away = absences.filter((one) => one.from <= moment && one.until > moment).map(({ personId }) => personId);
        const [without_, with_] = [onCallAt(rest, moment)?.people ?? [], onCallAt(rota, moment)];
        assert.deepEqual(
          with_?.people ?? [],
          without_.filter((id) => !away.includes(id)),
        );
        assert.deepEqual((with_?.absent ?? []).toSorted(), [...new Set(away)].filter((id) => without_.includes(id)).toSorted());
      }
    }),
    { numRuns: 300 },
  );
});

test('the last change decides inside its window and changes nothing outside: a request that is taken moves one person only', () => {
  fc.assert(
    fc.property(rotas, person, person, window, (given, by, takenBy, w) => {
      const rota = { ...given, absences: [] };
      const swap: Swap = { id: 'mine', by, takenBy, ...w, madeAt: 99 };
      const after = { ...rota, swaps: [...(rota.swaps ?? []), swap] };
      const open = { ...rota, swaps: [...(rota.swaps ?? []), { ...swap, takenBy: null }] };
      for (const moment of moments) {
        const people = onCallAt(rota, moment)?.people ?? [];
        const inside = moment >= w.from && moment < w.until;
        const expected = inside ? [...new Set(people.map((id) => (id === by ? takenBy : id)))] : people;
        assert.deepEqual(onCallAt(after, moment)?.people ?? [], expected);
        assert.deepEqual(onCallAt(open, moment), onCallAt(rota, moment), 'while it is open nothing changes hands');
      }
    }),
    { numRuns: 300 },
  );
});

test('shadows are never on call by their layer, and cover nothing', () => {
  fc.assert(
    fc.property(rotas, (rota) => {
      const without_ = {
        ...rota,
        layers: rota.layers.filter((one) => !one.shadow),
        overrides: rota.overrides.filter((one) => !rota.layers.some((each) => each.shadow && each.id === one.layerId)),
      };
      assert.deepEqual(resolve({ ...rota, window: whole }), resolve({ ...without_, window: whole }));
      if (!rota.layers.some((one) => one.shadow)) assert.deepEqual(shadowsIn(rota, whole), []);
    }),
    { numRuns: 200 },
  );
});

test('a preview differs where the answer differs, and its gaps are those made and closed', () => {
  fc.assert(
    fc.property(rotas, rotas, (before, after) => {
      const shown = previewOf(before, after, { window: whole, zone: 'Europe/Berlin', holidays: [] });
      for (const moment of moments.filter((one) => one < whole.until)) {
        const [was, will] = [before, after].map((rota) => (onCallAt(rota, moment)?.people ?? []).toSorted());
        const differs = shown.differs.find((one) => one.from <= moment && moment < one.until);
        assert.deepEqual([differs?.before ?? was, differs?.after ?? will], [was, will]);
        assert.equal(differs !== undefined, was?.join() !== will?.join());
        const gap = (rota: Rota) => gapsIn(rota, whole).some((one) => one.from <= moment && moment < one.until);
        assert.equal(
          shown.gapsMade.some((one) => one.from <= moment && moment < one.until),
          gap(after) && !gap(before),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('overrides contradict each other whichever came first, and only where they overlap', () => {
  const said = (rest: Partial<Override>): Override => ({ id: 'o', personId: null, insteadId: null, from: START, until: START + DAY, ...rest });
  fc.assert(fc.property(override, override, (a, b) => assert.equal(contradicts(a, b), contradicts(b, a))));
  assert.ok(contradicts(said({ kind: 'add', personId: 'ann' }), said({ kind: 'remove', insteadId: 'ann' })));
  assert.ok(contradicts(said({ personId: 'bo', insteadId: 'ann' }), said({ personId: 'cy', insteadId: 'ann' })));
  assert.ok(!contradicts(said({ personId: 'bo', insteadId: 'ann' }), said({ personId: 'ann', insteadId: 'bo', from: START + DAY, until: START + 2 * DAY })));
  assert.ok(!contradicts(said({ personId: 'bo' }), said({ personId: 'cy' })), 'of two of everybody the later one wins');
});

test('an open request marks the part of a shift that it asks for', () => {
  const base: Layer = { id: 'l', name: 'l', priority: 0, people: [['ann'], ['bo']], rotation: { type: 'weekly', length: 1, zone: 'UTC', start: START } };
  const swap: Swap = { id: 's', by: 'ann', from: START + DAY, until: START + 2 * DAY, takenBy: null };
  const spans = withRequests(resolve({ layers: [base], overrides: [], swaps: [swap], window: { from: START, until: START + 3 * DAY } }), [swap], START);
  assert.deepEqual(
    spans.map((span) => [span.value.people[0], span.value.swapId]),
    [
      ['ann', null],
      ['ann', 's'],
      ['ann', null],
    ],
  );
});

test('temporary shifts cut and joined lose none of what lies outside', () => {
  const stand = fc
    .record({ window, shifts: fc.array(fc.record({ personId: person, window }), { maxLength: 3 }) })
    .map(({ window: w, shifts }) => ({ ...w, shifts: shifts.map((one) => ({ personId: one.personId, ...one.window })) }));
  fc.assert(
    fc.property(fc.array(stand, { maxLength: 3 }), window, (stands, hole) => {
      const on = (list: readonly Stand[], moment: number) =>
        [
          ...new Set(
            list
              .filter((one) => one.from <= moment && moment < one.until)
              .flatMap((one) => one.shifts.filter((shift) => shift.from <= moment && moment < shift.until).map(({ personId }) => personId)),
          ),
        ].toSorted();
      const [joined, cut] = [merged(stands), without(stands, hole)];
      joined.forEach((one, i) => assert.ok(i === 0 || joined[i - 1]!.until < one.from));
      for (const moment of moments) {
        assert.deepEqual(on(joined, moment), on(stands, moment));
        assert.deepEqual(on(cut, moment), moment >= hole.from && moment < hole.until ? [] : on(stands, moment));
      }
    }),
    { numRuns: 200 },
  );
});

test('interruptions within a minute are one, and a full week each is a perfect score', () => {
  assert.equal(interruptions([0, 59_000, 60_000, 61_000, 600_000]), 3);
  assert.equal(interruptions([]), 0);
  assert.equal(
    qualityOf(
      new Map([
        ['ann', 84],
        ['bo', 84],
      ]),
      100,
    ).score,
    100,
  );
  const uneven = qualityOf(
    new Map([
      ['ann', 150],
      ['bo', 50],
    ]),
    90,
  );
  assert.deepEqual([uneven.score, uneven.gapsPercent, [...uneven.overloaded]], [62, 10, [['ann', 50]]]);
});

test('what evens out brings the two closer with every step, and gives nothing to whoever cannot take it', () => {
  const base: Layer = { id: 'l', name: 'l', priority: 0, people: [['ann'], ['bo'], ['cy']], rotation: { type: 'daily', length: 1, zone: 'UTC', start: START } };
  const window28 = { from: START, until: START + 28 * DAY };
  const able = (personId: string, hoursLately: number, rest: object = {}) => ({ personId, hoursLately, duties: [], absences: [], active: true, reachable: true, ...rest });
  const steps = eveningOut(resolve({ layers: [base], overrides: [], window: window28 }), [able('ann', 300), able('bo', 100), able('cy', 90, { reachable: false })], window28);
  assert.ok(steps.length > 0 && steps.every((step) => step.fromId === 'ann' && step.toId === 'bo'));
  for (const { before, after } of steps) assert.ok(Math.abs(after[0] - after[1]) < Math.abs(before[0] - before[1]));
});

test('looking ahead finds gaps, absences, and each person who has left or cannot be reached once', () => {
  const base: Layer = { id: 'l', name: 'l', priority: 0, people: [['ann'], [], ['bo'], ['cy']], rotation: { type: 'daily', length: 1, zone: 'UTC', start: START } };
  const rota: Rota = { layers: [base], overrides: [], absences: [{ id: 'a', personId: 'ann', from: START, until: START + DAY }] };
  const found = lookAhead(rota, { from: START, until: START + 8 * DAY }, { active: (id) => id !== 'bo', reachable: (id) => id !== 'cy' });
  assert.deepEqual(
    found.map(({ kind, personId, hours }) => [kind, personId, hours]),
    [
      ['absent', 'ann', 24],
      ['gap', null, 24],
      ['left', 'bo', 48],
      ['unreachable', 'cy', 48],
      ['gap', null, 24],
    ],
  );
});
