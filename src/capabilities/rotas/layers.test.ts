import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('layers of a rota', () => {
  let desk: TestDesk;
  let people: TestPerson[];
  before(async () => {
    // A Monday in winter.
    desk = await openTestDesk({ at: '2026-01-05T12:00:00Z' });
    people = [];
    for (const name of ['Ada Ek', 'Bo Berg', 'Cy Dahl', 'Di Eng']) people.push(await desk.person(name, 'responder'));
  });
  after(() => desk.close());

  const number = (place: number) => people[place]?.number ?? '';
  const on = async (rota: string, at: string) => {
    const until = new Date(Date.parse(at) + 60_000).toISOString();
    const { result, shadows } = await desk.rotas.shifts({ number: rota, from: at, until });
    return [result[0]?.people.map(({ title }) => title[0]).join('') ?? '', shadows[0]?.people.map(({ title }) => title[0]).join('') ?? ''];
  };

  it('put groups on call together, in their hours only, and shadows beside them', async () => {
    const rota = await desk.rotas.create({
      name: 'Pairs',
      zone: 'Europe/Berlin',
      layer: {
        name: 'Days',
        kind: 'daily',
        start: '2026-01-05T09:00',
        people: [[number(0), number(1)], number(2)],
        hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', until: '17:00' }],
      },
    });
    const whole = await desk.rotas.addLayer({
      number: rota.number,
      version: rota.version,
      name: 'Learns',
      kind: 'weekly',
      start: '2026-01-05T09:00',
      people: [number(3)],
      shadow: true,
    });
    assert.deepEqual(await on(rota.number, '2026-01-05T13:00:00Z'), ['AB', 'D']);
    assert.deepEqual(await on(rota.number, '2026-01-05T17:00:00Z'), ['', 'D'], 'a shadow covers nothing');
    assert.deepEqual(await on(rota.number, '2026-01-09T13:00:00Z'), ['AB', 'D']);
    assert.deepEqual(await on(rota.number, '2026-01-12T13:00:00Z'), ['C', 'D'], 'the weekend used up no turn');
    assert.deepEqual(
      whole.layers.map((layer) => layer.people.map((group) => group.length)),
      [[2, 1], [1]],
    );
    const days = whole.layers.find(({ name }) => name === 'Days');
    assert.match((await refusalOf(desk.rotas.removeLayer({ number: rota.number, version: whole.version, layerId: days?.id ?? '' }))).sentence, /This is the only layer/);
    assert.match(
      (await refusalOf(desk.rotas.create({ name: 'x', zone: 'UTC', layer: { name: 'l', kind: 'daily', start: '2026-01-05T09:00', people: [[]] } }))).sentence,
      /Name at least one person/,
    );
    const twice = { name: 'l', kind: 'daily' as const, start: '2026-01-05T09:00', people: [[number(0), number(0)]] };
    assert.match((await refusalOf(desk.rotas.create({ name: 'x', zone: 'UTC', layer: twice }))).sentence, /twice in a group/);
    const team = await desk.people.createTeam({ name: 'Nobody in particular' });
    assert.match((await refusalOf(desk.rotas.create({ name: 'x', zone: 'UTC', layer: { ...twice, people: [team.number] } }))).sentence, /is not a person/);
  });

  it('change at the time that is said, end when they say, and lie in zones of their own', async () => {
    const layer = {
      name: 'Europe',
      kind: 'daily' as const,
      start: '2026-01-05T08:00',
      people: [number(0)],
      hours: [{ days: ['mo' as const, 'tu' as const, 'we' as const], from: '08:00', until: '20:00' }],
    };
    const rota = await desk.rotas.create({ name: 'Sun', zone: 'Europe/Berlin', layer });
    const both = await desk.rotas.addLayer({
      number: rota.number,
      version: rota.version,
      ...layer,
      name: 'America',
      zone: 'America/Chicago',
      people: [number(1)],
      until: '2026-01-07T00:00',
    });
    assert.deepEqual((await on(rota.number, '2026-01-05T20:00:00Z'))[0], 'B');
    assert.deepEqual((await on(rota.number, '2026-01-06T15:00:00Z'))[0], 'AB', 'nine in Chicago, sixteen in Berlin');
    assert.deepEqual((await on(rota.number, '2026-01-07T20:00:00Z'))[0], '', 'that layer is over');
    const europe = both.layers.find(({ name }) => name === 'Europe');
    const changed = await desk.rotas.updateLayer({
      number: rota.number,
      version: both.version,
      layerId: europe?.id ?? '',
      ...layer,
      people: [number(2)],
      from: '2026-01-07T00:00',
    });
    assert.deepEqual((await on(rota.number, '2026-01-06T09:00:00Z'))[0], 'A', 'until then it stays as it was');
    assert.deepEqual((await on(rota.number, '2026-01-07T09:00:00Z'))[0], 'C');
    assert.equal(changed.layers.filter(({ name }) => name === 'Europe').length, 2);
    const over = { ...layer, until: '2026-01-05T10:00' };
    assert.match((await refusalOf(desk.rotas.addLayer({ number: rota.number, version: changed.version, ...over }))).sentence, /over already/);
  });
});
