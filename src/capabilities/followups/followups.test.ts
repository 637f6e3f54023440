import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('actions', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ada = await desk.person('Ada Byron', 'responder');
    bo = await desk.person('Bo Lindqvist', 'responder');
  });
  after(() => desk.close());

  const toldTo = async (person: TestPerson) => (await person.notify.mine({})).items.filter((n) => n.purpose === 'notice').map((n) => n.title);

  it('are listed by due day, the ones without a day last, page by page without a gap', async () => {
    const team = await desk.people.createTeam({ name: 'Payments' });
    for (const dueOn of ['2026-05-04', undefined, '2026-04-01', '2026-04-01', undefined]) {
      await ada.followups.create({ title: `Due ${dueOn ?? 'some day'}`, team: team.number, ...(dueOn ? { dueOn } : {}) });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.followups.list({ team: team.number, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((a) => a.dueOn ?? 'none'));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    assert.deepEqual(seen, ['2026-04-01', '2026-04-01', '2026-05-04', 'none', 'none']);
  });

  it('tell the owner when they get one, one working day before, when overdue, and each week after that', async () => {
    const action = await ada.followups.create({ title: 'Add an alarm on pool use', owner: bo.number, dueOn: '2026-03-09' });
    await desk.drain();
    assert.ok((await toldTo(bo)).includes('Action for you: Add an alarm on pool use'));
    await desk.advance({ days: 4 });
    assert.ok((await toldTo(bo)).includes('Due 2026-03-09: Add an alarm on pool use'), 'on Friday for Monday');
    assert.ok(!(await toldTo(bo)).some((title) => title.startsWith('Overdue')));
    await desk.advance({ days: 4 });
    assert.ok((await toldTo(bo)).includes('Overdue: Add an alarm on pool use'));
    const { items } = await bo.followups.list({ owner: 'me', overdue: true });
    assert.deepEqual(
      items.map((a) => a.number),
      [action.number],
    );
    await desk.advance({ days: 7 });
    const { items: log } = await ada.records.timeline({ number: action.number });
    assert.equal(log.filter((entry) => entry.did === 'action.overdue').length, 2);
    await bo.followups.complete({ number: action.number, evidence: 'https://example.com/alarm' });
    await desk.advance({ days: 30 });
    const { items: later } = await ada.records.timeline({ number: action.number });
    assert.equal(later.filter((entry) => entry.did === 'action.overdue').length, 2, 'a done action is quiet');
  });

  it('are dropped only with a reason, and taken up again', async () => {
    const action = await ada.followups.create({ title: 'Rewrite it all', owner: 'me' });
    assert.equal((await refusalOf(ada.followups.drop({ number: action.number, reason: ' ' }))).kind, 'invalid');
    const dropped = await ada.followups.drop({ number: action.number, reason: 'Not worth it' });
    assert.equal(dropped.reason, 'Not worth it');
    assert.equal((await refusalOf(ada.followups.complete({ number: action.number, evidence: 'x' }))).kind, 'refused');
    assert.equal((await ada.followups.get({ number: action.number })).may.complete, 'This action was dropped. Reopen it first.');
    assert.equal((await ada.followups.reopen({ number: action.number })).state, 'open');
    const stale = await refusalOf(ada.followups.update({ number: action.number, version: 1, title: 'Other' }));
    assert.equal(stale.kind, 'conflict');
  });

  it('follow from a record, and viewers may only look', async () => {
    const first = await ada.followups.create({ title: 'First' });
    const second = await ada.followups.create({ title: 'Second', about: first.number });
    assert.deepEqual(
      (await ada.followups.list({ about: first.number })).items.map((a) => a.number),
      [second.number],
    );
    assert.equal((await ada.records.links({ number: first.number })).items[0]?.relation, 'led to');
    const viewer = await desk.person('Vi Ewer', 'viewer');
    assert.equal((await refusalOf(viewer.followups.complete({ number: first.number, evidence: 'x' }))).kind, 'forbidden');
    assert.match((await viewer.followups.get({ number: first.number })).may.complete ?? '', /role responder/);
  });

  it('are done only with something that shows it, and asked after four weeks whether they helped', async () => {
    const action = await ada.followups.create({ title: 'Limit the pool', owner: bo.number, kind: 'mitigate' });
    assert.equal((await refusalOf(bo.followups.complete({ number: action.number, evidence: ' ' }))).kind, 'invalid');
    assert.equal((await refusalOf(bo.followups.judge({ number: action.number, helped: 'yes' }))).sentence, 'Whether it helped is asked once it is done.');
    const done = await bo.followups.complete({ number: action.number, evidence: 'https://example.com/change/7' });
    assert.deepEqual([done.evidence, done.helped, done.kind], ['https://example.com/change/7', 'open', 'mitigate']);
    await desk.advance({ days: 29 });
    assert.ok((await toldTo(bo)).includes('Did it help? Limit the pool'));
    assert.equal((await bo.followups.judge({ number: action.number, helped: 'yes' })).helped, 'yes');
    assert.deepEqual(
      (await ada.followups.list({ kind: 'mitigate', helped: 'yes' })).items.map((a) => a.number),
      [action.number],
    );
  });

  it('that are overdue are told to the lead of the team, also when nobody owns them', async () => {
    const lead = await desk.person('Lea Lead', 'lead');
    const team = await desk.people.createTeam({ name: 'Storage' });
    await desk.people.addMember({ number: team.number, person: lead.number, leads: true });
    const today = new Date(desk.now()).toISOString().slice(0, 10);
    await ada.followups.create({ title: 'Nobody has it', team: team.number, dueOn: today });
    await ada.followups.create({ title: 'Bo has it', team: team.number, owner: bo.number, dueOn: today });
    await desk.advance({ days: 2 });
    const told = await toldTo(lead);
    assert.ok(told.includes('Overdue: Nobody has it') && told.includes('Overdue: Bo has it'));
  });
});
