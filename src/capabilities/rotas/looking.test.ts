import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

const calendar = (...events: readonly string[][]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');

describe('looking ahead and back', () => {
  let inbox: Inbox;
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  let lead: TestPerson;
  let number: string;
  before(async () => {
    // The Friday before clocks go forward in Berlin.
    inbox = await openInbox();
    desk = await openTestDesk({ at: '2026-03-27T08:00:00Z', env: { QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Ek', 'responder');
    bo = await desk.person('Bo Berg', 'responder');
    lead = await desk.person('Li Lund', 'lead');
    const rota = await desk.rotas.create({
      name: 'Office',
      zone: 'Europe/Berlin',
      layer: {
        name: 'Days',
        kind: 'daily',
        start: '2026-03-27T09:00',
        people: [ada.number, bo.number],
        hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', until: '09:00' }],
      },
    });
    number = rota.number;
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  it('finds gaps and people who cannot be reached within 60 days, and tells whoever answers for the rota once', async () => {
    await desk.advance({ minutes: 11 });
    const { items } = await desk.rotas.findings({ rota: number });
    assert.deepEqual([...new Set(items.map(({ kind }) => kind))].toSorted(), ['gap', 'unreachable']);
    assert.equal(items.filter(({ kind }) => kind === 'gap').length, 9, 'one weekend a week, and the rest of the last');
    assert.match(items.find(({ kind }) => kind === 'gap')?.sentence ?? '', /^Nobody is on call from Sat 28 March, 09:00 to Mon 30 March, 09:00\. Add a layer/);
    assert.match(items.find(({ kind, person }) => kind === 'unreachable' && person?.id === bo.id)?.sentence ?? '', /^Bo Berg is on call for .* has no verified contact/);
    const told = async () => (await desk.records.timeline({ number })).items.filter(({ did }) => did === 'rota.looked').length;
    assert.equal(await told(), 1);
    const mails = () => inbox.mails.filter(({ subject }) => subject.includes('Office: 11 things need you'));
    assert.equal(mails().length, 1, 'the rota has no owner and no team, so the administrator is told');
    assert.match(mails()[0]?.text ?? '', /Nobody is on call from Sat 28 March/);
    await desk.rotas.override({ number, person: ada.number, from: '2026-03-28T09:00', until: '2026-03-30T09:00' });
    await desk.advance({ minutes: 11 });
    assert.equal(await told(), 1, 'what was found before is not told again');
    assert.equal(mails().length, 1);
    assert.equal((await desk.rotas.findings({ rota: number })).items.filter(({ kind }) => kind === 'gap').length, 8);
    const first = await desk.rotas.findings({ rota: number, limit: 3 });
    const second = await desk.rotas.findings({ rota: number, limit: 3, cursor: first.cursor ?? '' });
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 6);
  });

  it('previews an edit by the rules that answer afterwards, and saves nothing', async () => {
    const { rota } = await desk.rotas.get({ number });
    const window = { number, from: '2026-03-30T07:00:00Z', until: '2026-04-13T07:00:00Z' };
    const layer = {
      name: 'Weekends',
      kind: 'weekly' as const,
      start: '2026-03-28T09:00',
      people: [bo.number],
      hours: [{ days: ['sa' as const, 'su' as const], from: '09:00', until: '09:00' }],
    };
    const shown = await ada.rotas.preview({ ...window, layer });
    assert.deepEqual(
      shown.gapsClosed.map(({ from, until }) => [from.slice(0, 13), until.slice(0, 13)]),
      [
        ['2026-04-04T07', '2026-04-06T07'],
        ['2026-04-11T07', '2026-04-13T07'],
      ],
    );
    assert.deepEqual(shown.gapsMade, []);
    assert.equal(shown.people.find(({ person }) => person.id === bo.id)?.after.hours, 96 + (shown.people.find(({ person }) => person.id === bo.id)?.before.hours ?? 0));
    assert.deepEqual((await desk.rotas.get({ number })).rota, rota);
    const people = (shifts: readonly { from: string; people: readonly { title: string }[] }[]) => shifts.map((shift) => [shift.from, shift.people.map(({ title }) => title)]);
    const override = { person: bo.number, from: '2026-03-31T09:00', until: '2026-04-01T09:00' };
    const asked = await desk.rotas.preview({ ...window, override });
    await desk.rotas.override({ number, ...override });
    assert.deepEqual(people((await desk.rotas.shifts(window)).result), people(asked.after));
    assert.match((await refusalOf(desk.rotas.preview(window))).sentence, /Say what is edited/);
  });

  it('hands over with a note that whoever comes confirms', async () => {
    await desk.advance({ days: 3 });
    await desk.oncall.createPolicy({ name: 'Default', steps: [{ targets: [{ kind: 'rota', number }], waitMinutes: 30 }], repeat: 0, isDefault: true });
    const source = await desk.alerts.createSource({ name: 'Probe' });
    await fetch(`${desk.url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: source.key, event_action: 'trigger', dedup_key: 'disk', payload: { summary: 'Disk is full', source: 'h', severity: 'critical' } }),
    });
    await desk.drain();
    await lead.mutes.create({ reason: 'Noise of the old probe', matchers: ['{service="old"}'], when: { kind: 'window', until: '2026-03-30T20:00:00Z' } });
    const note = await bo.rotas.handoverNote({ number });
    assert.deepEqual([note.outgoing.map(({ title }) => title), note.incoming.map(({ person, confirmedAt }) => [person.title, confirmedAt])], [['Ada Ek'], [['Bo Berg', null]]]);
    const section = (title: string) => note.sections.find((one) => one.title === title)?.lines.map(({ sentence }) => sentence) ?? [];
    assert.deepEqual(section('Open alerts'), ['Disk is full (critical, triggered)']);
    assert.deepEqual(section('Mutes that end'), ['The mute “Noise of the old probe” ends at 2026-03-30 20:00 UTC.']);
    assert.deepEqual(section('Incidents'), []);
    assert.deepEqual(
      (await desk.rotas.unconfirmed({})).items.map(({ person }) => person.title),
      ['Bo Berg'],
    );
    assert.match((await refusalOf(ada.rotas.confirmHandover({ number, at: note.at }))).sentence, /Whoever comes on call confirms/);
    await bo.rotas.confirmHandover({ number, at: note.at, note: 'Have it' });
    await bo.rotas.confirmHandover({ number, at: note.at });
    assert.deepEqual((await desk.rotas.unconfirmed({})).items, []);
    assert.deepEqual(
      (await lead.rotas.handoverNote({ number })).incoming.map(({ note: said }) => said),
      ['Have it'],
    );
    const next = await bo.rotas.handoverNote({ number, at: note.until ?? '' });
    assert.match(next.sections.at(-1)?.title ?? '', /coming shift/);
  });

  it('counts what each really carried, and proposes what evens it out: accepted as it stands', async () => {
    await lead.rotas.override({ number, person: ada.number, from: '2026-04-01T09:00', until: '2026-04-11T09:00' });
    await desk.advance({ days: 21 });
    const window = { number, from: '2026-03-01T00:00:00Z', until: new Date(desk.now()).toISOString() };
    const fair = await desk.rotas.fairness(window);
    assert.equal(fair.from, '2026-03-27T08:00:00.000Z', 'nobody was on call before there was the rota');
    const [more, less] = fair.people;
    assert.ok((more?.hours ?? 0) > (less?.hours ?? 0));
    assert.deepEqual(
      Object.fromEntries(fair.people.map(({ person, interruptions }) => [person.title, interruptions])),
      { 'Ada Ek': 0, 'Bo Berg': 1 },
      'Bo was paged in the browser and by mail, which is one interruption',
    );
    assert.ok((more?.weekends ?? 0) > 0 && (more?.nights ?? 0) > 0);
    assert.ok(fair.score > 0 && fair.score < 100);
    assert.deepEqual(fair.proposals, [], 'nobody has a verified contact, so nobody is proposed');
    for (const each of [ada, bo]) await each.notify.test({ id: 'email' });
    await desk.drain();
    const [proposal] = (await desk.rotas.fairness(window)).proposals;
    assert.ok(proposal, 'now somebody is');
    assert.equal(proposal.instead.id, more?.person.id);
    await lead.rotas.override({ number, person: proposal.person.number, instead: proposal.instead.number, from: proposal.fromLocal, until: proposal.untilLocal });
    const at = new Date(Date.parse(proposal.from) + 60_000).toISOString();
    const seen = await desk.rotas.shifts({ number, from: at, until: new Date(Date.parse(at) + 60_000).toISOString() });
    assert.deepEqual(
      seen.result.map((shift) => [shift.people[0]?.id, shift.by]),
      [[proposal.person.id, 'override']],
    );
    await desk.advance({ minutes: 11 });
    assert.ok(
      (await desk.rotas.findings({ rota: number, limit: 200 })).items.every(({ kind }) => kind !== 'unreachable'),
      'a verified contact ends the finding',
    );
  });

  it('keeps holidays of a calendar that is read every day, and what it had when that fails', async () => {
    let body = calendar(
      ['UID:1', 'DTSTART;VALUE=DATE:20260501', 'DTEND;VALUE=DATE:20260502', 'SUMMARY:Labour Day', 'RRULE:FREQ=YEARLY'],
      ['UID:2', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas'],
    );
    const server = createServer((_, answer) => answer.end(body)).listen(0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/days.ics`;
    try {
      const made = await lead.rotas.addCalendar({ name: 'Germany', url });
      await desk.drain();
      const days = async () => (await desk.rotas.holidays({ calendarId: made.id, limit: 200 })).items.map(({ day }) => day);
      assert.deepEqual(await days(), ['2026-05-01', '2026-12-24', '2026-12-25', '2026-12-26', '2027-05-01', '2028-05-01']);
      const { rota } = await desk.rotas.get({ number });
      await desk.rotas.update({ number, version: rota.version, calendarId: made.id });
      body = 'out of order';
      await lead.rotas.readCalendar({ calendarId: made.id });
      await desk.drain();
      assert.equal((await days()).length, 6);
      assert.match((await desk.rotas.calendars({})).items[0]?.trouble ?? '', /not a calendar that can be read/);
      // The feed says something else of this week: what has passed stays as people were on call by it.
      body = calendar(
        ['UID:1', 'DTSTART;VALUE=DATE:20260501', 'DTEND;VALUE=DATE:20260502', 'SUMMARY:Labour Day', 'RRULE:FREQ=YEARLY'],
        ['UID:3', 'DTSTART;VALUE=DATE:20260310', 'DTEND;VALUE=DATE:20260311', 'SUMMARY:Invented later'],
      );
      await lead.rotas.readCalendar({ calendarId: made.id });
      await desk.drain();
      assert.deepEqual(await days(), ['2026-05-01', '2027-05-01', '2028-05-01']);
      const [layer] = (await desk.rotas.get({ number })).rota.layers;
      const free = { name: 'Days', kind: 'daily' as const, start: '2026-03-27T09:00', people: [ada.number, bo.number], onHolidays: 'off' as const };
      await lead.rotas.updateLayer({ number, version: (await desk.rotas.get({ number })).rota.version, layerId: layer?.id ?? '', ...free });
      const seen = await desk.rotas.shifts({ number, from: '2026-04-30T07:00:00Z', until: '2026-05-03T07:00:00Z' });
      assert.deepEqual(
        seen.gaps.map(({ from, until }) => [from, until]),
        [['2026-04-30T22:00:00.000Z', '2026-05-01T22:00:00.000Z']],
      );
      assert.deepEqual(seen.holidays, [{ day: '2026-05-01', name: 'Labour Day' }]);
      assert.equal((await refusalOf(ada.rotas.addCalendar({ name: 'x', text: calendar() }))).kind, 'forbidden');
      assert.match((await refusalOf(lead.rotas.addCalendar({ name: 'x', text: 'hello' }))).sentence, /Export it anew/);
      await lead.rotas.removeCalendar({ calendarId: made.id });
      assert.deepEqual((await desk.rotas.shifts({ number, from: '2026-04-30T07:00:00Z', until: '2026-05-03T07:00:00Z' })).gaps, []);
    } finally {
      server.close();
    }
  });
});
