import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { refusalOf } from '#testing/desk.ts';
import { openPagingDesk, stepOf as step, type PagingDesk } from '#testing/paging.ts';

describe('what people do with a page', () => {
  let here: PagingDesk;
  let policy = { number: '', version: 1 };
  before(async () => {
    // A Monday, 10:00 in Berlin.
    here = await openPagingDesk('2026-03-02T09:00:00Z');
  });
  after(() => here.close());
  beforeEach(() => here.clear());

  const inCharge = async (draft: Parameters<PagingDesk['inCharge']>[0]) => {
    policy = await here.inCharge(draft);
  };
  const state = async (number: string) => (await here.desk.oncall.paging({ number })).state;
  const alert = async (number: string) => (await here.desk.alerts.get({ number })).alert;
  const whyLast = (number: string) => here.whyLast(number);

  it('takes an acknowledgement back when it has held long enough, and pages whoever is on call then', async () => {
    const { ada, bo, fire, paged } = here;
    const rota = await here.desk.rotas.create({
      name: 'Hourly',
      zone: 'UTC',
      layer: { name: 'Turns', kind: 'hourly', start: new Date(here.desk.now() - 1_800_000).toISOString().slice(0, 16), people: [ada.number, bo.number] },
    });
    await inCharge({ steps: [{ targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 60 }], answerMinutes: 40 });
    const number = await fire('acknowledged and forgotten');
    await ada.alerts.acknowledge({ number });
    assert.equal((await here.desk.oncall.paging({ number })).until, new Date(here.desk.now() + 40 * 60_000).toISOString());
    await here.desk.advance({ minutes: 39 });
    assert.equal((await alert(number)).state, 'acknowledged');
    await here.desk.advance({ minutes: 1 });
    assert.deepEqual([(await alert(number)).state, (await alert(number)).acknowledgedBy], ['triggered', null]);
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
    assert.match(await whyLast(number), /Ada Ek acknowledged it, and it is still open\./);
    const theirs = await fire('its sender has it');
    await here.taken('its sender has it');
    await here.desk.advance({ hours: 3 });
    assert.equal((await alert(theirs)).state, 'acknowledged', 'for as long as its sender says so');
    await inCharge({ steps: [step(ada)], answerMinutes: 0 });
    const kept = await fire('acknowledged for ever');
    await ada.alerts.acknowledge({ number: kept });
    await here.desk.advance({ days: 2 });
    assert.equal((await alert(kept)).state, 'acknowledged');
  });

  it('snoozes: acknowledged until then, and open again after; nothing comes back that is over', async () => {
    const { ada, fire, paged } = here;
    await inCharge({ steps: [step(ada)] });
    const [number, over] = [await fire('snoozed'), await fire('snoozed and over')];
    const asleep = await ada.oncall.snooze({ number, minutes: 120 });
    await ada.oncall.snooze({ number: over, minutes: 120 });
    assert.deepEqual([asleep.state, asleep.acknowledgedBy?.title], ['acknowledged', 'Ada Ek']);
    await here.resolve('snoozed and over');
    await here.desk.advance({ minutes: 119 });
    assert.equal((await alert(number)).state, 'acknowledged', 'longer than an acknowledgement holds');
    await here.desk.advance({ minutes: 1 });
    assert.equal((await alert(number)).state, 'triggered');
    assert.deepEqual(await paged(number), ['Ada', 'Ada']);
    assert.match(await whyLast(number), /Ada Ek snoozed it until now/);
    assert.deepEqual(await paged(over), ['Ada']);
    assert.equal((await refusalOf(ada.oncall.snooze({ number: over, minutes: 5 }))).kind, 'refused');
  });

  it('is handed to somebody else: paged now, and the escalation goes on behind them', async () => {
    const { ada, bo, cy, fire, asked } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    const number = await fire('handed over');
    await ada.alerts.acknowledge({ number });
    await ada.oncall.handOver({ number, person: cy.number });
    assert.deepEqual(await asked(number), ['Cy']);
    assert.equal((await alert(number)).state, 'triggered');
    assert.equal(await whyLast(number), 'Ada Ek handed this to you.');
    await here.desk.advance({ minutes: 9 });
    assert.deepEqual(await asked(number), ['Cy']);
    await here.desk.advance({ minutes: 1 });
    assert.deepEqual(await asked(number), ['Bo']);
    assert.match((await refusalOf(ada.oncall.handOver({ number, person: ada.number }))).fields[0]?.sentence ?? '', /Choose somebody else/);
  });

  it('calls the next step for help beside whoever has it', async () => {
    const { ada, bo, fire, asked } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    const number = await fire('too big for one');
    assert.match((await refusalOf(ada.oncall.help({ number }))).sentence, /Acknowledge it first/);
    await ada.alerts.acknowledge({ number });
    const helped = await ada.oncall.help({ number });
    assert.deepEqual([helped.state, helped.acknowledgedBy?.title], ['acknowledged', 'Ada Ek']);
    assert.deepEqual(await asked(number), ['Bo']);
    assert.match(await whyLast(number), /Ada Ek has it and asks for help\./);
    await bo.alerts.acknowledge({ number });
    assert.deepEqual(await asked(number), []);
    assert.equal((await alert(number)).acknowledgedBy?.title, 'Ada Ek', 'Ada still has it');
    await ada.oncall.help({ number });
    assert.match(await whyLast(number), /The administrators are paged instead/, 'nobody is left but they');
    assert.equal(await state(number), 'acknowledged');
  });

  it('a change of the policy leaves running pages as they began, or begins them anew when asked; another policy takes over at once', async () => {
    const { ada, bo, cy, fire, asked, paged } = here;
    await inCharge({ steps: [step(ada), step(ada)] });
    const number = await fire('while the policy changes');
    const changed = await here.desk.oncall.updatePolicy({ number: policy.number, version: policy.version, steps: [step(bo), step(bo)] });
    await here.desk.advance({ minutes: 10 });
    assert.deepEqual(await paged(number), ['Ada', 'Ada'], 'as it began');
    await here.desk.oncall.updatePolicy({ number: policy.number, version: changed.version, steps: [step(bo), step(ada)], restart: true });
    assert.deepEqual(await asked(number), ['Bo'], 'begun anew');
    const acknowledged = await fire('has somebody');
    await bo.alerts.acknowledge({ number: acknowledged });
    await inCharge({ steps: [step(cy)] });
    assert.deepEqual(await asked(number), ['Cy'], 'the policy that is in charge now');
    assert.deepEqual(await asked(acknowledged), [], 'whoever has it keeps it');
    await here.desk.advance({ minutes: 30 });
    assert.deepEqual(await asked(acknowledged), ['Cy'], 'and it comes back by the new one');
  });

  it('a person who leaves is asked no more, and the next follows at once; what they had is open again', async () => {
    const { bo, fire, asked } = here;
    const dot = await here.desk.person('Dot Falk', 'responder');
    await inCharge({ steps: [step(dot), step(bo)] });
    const [number, taken] = [await fire('while Dot leaves'), await fire('Dot has it')];
    await dot.alerts.acknowledge({ number: taken });
    const { person } = await here.desk.people.get({ number: dot.number });
    await here.desk.people.leave({ number: dot.number, version: person.version });
    await here.desk.drain();
    assert.deepEqual(await asked(number), ['Bo']);
    assert.match(await whyLast(number), /Whoever step 1 paged has left the desk\./);
    const { pages } = await here.desk.oncall.paging({ number });
    assert.equal(pages[0]?.endedWhy, 'Dot Falk left the desk');
    assert.deepEqual(await asked(taken), ['Bo'], 'nobody is behind step 1 any more');
    assert.equal((await alert(taken)).state, 'triggered');
  });

  it('pages anew when it becomes worse; what became as bad as what somebody has is told to them, and wakes nobody', async () => {
    const { ada, bo, desk, inbox } = here;
    await inCharge({
      steps: [
        { ...step(ada), when: { severities: ['critical'] } },
        { ...step(bo), when: { severities: ['warning'] } },
      ],
    });
    const number = await here.fire('grows', 'warning');
    assert.deepEqual(await here.asked(number), ['Bo']);
    await bo.alerts.acknowledge({ number });
    assert.equal(await here.fire('grows', 'critical'), number);
    assert.deepEqual(await here.asked(number), ['Ada'], 'from the first step, with the severity it has now');
    assert.equal((await alert(number)).state, 'triggered');
    const version = (await desk.alerts.routing({})).version;
    const { rules } = await desk.alerts.routing({});
    await desk.alerts.setRouting({ version, rules: { ...rules, defaults: { ...rules.defaults, groupBy: ['service'] } } });
    const [lead, other] = [await here.fire('lead', 'critical'), await here.fire('other', 'warning')];
    await ada.alerts.acknowledge({ number: lead });
    const before = inbox.mails.length;
    await here.fire('other', 'critical');
    assert.deepEqual(
      inbox.mails.slice(before).map(({ to: whom, subject }) => [whom, /other became worse/.test(subject)]),
      [[ada.email, true]],
    );
    assert.deepEqual(await here.asked(other), []);
    await desk.alerts.setRouting({ version: version + 1, rules });
  });
});
