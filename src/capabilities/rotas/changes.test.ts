import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isEmptied, resolve, rotaFrom, withRequests } from './rules/index.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('changes of a rota', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  let cy: TestPerson;
  let lead: TestPerson;
  let number: string;
  before(async () => {
    // A Monday; the rota hands over at nine in Berlin, Ada has this week, Bo the next.
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ada = await desk.person('Ada Ek', 'responder');
    bo = await desk.person('Bo Berg', 'responder');
    cy = await desk.person('Cy Dahl', 'responder');
    lead = await desk.person('Li Lund', 'lead');
    const rota = await desk.rotas.create({
      name: 'First',
      zone: 'Europe/Berlin',
      layer: { name: 'Weekly', kind: 'weekly', start: '2026-03-02T09:00', people: [ada.number, bo.number, cy.number] },
    });
    number = rota.number;
  });
  after(() => desk.close());

  const on = async (from: string, until: string) =>
    (await desk.rotas.shifts({ number, from, until })).result.map((shift) => [shift.from.slice(5, 16), shift.people.map((one) => one.title[0]).join(''), shift.by]);

  it('leaves others alone: a responder changes their own shifts, a lead all', async () => {
    const times = { number, from: '2026-03-10T09:00', until: '2026-03-10T18:00' };
    assert.match((await refusalOf(ada.rotas.override({ ...times, person: ada.number }))).sentence, /takes somebody else off call/);
    assert.match((await refusalOf(bo.rotas.override({ ...times, person: cy.number }))).sentence, /puts somebody else on call/);
    const own = await bo.rotas.override({ ...times, kind: 'remove', instead: bo.number });
    assert.deepEqual(await on('2026-03-10T07:00:00Z', '2026-03-10T18:00:00Z'), [
      ['03-10T07:00', 'B', 'layer'],
      ['03-10T08:00', '', 'override'],
      ['03-10T17:00', 'B', 'layer'],
    ]);
    assert.match((await refusalOf(cy.rotas.removeOverride({ number, overrideId: own.id }))).sentence, /Somebody else made this override/);
    await cy.rotas.override({ ...times, kind: 'add', person: cy.number });
    assert.deepEqual((await on('2026-03-10T09:00:00Z', '2026-03-10T10:00:00Z'))[0]?.[1], 'C', 'nobody had it, so it is free to take');
    await lead.rotas.removeOverride({ number, overrideId: own.id });
  });

  it('refuses an override that contradicts another, also at the same moment', async () => {
    const times = { number, from: '2026-03-16T09:00', until: '2026-03-17T09:00' };
    const answers = await Promise.allSettled([
      lead.rotas.override({ ...times, kind: 'replace', person: ada.number, instead: cy.number }),
      lead.rotas.override({ ...times, kind: 'replace', person: bo.number, instead: cy.number }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    assert.match((await refusalOf(lead.rotas.override({ ...times, kind: 'remove', instead: cy.number }))).sentence, /says otherwise/);
    assert.equal((await desk.rotas.shifts({ number, from: '2026-03-16T09:00:00Z', until: '2026-03-16T10:00:00Z' })).overrides.length, 1);
  });

  it('hands a shift over when somebody takes it, once, and never to whoever asked', async () => {
    const swap = await bo.rotas.askSwap({ number, from: '2026-03-12T09:00', until: '2026-03-13T09:00', note: 'a birthday' });
    const asked = await desk.rotas.shifts({ number, from: '2026-03-12T07:00:00Z', until: '2026-03-13T10:00:00Z' });
    assert.deepEqual(
      asked.result.map((shift) => [shift.people[0]?.title, shift.swapId]),
      [
        ['Bo Berg', null],
        ['Bo Berg', swap.id],
        ['Bo Berg', null],
      ],
      'while it is open, whoever asked stays on call',
    );
    assert.match((await refusalOf(bo.rotas.takeSwap({ number, swapId: swap.id }))).sentence, /your own request/);
    const answers = await Promise.allSettled([ada.rotas.takeSwap({ number, swapId: swap.id }), cy.rotas.takeSwap({ number, swapId: swap.id })]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const [{ takenBy } = { takenBy: null }] = (await desk.rotas.swaps({ rota: number, state: 'taken' })).items;
    assert.deepEqual(await on('2026-03-12T07:00:00Z', '2026-03-13T10:00:00Z'), [
      ['03-12T07:00', 'B', 'layer'],
      ['03-12T08:00', takenBy?.title[0], 'swap'],
      ['03-13T08:00', 'B', 'layer'],
    ]);
    assert.match((await refusalOf(ada.rotas.askSwap({ number, from: '2026-03-12T09:00', until: '2026-03-12T10:00', to: ada.number }))).sentence, /.+/);
  });

  it('gives a shift back in a swap proper, and asks only whom it names', async () => {
    const swap = await ada.rotas.askSwap({
      number,
      from: '2026-03-04T09:00',
      until: '2026-03-05T09:00',
      to: cy.number,
      inReturn: { from: '2026-03-18T09:00', until: '2026-03-19T09:00' },
    });
    assert.match((await refusalOf(bo.rotas.takeSwap({ number, swapId: swap.id }))).sentence, /Somebody else was asked/);
    await cy.rotas.takeSwap({ number, swapId: swap.id });
    assert.equal((await on('2026-03-04T09:00:00Z', '2026-03-04T10:00:00Z'))[0]?.[1], 'C');
    assert.equal((await on('2026-03-18T09:00:00Z', '2026-03-18T10:00:00Z'))[0]?.[1], 'A');
    const declined = await ada.rotas.askSwap({ number, from: '2026-03-06T09:00', until: '2026-03-06T12:00', to: bo.number });
    assert.equal((await bo.rotas.withdrawSwap({ number, swapId: declined.id })).state, 'withdrawn');
    assert.match((await refusalOf(bo.rotas.takeSwap({ number, swapId: declined.id }))).sentence, /was withdrawn/);
    assert.match((await refusalOf(bo.rotas.askSwap({ number, from: '2026-03-03T09:00', until: '2026-03-03T12:00' }))).sentence, /nothing to hand over/);
  });

  it('pages nobody who is absent: their shift is a gap, with who could take it', async () => {
    const { absence, gaps } = await cy.rotas.addAbsence({ kind: 'leave', from: '2026-03-19T12:00', until: '2026-03-20T12:00', zone: 'Europe/Berlin' });
    assert.deepEqual(
      gaps.map((gap) => [gap.from, gap.until]),
      [['2026-03-19T11:00:00.000Z', '2026-03-20T11:00:00.000Z']],
    );
    assert.ok(
      gaps[0]?.candidates.every((one) => !one.able && one.reasons.length > 0),
      'none of them has a verified contact',
    );
    assert.equal(gaps[0]?.candidates.find((one) => one.person.id === cy.id)?.reasons[0], 'Is absent then.');
    const seen = await desk.rotas.shifts({ number, from: '2026-03-19T10:00:00Z', until: '2026-03-20T12:00:00Z' });
    assert.deepEqual(
      seen.gaps.map((gap) => gap.absent.map((one) => one.title)),
      [['Cy Dahl']],
    );
    assert.match((await refusalOf(lead.rotas.override({ number, person: cy.number, from: '2026-03-19T13:00', until: '2026-03-19T15:00' }))).sentence, /Cy Dahl is absent/);
    await lead.rotas.override({ number, person: ada.number, from: '2026-03-19T12:00', until: '2026-03-20T12:00' });
    assert.deepEqual((await desk.rotas.shifts({ number, from: '2026-03-19T10:00:00Z', until: '2026-03-20T12:00:00Z' })).gaps, []);
    assert.deepEqual([(await bo.rotas.absences({})).items[0]?.kind, (await cy.rotas.absences({})).items[0]?.kind], [null, 'leave'], 'why is not for everybody');
    assert.equal((await refusalOf(ada.rotas.removeAbsence({ absenceId: absence.id }))).kind, 'forbidden');
    await cy.rotas.removeAbsence({ absenceId: absence.id });
    assert.deepEqual((await desk.rotas.absences({})).items, []);
  });

  it('lets temporary shifts stand in for everything, also for nobody, and ends a part of them', async () => {
    const whole = { number, from: '2026-03-23T00:00', until: '2026-03-25T00:00' };
    await lead.rotas.setTemporary({ ...whole, shifts: [{ person: bo.number, from: '2026-03-23T08:00', until: '2026-03-24T20:00' }] });
    assert.deepEqual(await on('2026-03-22T22:00:00Z', '2026-03-25T00:00:00Z'), [
      ['03-22T22:00', 'C', 'layer'],
      ['03-22T23:00', '', 'temporary'],
      ['03-23T07:00', 'B', 'temporary'],
      ['03-24T19:00', '', 'temporary'],
      ['03-24T23:00', 'A', 'layer'],
    ]);
    const left = await lead.rotas.clearTemporary({ number, from: '2026-03-23T12:00', until: '2026-03-24T12:00' });
    assert.equal(left.items.length, 2);
    assert.equal((await on('2026-03-23T12:00:00Z', '2026-03-23T13:00:00Z'))[0]?.[2], 'layer');
    assert.equal((await refusalOf(ada.rotas.clearTemporary(whole))).kind, 'forbidden');
  });

  it('is computed by a page as by the server, from what the API says', async () => {
    const [from, until] = ['2026-03-03T00:00:00Z', '2026-04-10T00:00:00Z'];
    await cy.rotas.addAbsence({ from: '2026-04-06T12:00', until: '2026-04-07T12:00', zone: 'Europe/Berlin' });
    const { rota } = await desk.rotas.get({ number });
    const shifts = await desk.rotas.shifts({ number, from, until });
    const spans = resolve({ ...rotaFrom(rota.zone, rota.layers, shifts), window: { from: Date.parse(from), until: Date.parse(until) } });
    const own = withRequests(
      spans.filter(({ value }) => !isEmptied(value)),
      [],
      desk.now(),
    ).map((span) => [span.from, span.until, span.value.people, span.value.by]);
    assert.ok(shifts.absences.length > 0 && shifts.temporaries.length > 0 && shifts.swaps.some((swap) => swap.takenBy));
    assert.deepEqual(
      own,
      shifts.result.map((shift) => [Date.parse(shift.from), Date.parse(shift.until), shift.people.map(({ id }) => id), shift.by]),
    );
  });

  it('never rewrites the past: what has begun ends now, and stays where it was', async () => {
    const made = await lead.rotas.override({ number, person: bo.number, from: '2026-03-02T08:00', until: '2026-03-02T18:00' });
    assert.equal(made.from, '2026-03-02T09:00:00.000Z', 'it begins now, not an hour ago');
    await desk.advance({ hours: 2 });
    const before = await on('2026-03-02T08:00:00Z', '2026-03-02T11:00:00Z');
    await lead.rotas.removeOverride({ number, overrideId: made.id });
    assert.deepEqual(await on('2026-03-02T08:00:00Z', '2026-03-02T11:00:00Z'), before);
    assert.equal((await on('2026-03-02T11:00:00Z', '2026-03-02T12:00:00Z'))[0]?.[1], 'A');
    const { rota } = await desk.rotas.get({ number });
    const [layer] = rota.layers;
    await lead.rotas.override({ number, person: bo.number, from: '2026-03-02T12:00', until: '2026-03-02T16:00', layerId: layer?.id ?? '' });
    await desk.advance({ hours: 1 });
    const past = await on('2026-03-02T08:00:00Z', '2026-03-02T12:00:00Z');
    assert.equal(past.at(-1)?.[1], 'B');
    const after = await lead.rotas.updateLayer({
      number,
      version: (await desk.rotas.get({ number })).rota.version,
      layerId: layer?.id ?? '',
      name: 'Weekly',
      kind: 'weekly',
      start: '2026-03-02T09:00',
      people: [cy.number, ada.number],
    });
    assert.deepEqual(await on('2026-03-02T08:00:00Z', '2026-03-02T12:00:00Z'), past);
    assert.equal((await on('2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z'))[0]?.[1], 'B', 'an override of the layer goes on');
    assert.equal((await on('2026-03-02T15:00:00Z', '2026-03-02T16:00:00Z'))[0]?.[1], 'A', 'whoever is on call stays on call');
    assert.equal((await on('2026-03-09T11:00:00Z', '2026-03-09T12:00:00Z'))[0]?.[1], 'C');
    assert.equal(after.layers[0]?.firstTurn, 1);
  });

  it('puts nobody on call who has left, and whoever is still to join where they are wanted', async () => {
    const gone = await desk.person('Di Gone', 'responder');
    await desk.people.leave({ number: gone.number, version: (await desk.people.get({ number: gone.number })).person.version });
    const times = { from: '2026-03-20T09:00', until: '2026-03-20T18:00' };
    const shift = { person: gone.number, ...times };
    for (const refused of [lead.rotas.override({ number, ...shift }), lead.rotas.setTemporary({ number, ...times, shifts: [shift] })])
      assert.match((await refusalOf(refused)).sentence, /Di Gone has left/);
    const invited = (await desk.people.invite({ name: 'Fay New', email: 'fay@example.com', role: 'responder' })).person.number;
    const coming = await lead.rotas.override({ number, ...times, person: invited });
    await lead.rotas.removeOverride({ number, overrideId: coming.id });
    const [now] = (await desk.rotas.now({})).items.find((one) => one.rota.number === number)?.people ?? [];
    const own = [ada, bo, cy].find((one) => one.number === now?.number)!;
    const ahead = new Date(desk.now() + 3_600_000 * 2).toISOString().slice(0, 13);
    assert.match((await refusalOf(own.rotas.askSwap({ number, from: `${ahead}:00`, until: `${ahead}:30`, to: gone.number }))).sentence, /Di Gone has left/);
  });

  it('takes no shift in return that has begun', async () => {
    const window = { from: '2026-03-02T09:00:00Z', until: '2026-04-20T09:00:00Z' };
    const shifts = (await desk.rotas.shifts({ number, ...window })).result.filter((shift) => Date.parse(shift.from) > desk.now());
    const [soon, later] = [shifts[0]!, shifts.find((shift) => shift.people[0]?.title !== shifts[0]!.people[0]?.title)!];
    const by = [ada, bo, cy].find((one) => one.name === later.people[0]?.title)!;
    const taker = [ada, bo, cy].find((one) => one.name === soon.people[0]?.title)!;
    const local = (at: string, minutes = 0) => new Date(Date.parse(at) + minutes * 60_000 + 3_600_000).toISOString().slice(0, 16);
    const swap = await by.rotas.askSwap({
      number,
      from: local(later.from, 60),
      until: local(later.from, 120),
      to: taker.number,
      inReturn: { from: local(soon.from, 60), until: local(soon.from, 120) },
    });
    await desk.advance({ minutes: (Date.parse(soon.from) - desk.now()) / 60_000 + 90 });
    assert.match((await refusalOf(taker.rotas.takeSwap({ number, swapId: swap.id }))).sentence, /has begun already/);
  });

  it('shows the time of somebody who has left as a gap, though the layers name them', async () => {
    const eve = await desk.person('Eve Solo', 'responder');
    const layer = { name: 'Solo', kind: 'daily' as const, start: '2026-03-02T09:00', people: [eve.number] };
    const solo = (await desk.rotas.create({ name: 'Solo', zone: 'UTC', layer })).number;
    const [from, until] = [new Date(desk.now() - 3_600_000).toISOString(), new Date(desk.now() + 3_600_000).toISOString()];
    const seen = async () => {
      const { gaps, coveredHours } = await desk.rotas.shifts({ number: solo, from, until });
      return [gaps.map((gap) => [gap.from, gap.until]), coveredHours, (await desk.rotas.now({})).items.find((one) => one.rota.number === solo)?.people.length];
    };
    assert.deepEqual(await seen(), [[], 2, 1]);
    await desk.people.leave({ number: eve.number, version: (await desk.people.get({ number: eve.number })).person.version });
    assert.deepEqual(await seen(), [[[new Date(desk.now()).toISOString(), until]], 1, 0], 'from now on; what was, was');
  });
});
