import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import ICAL from 'ical.js';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('calendars to subscribe to', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  let rota: string;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-27T12:00:00Z' });
    [ada, bo] = [await desk.person('Ada Ek', 'responder'), await desk.person('Bo Berg', 'lead')];
    const layer = { name: 'Weeks', kind: 'weekly' as const, start: '2026-03-23T09:00', people: [ada.number, bo.number] };
    rota = (await desk.rotas.create({ name: 'Payments; nights, too', zone: 'Europe/Berlin', layer })).number;
  });
  after(() => desk.close());

  const read = (url: string, headers: Record<string, string> = {}) => fetch(`${desk.url}${new URL(url).pathname}`, { headers });
  const eventsOf = async (url: string) =>
    new ICAL.Component(ICAL.parse(await (await read(url)).text()))
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each))
      .map((event) => ({ uid: event.uid, from: event.startDate.toJSDate().toISOString(), title: event.summary, sequence: event.sequence ?? 0 }));

  it('mine holds my shifts, a rota’s holds everybody’s, and the same shift keeps its name when the rota changes', async () => {
    const mine = (await ada.rotas.addFeed({})).items[0]?.url ?? '';
    assert.equal((await ada.rotas.addFeed({})).items.length, 1, 'the same again is the same');
    const whole = (await ada.rotas.addFeed({ rota })).items.find((feed) => feed.rota !== null)?.url ?? '';
    const before = await eventsOf(mine);
    assert.ok(before.every(({ title }) => title === 'On call: Payments; nights, too'));
    const spring = before.find(({ from }) => from > '2026-03-30');
    assert.equal(spring?.from, '2026-04-06T07:00:00.000Z', 'Monday 09:00 in Berlin after the clocks changed');
    assert.deepEqual(new Set((await eventsOf(whole)).map(({ title }) => title.split(':')[0])), new Set(['Ada Ek', 'Bo Berg']));

    await bo.rotas.override({ number: rota, person: bo.number, from: '2026-04-08T09:00', until: '2026-04-09T09:00' });
    const later = await eventsOf(mine);
    const same = later.find(({ uid }) => uid === spring.uid);
    assert.ok(same && same.sequence > spring.sequence, 'changed in place');
    assert.equal(later.length, before.length + 1, 'the rest of the week is a stretch of its own');
  });

  it('answers "not changed" to who knows it already, nobody once it was removed, and no guessed address', async () => {
    const { items } = await bo.rotas.addFeed({});
    const [feed] = items;
    const first = await read(feed?.url ?? '');
    assert.equal(first.headers.get('content-type'), 'text/calendar; charset=utf-8');
    await desk.advance({ minutes: 5 });
    assert.equal((await read(feed?.url ?? '', { 'if-none-match': first.headers.get('etag') ?? '' })).status, 304);
    assert.notEqual((await bo.rotas.feeds({})).items[0]?.readAt, null);
    assert.equal((await read((feed?.url ?? '').replace(/.\.ics$/, 'A.ics').replace(/..\.ics$/, 'zz.ics'))).status, 404);
    assert.equal(
      (await ada.rotas.feeds({})).items.some(({ id }) => id === feed?.id),
      false,
      'an address is its owner’s',
    );
    await desk.advance({ hours: 1 });
    // Of two people who take turns one is on call at each edge of what is shown.
    for (const one of [ada, bo]) {
      const url = (await one.rotas.addFeed({})).items.find((each) => each.rota === null)?.url ?? '';
      const [known, events] = [(await read(url)).headers.get('etag') ?? '', await eventsOf(url)];
      await desk.advance({ hours: 1 });
      assert.equal((await read(url, { 'if-none-match': known })).status, 304, one.name);
      await desk.advance({ days: 3 });
      assert.deepEqual(
        (await eventsOf(url)).filter(({ from }) => from < '2026-04-01').map(({ uid }) => uid),
        events.filter(({ from }) => from < '2026-04-01').map(({ uid }) => uid),
      );
    }
    await bo.rotas.removeFeed({ id: feed?.id ?? '' });
    assert.equal((await read(feed?.url ?? '')).status, 404);
  });
});
