import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { refusalOf, type TestPerson } from '#testing/desk.ts';
import { openPagingDesk, type PagingDesk } from '#testing/paging.ts';

describe('escalation', () => {
  let here: PagingDesk;
  let policy = { number: '', version: 1 };
  before(async () => {
    // A Monday, 10:00 in Berlin.
    here = await openPagingDesk('2026-03-02T09:00:00Z');
  });
  after(() => here.close());

  const to = ({ number }: TestPerson) => ({ kind: 'person' as const, number });
  const step = (...people: TestPerson[]) => ({ targets: people.map(to), waitMinutes: 10 });
  const office = { zone: 'Europe/Berlin', hours: [{ days: ['mo' as const, 'tu' as const, 'we' as const, 'th' as const, 'fr' as const], from: '08:00', until: '18:00' }] };
  type Draft = Parameters<PagingDesk['desk']['oncall']['createPolicy']>[0];
  let count = 0;
  async function inCharge(draft: Omit<Draft, 'name'>): Promise<void> {
    const { number } = await here.desk.oncall.createPolicy({ name: `Policy ${(count += 1)}`, repeat: 0, ...draft });
    policy = await here.desk.oncall.cover({ number, service: here.service });
  }
  const alert = async (number: string) => (await here.desk.alerts.get({ number })).alert;
  const state = async (number: string) => (await here.desk.oncall.paging({ number })).state;
  const whyLast = async (number: string) => (await here.desk.oncall.paging({ number })).pages.at(-1)?.why ?? '';
  const did = async (number: string) => (await here.desk.records.timeline({ number })).items.map((entry) => entry.did);
  beforeEach(async () => {
    for (const open of (await here.desk.alerts.list({ state: ['triggered', 'acknowledged'], limit: 100 })).items) await here.desk.alerts.resolve({ number: open.number });
  });

  it('skips a step whose condition does not hold, and says which', async () => {
    const { ada, bo, cy, fire, paged } = here;
    const evening = { zone: 'Europe/Berlin', hours: [{ days: ['mo' as const], from: '18:00', until: '06:00' }] };
    await inCharge({
      steps: [
        { ...step(ada), when: { severities: ['warning'] } },
        { ...step(bo), when: { tiers: [1] } },
        { ...step(cy), when: { times: evening } },
      ],
    });
    const number = await fire('critical of tier one');
    assert.deepEqual(await paged(number), ['Bo']);
    const { stages } = await here.desk.alerts.get({ number });
    assert.match(stages.find((one) => one.question === 'Step skipped')?.sentence ?? '', /Step 1 of 3 was skipped: it is for warning only, and this is critical\./);
    await here.desk.advance({ minutes: 10 });
    assert.equal(await state(number), 'exhausted', 'it is not evening, so the administrators are paged');
    assert.match(await whyLast(number), /Nobody acknowledged within one round/);
  });

  it('takes turns: one person each time, in order, also over two alerts at once', async () => {
    await inCharge({ steps: [{ ...step(here.ada, here.bo, here.cy), turns: true }] });
    const seen: string[] = [];
    for (const name of ['turn 1', 'turn 2', 'turn 3', 'turn 4']) seen.push(...(await here.paged(await here.fire(name))));
    assert.deepEqual(seen, ['Ada', 'Bo', 'Cy', 'Ada']);
  });

  it('pages each until they acknowledge themselves where a step asks for it; an end ends all', async () => {
    const { ada, bo, fire, asked } = here;
    await inCharge({ steps: [{ ...step(ada, bo), everyone: true }] });
    const number = await fire('each for themselves');
    await ada.alerts.acknowledge({ number });
    assert.deepEqual(await asked(number), ['Bo']);
    assert.equal((await alert(number)).state, 'acknowledged');
    assert.deepEqual([(await ada.alerts.get({ number })).may.acknowledge, (await bo.alerts.get({ number })).may.acknowledge], ['It is acknowledged already.', null]);
    await bo.alerts.acknowledge({ number });
    assert.deepEqual(await asked(number), []);
    assert.equal((await did(number)).filter((one) => one === 'paging.acknowledged').length, 2);
    const second = await fire('each again');
    await here.resolve('each again');
    assert.deepEqual(await asked(second), []);
  });

  it('low urgency waits for support hours, says so, and does not escalate; by hand it does', async () => {
    const { ada, bo, fire, paged } = here;
    await inCharge({ steps: [step(ada), step(bo)], urgency: { by: 'severity', support: office } });
    await here.desk.advance({ hours: 12 });
    const number = await fire('a warning at night', 'warning');
    assert.deepEqual(await paged(number), []);
    const held = await here.desk.oncall.paging({ number });
    assert.deepEqual([held.urgency, held.until], ['low', '2026-03-03T07:00:00.000Z']);
    assert.equal(held.comes, 'Waits until 08:00 CET on Tuesday: low urgency outside of support hours.');
    assert.deepEqual(await paged(await fire('critical at night')), ['Ada']);
    await here.desk.advance({ hours: 10 });
    assert.deepEqual(await paged(number), ['Ada']);
    await here.desk.advance({ hours: 2 });
    assert.deepEqual(await paged(number), ['Ada'], 'it does not escalate by itself');
    assert.equal((await here.desk.oncall.paging({ number })).comes, 'Low urgency: nobody else is paged by itself.');
    await ada.alerts.escalate({ number });
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
  });

  it('outside of support hours everything may be low; when they begin it is paged as urgent', async () => {
    const { ada, bo, fire, paged } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    await here.desk.oncall.updatePolicy({ number: policy.number, version: policy.version, urgency: { by: 'support', support: office } });
    await here.desk.advance({ hours: 12 });
    const number = await fire('critical, but nobody minds at night');
    assert.deepEqual(await paged(number), []);
    await here.desk.oncall.cover({ number: policy.number, service: here.service, urgency: 'high' });
    assert.deepEqual(await paged(await fire('this service is always urgent')), ['Ada']);
    await here.desk.oncall.cover({ number: policy.number, service: here.service, urgency: null });
    await here.desk.advance({ hours: 14 });
    assert.deepEqual((await paged(number)).slice(0, 2), ['Ada', 'Bo'], 'in support hours it escalates');
    const { kind, sentence } = await refusalOf(here.desk.oncall.createPolicy({ name: 'x', steps: [step(ada)], urgency: { by: 'support', support: null } }));
    assert.deepEqual([kind, sentence], ['refused', 'Say when support hours are: urgency by support hours needs them.']);
  });

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

  it('a shadow of the rota is told beside, and nobody waits for them', async () => {
    const { ada, bo, fire } = here;
    const rota = await here.desk.rotas.create({ name: 'With a junior', zone: 'UTC', layer: { name: 'Duty', kind: 'daily', start: '2026-03-02T00:00', people: [ada.number] } });
    await here.desk.rotas.addLayer({ number: rota.number, version: rota.version, name: 'Junior', kind: 'daily', start: '2026-03-02T00:00', people: [bo.number], shadow: true });
    await inCharge({ steps: [{ targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 10 }] });
    const number = await fire('with a shadow');
    assert.deepEqual(await here.paged(number), ['Ada', 'Bo']);
    assert.match(await whyLast(number), /Shadow in With a junior, layer Junior; you are told beside whoever is on call/);
    await ada.alerts.acknowledge({ number });
    assert.deepEqual(await here.asked(number), []);
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

  it('shows every page with its attempts and what comes next', async () => {
    const { ada, bo, fire } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    const number = await fire('for the history');
    const open = (await here.desk.oncall.pages({ state: 'open', person: ada.number })).items;
    assert.deepEqual(
      open.map((page) => [page.about?.number, page.next]),
      [[number, 'Bo Berg is paged.']],
    );
    assert.deepEqual(
      open[0]?.attempts.map((attempt) => [attempt.channel, attempt.state]).toSorted(([one = ''], [two = '']) => one.localeCompare(two)),
      [
        ['Mail', 'sent'],
        ['This desk', 'sent'],
      ],
    );
    await ada.alerts.acknowledge({ number });
    assert.equal((await here.desk.oncall.pages({ state: 'open', record: number })).items.length, 0);
    assert.equal((await here.desk.oncall.pages({ state: 'acknowledged', record: number })).items.length, 1);
    const first = await here.desk.oncall.pages({ limit: 2 });
    const second = await here.desk.oncall.pages({ limit: 2, ...(first.cursor && { cursor: first.cursor }) });
    assert.equal(new Set([...first.items, ...second.items].map((page) => page.id)).size, 4, 'page by page, none twice');
  });
});
