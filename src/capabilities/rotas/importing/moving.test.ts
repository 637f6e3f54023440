import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

const sample = (name: string) => readFileSync(join(import.meta.dirname, 'samples', `${name}.json`), 'utf8');

const calendar = (...events: readonly string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n${events.map((event) => `BEGIN:VEVENT\r\n${event.replaceAll('\n', '\r\n')}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`;

describe('moving in from another system', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    [ada, bo] = [await desk.person('Ada Ek', 'responder'), await desk.person('Bo Berg', 'lead')];
  });
  after(() => desk.close());

  it('people are found by address, who is not is asked for, and then the rota pages whom it paged there', async () => {
    const text = sample('pagerduty');
    const plan = await bo.rotas.planMove({ text });
    assert.deepEqual(plan.counts, { new: 0, there: 0, left: 1 });
    assert.match(plan.rotas[0]?.because ?? '', /^Say who Cora Lind is here, or invite them first\.$/);
    assert.deepEqual(
      plan.people.map(({ name, person }) => [name, person?.number ?? null]),
      [
        ['Ada Ek', ada.number],
        ['Bo Berg', bo.number],
        ['Cora Lind', null],
      ],
    );
    const people = { PU3: ada.number };
    const { made } = await bo.rotas.moveIn({ text, people });
    assert.equal(made.length, 1);
    const { rota } = await bo.rotas.get({ number: made[0]?.number ?? '' });
    assert.deepEqual([rota.name, rota.zone, rota.layers.map(({ name }) => name)], ['Payments on call', 'Europe/Berlin', ['Business hours', 'Around the clock']]);
    // Monday 30 March: 08:00 to 18:00 is business hours, else whoever has the week, which began on 5 January with Ada.
    const { result } = await bo.rotas.shifts({ number: rota.number, from: '2026-03-29T22:00:00Z', until: '2026-03-30T22:00:00Z' });
    assert.deepEqual(
      result.map(({ from, people: on }) => [from, on.map(({ title }) => title)]),
      [
        ['2026-03-29T22:00:00.000Z', ['Bo Berg']],
        ['2026-03-30T06:00:00.000Z', ['Ada Ek']],
        ['2026-03-30T16:00:00.000Z', ['Ada Ek']],
      ].map(([from, on]) => [from, on]),
    );
    const again = await bo.rotas.moveIn({ text, people });
    assert.deepEqual([again.made, again.plan.counts, again.plan.rotas[0]?.rota?.number], [[], { new: 0, there: 1, left: 0 }, rota.number]);
  });

  it('is for leads, says what cannot be read, and believes no key that is not in the file', async () => {
    assert.equal((await refusalOf(ada.rotas.moveIn({ text: sample('opsgenie') }))).kind, 'forbidden');
    assert.equal((await refusalOf(bo.rotas.planMove({ text: 'a,b' }))).fields[0]?.field, 'text');
    assert.equal((await refusalOf(bo.rotas.planMove({ text: sample('opsgenie'), people: { ou3: 'PER-999' } }))).kind, 'missing');
    const plan = await bo.rotas.planMove({ text: sample('opsgenie'), people: { __proto__: ada.number, ou3: ada.number } });
    assert.deepEqual([plan.format, plan.counts.new], ['opsgenie', 1]);
  });

  it('shifts of a calendar stand in for the rota up to the last of them, at their local time when clocks change', async () => {
    const layer = { name: 'Days', kind: 'daily' as const, start: '2026-03-02T09:00', people: [bo.number] };
    const { number } = await bo.rotas.create({ name: 'By calendar', zone: 'Europe/Berlin', layer });
    const text = calendar(
      'UID:a\nDTSTART;TZID=Europe/Berlin:20260323T090000\nDTEND;TZID=Europe/Berlin:20260323T170000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20260406T090000\nSUMMARY:[L1] Ada Ek',
      'UID:b\nDTSTART:20260325T100000Z\nDURATION:PT2H\nSUMMARY:Night cover\nATTENDEE;CN=Somebody:mailto:someone@else.example',
      'UID:c\nDTSTART:20260101T100000Z\nDTEND:20260101T120000Z\nSUMMARY:Ada Ek',
    );
    const plan = await bo.rotas.planShifts({ number, text });
    assert.deepEqual(
      plan.shifts.map(({ from, name, person }) => [from, name, person?.number ?? null]),
      [
        ['2026-03-23T08:00:00.000Z', 'Ada Ek', ada.number],
        ['2026-03-25T10:00:00.000Z', 'Somebody', null],
        ['2026-03-30T07:00:00.000Z', 'Ada Ek', ada.number],
      ],
    );
    assert.match(plan.because ?? '', /^Say who Somebody is here/);
    assert.equal((await refusalOf(bo.rotas.takeShifts({ number, text }))).fields[0]?.field, 'text');
    const people = { 'someone@else.example': bo.number };
    await bo.rotas.takeShifts({ number, text, people });
    const { result } = await bo.rotas.shifts({ number, from: '2026-03-22T00:00:00Z', until: '2026-04-02T12:00:00Z' });
    assert.deepEqual(
      result.filter(({ people: on }) => on.length > 0).map(({ from, by, people: on }) => [from, by, on[0]?.title]),
      [
        ['2026-03-23T08:00:00.000Z', 'temporary', 'Ada Ek'],
        ['2026-03-25T10:00:00.000Z', 'temporary', 'Bo Berg'],
        ['2026-03-30T07:00:00.000Z', 'temporary', 'Ada Ek'],
        ['2026-03-30T15:00:00.000Z', 'layer', 'Bo Berg'],
      ],
    );
    assert.match((await bo.rotas.planShifts({ number, text: calendar('UID:d\nDTSTART:20200101T100000Z\nDURATION:PT2H\nSUMMARY:Ada Ek') })).because ?? '', /^No shift lies/);
    assert.equal((await refusalOf(bo.rotas.planShifts({ number, text: 'BEGIN:NOTHING' }))).kind, 'invalid');
  });
});
