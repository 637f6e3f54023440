import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('an incident', () => {
  let desk: TestDesk;
  let ines: TestPerson;
  let jonas: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ines = await desk.person('Ines Okafor', 'responder');
    jonas = await desk.person('Jonas Weidner', 'responder');
  });
  after(() => desk.close());

  const titlesTo = async (person: TestPerson) => (await person.notify.mine({})).items.map((n) => n.title);

  it('is run from declaration to the end of its review', async () => {
    const service = await desk.catalog.create({ name: 'Card payments', tier: 2 });
    const page = await ines.incidents.declare({
      title: 'Card payments fail for 1 in 5 customers',
      severity: 'SEV2',
      service: service.number,
      summary: 'One in five card payments fails.',
    });
    const { number } = page.incident;
    assert.equal(page.incident.roles.commander?.title, 'Ines Okafor');
    assert.equal(page.meaning?.text, 'One in five card payments fails.');
    assert.equal(page.incident.updateDueAt, '2026-03-02T09:30:00.000Z');
    assert.equal((await desk.catalog.get({ number: service.number })).service.health.state, 'critical');

    await ines.incidents.advance({ number, stage: 'mitigating' });
    await ines.incidents.advance({ number, stage: 'investigating' });
    await ines.incidents.assign({ number, role: 'commander', person: jonas.number });
    await ines.incidents.join({ number });
    const noted = await jonas.incidents.addNote({ number, kind: 'unknown', text: 'Can customers be charged twice?' });
    await jonas.incidents.answerNote({ number, note: noted.notes[0]?.id ?? '', answer: 'No, the provider refuses.' });
    await jonas.incidents.addNote({ number, kind: 'decision', text: 'We go back node by node.' });
    assert.equal((await refusalOf(ines.incidents.writeMeaning({ number, text: 'Old', revision: 0 }))).kind, 'conflict');
    await ines.incidents.writeMeaning({ number, text: 'All card payments fail.', revision: 1 });
    assert.deepEqual(
      (await ines.incidents.meanings({ number })).items.map((m) => m.revision),
      [2, 1],
    );

    await desk.advance({ minutes: 31 });
    assert.ok((await titlesTo(jonas)).includes(`${number} SEV2: an update is due`));
    const updated = await jonas.incidents.postUpdate({ number, text: 'Going back to pool 40.', stage: 'mitigating' });
    assert.equal(updated.incident.updateDueAt, '2026-03-02T10:01:00.000Z');
    await jonas.incidents.setSeverity({ number, severity: 'SEV1', reason: 'failures passed 15 %' });

    const { items } = await ines.incidents.timeline({ number });
    assert.equal(items.find((e) => e.group === 'update')?.text, 'Going back to pool 40.');
    assert.equal(items.find((e) => e.group === 'decision')?.text, 'We go back node by node.');
    assert.equal(items.find((e) => e.did === 'incident.severityChanged')?.text, 'failures passed 15 %');
    assert.equal(items.filter((e) => e.did === 'incident.updateOverdue' && e.group === 'automatic').length, 1);
    assert.deepEqual(
      (await ines.incidents.timeline({ number, group: 'update' })).items.map((e) => e.did),
      ['incident.updated'],
    );

    const resolved = await jonas.incidents.resolve({ number, resolution: 'Pool back to 40.' });
    assert.equal(resolved.incident.updateDueAt, null);
    assert.equal(resolved.may.postUpdate, 'This incident is resolved. Reopen it first.');
    assert.equal((await desk.catalog.get({ number: service.number })).service.health.state, 'unknown');
    await desk.advance({ hours: 5 });
    assert.equal((await ines.incidents.timeline({ number })).items.filter((e) => e.did === 'incident.updateOverdue').length, 1, 'a resolved incident is quiet');

    const review = resolved.review?.number ?? '';
    const draft = await ines.incidents.review({ number: review });
    assert.equal(draft.review.dueOn, '2026-03-05');
    assert.equal(draft.review.owner?.title, 'Jonas Weidner');
    assert.deepEqual(draft.missing, ['Write the summary.', 'Name what contributed, or say why none is needed.']);
    assert.equal((await refusalOf(jonas.incidents.finishReview({ number: review }))).sentence, 'This review is draft. Somebody reads it before it is closed.');
    await jonas.incidents.writeSection({ number: review, section: 'summary', text: 'The pool was raised past the limit of the database.', revision: 0 });
    const overdueEntry = draft.timeline.find((e) => e.did === 'incident.updateOverdue');
    assert.equal(overdueEntry?.picked, false);
    const picked = await jonas.incidents.pick({ number: review, entries: [{ id: overdueEntry?.id ?? '', picked: true }] });
    assert.equal(picked.timeline.find((e) => e.id === overdueEntry?.id)?.picked, true);
    const named = await jonas.incidents.addFinding({ number: review, factor: 'Capacity limit', text: 'The database takes 200 connections.' });
    assert.deepEqual(named.missing, ['“Capacity limit” needs an action, or a reason why not.']);
    const withAction = await jonas.incidents.addAction({ number: review, title: 'Alarm on pool use', kind: 'detect', finding: named.findings[0]?.id ?? '' });
    const action = withAction.actions[0]?.number ?? '';
    assert.deepEqual(withAction.missing, [`${action} needs an owner and a due day.`]);
    await jonas.followups.update({ number: action, version: withAction.actions[0]?.version ?? 0, owner: ines.number, dueOn: '2026-03-20' });
    await jonas.incidents.submitReview({ number: review });
    await jonas.incidents.passReview({ number: review });
    const done = await jonas.incidents.finishReview({ number: review });
    assert.equal(done.review.state, 'closed');
    assert.equal((await refusalOf(jonas.incidents.writeSection({ number: review, section: 'impact', text: 'x' }))).kind, 'refused');
    assert.equal((await ines.records.links({ number: action })).items[0]?.record.number, review);
    assert.equal((await ines.incidents.live({})).items.length, 0);
  });

  it('can be reopened, and tells who has no right to run it why', async () => {
    const {
      incident: { number },
    } = await ines.incidents.declare({ title: 'Mail is slow', severity: 'SEV3' });
    assert.equal((await ines.incidents.resolve({ number, resolution: 'Queue drained.' })).review, null, 'no review of a SEV3 unless asked for');
    assert.equal((await refusalOf(ines.incidents.resolve({ number, resolution: 'Again.' }))).kind, 'refused');
    const again = await ines.incidents.reopen({ number, reason: 'It is slow again.' });
    assert.equal(again.incident.stage, 'investigating');
    await ines.incidents.setCadence({ number, everyMinutes: 0 });
    assert.equal((await ines.incidents.get({ number })).incident.updateDueAt, null);
    const viewer = await desk.person('Vi Ewer', 'viewer');
    assert.equal((await refusalOf(viewer.incidents.postUpdate({ number, text: 'x' }))).kind, 'forbidden');
    assert.match((await viewer.incidents.get({ number })).may.resolve ?? '', /role responder/);
  });

  it('is seen by nobody else when restricted, with its review and actions', async () => {
    const {
      incident: { number },
    } = await desk.incidents.declare({ title: 'A key leaked', severity: 'SEV1', commander: ines.number });
    await desk.incidents.restrict({ number, restricted: true, readers: [] });
    assert.equal((await refusalOf(jonas.incidents.get({ number }))).kind, 'missing');
    assert.ok(!(await jonas.incidents.live({})).items.some((one) => one.number === number));
    await ines.incidents.join({ number, person: jonas.number });
    assert.equal((await jonas.incidents.get({ number })).incident.restricted, true);
    const { review } = await ines.incidents.resolve({ number, resolution: 'Key replaced.' });
    await ines.incidents.addAction({ number: review?.number ?? '', title: 'Rotate keys each month' });
    const other = await desk.person('Eve Other', 'responder');
    assert.equal((await refusalOf(other.incidents.review({ number: review?.number ?? '' }))).kind, 'missing');
    assert.ok(!(await other.followups.list({})).items.some((a) => a.title === 'Rotate keys each month'));
    assert.ok((await jonas.followups.list({})).items.some((a) => a.title === 'Rotate keys each month'));
  });
});
